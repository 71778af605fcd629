package org.hpqr.web.media;

import java.io.OutputStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.ElementDictionary;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.dcm4che3.util.TagUtils;

/** Writes a data set as a document of the Native DICOM Model (PS3.19 A.1), in UTF-8. */
public final class NativeDicomWriter {

    // not what another library has put in its place, which may write something else
    private static final XMLOutputFactory WRITERS = XMLOutputFactory.newDefaultFactory();
    private static final char REPLACEMENT = '\uFFFD';
    private static final int IN_BLOCK = 0xFFFF00FF;

    private final XMLStreamWriter xml;

    private NativeDicomWriter(XMLStreamWriter xml) {
        this.xml = xml;
    }

    /**
     * Writes one document; the stream is left open.
     *
     * @throws XMLStreamException the stream does not take it
     */
    public static void write(Attributes dataset, OutputStream out) throws XMLStreamException {
        XMLStreamWriter xml = WRITERS.createXMLStreamWriter(out, "UTF-8");
        xml.writeStartDocument("UTF-8", "1.0");
        xml.writeStartElement(NativeDicomModel.ROOT);
        xml.writeDefaultNamespace(NativeDicomModel.NAMESPACE);
        xml.writeAttribute("xml:space", "preserve");
        new NativeDicomWriter(xml).writeElements(dataset);
        xml.writeEndElement();
        xml.writeEndDocument();
        xml.flush();
    }

    private void writeElements(Attributes item) throws XMLStreamException {
        for (int tag : ElementValues.sortedTags(item))
            // the creators are named by the attributes of their elements (A.1.5.2)
            if (ElementValues.isCarried(tag) && !TagUtils.isPrivateCreator(tag))
                writeElement(item, tag);
    }

    private void writeElement(Attributes item, int tag) throws XMLStreamException {
        VR.Holder holder = new VR.Holder();
        Object value = item.getValue(tag, holder);
        VR vr = holder.vr;
        String creator = TagUtils.isPrivateTag(tag) ? item.privateCreatorOf(tag) : null;
        xml.writeStartElement(NativeDicomModel.ATTRIBUTE);
        xml.writeAttribute(NativeDicomModel.TAG, String.format("%08X", creator == null ? tag : tag & IN_BLOCK));
        xml.writeAttribute(NativeDicomModel.VR, vr.name());
        if (creator != null) {
            xml.writeAttribute(NativeDicomModel.PRIVATE_CREATOR, allowed(creator));
        } else {
            String keyword = ElementDictionary.keywordOf(tag, null);
            if (keyword != null && !keyword.isEmpty())
                xml.writeAttribute(NativeDicomModel.KEYWORD, keyword);
        }
        if (tag == Tag.SpecificCharacterSet) {
            if (!ElementValues.texts(item, vr, value).isEmpty())
                writeValue(1, ElementTarget.UTF_8);
        } else {
            writeValues(item, vr, value);
        }
        xml.writeEndElement();
    }

    private void writeValues(Attributes item, VR vr, Object value) throws XMLStreamException {
        switch (ElementValues.form(vr)) {
            case TEXT, DECIMAL -> writeTexts(ElementValues.texts(item, vr, value));
            case PERSON_NAME -> writeNames(ElementValues.texts(item, vr, value));
            case TAG -> writeTexts(ElementValues.integers(item, vr, value).stream()
                    .map(tag -> String.format("%08X", tag)).toList());
            case INTEGER -> writeTexts(ElementValues.integers(item, vr, value).stream().map(String::valueOf).toList());
            case REAL -> writeTexts(Arrays.stream(ElementValues.reals(item, vr, value)).mapToObj(String::valueOf).toList());
            case SEQUENCE -> writeItems(value instanceof Sequence items ? items : List.of());
            case BINARY -> {
                if (value instanceof byte[] bytes && bytes.length > 0)
                    writeText(NativeDicomModel.INLINE_BINARY,
                            Base64.getEncoder().encodeToString(ElementValues.littleEndian(item, vr, bytes)));
            }
        }
    }

    private void writeTexts(List<String> values) throws XMLStreamException {
        for (int i = 0; i < values.size(); i++)
            if (values.get(i) != null)
                writeValue(i + 1, values.get(i));
    }

    private void writeValue(int number, String value) throws XMLStreamException {
        xml.writeStartElement(NativeDicomModel.VALUE);
        xml.writeAttribute(NativeDicomModel.NUMBER, String.valueOf(number));
        xml.writeCharacters(allowed(value));
        xml.writeEndElement();
    }

    private void writeText(String name, String text) throws XMLStreamException {
        xml.writeStartElement(name);
        xml.writeCharacters(allowed(text));
        xml.writeEndElement();
    }

    private void writeItems(List<Attributes> items) throws XMLStreamException {
        for (int i = 0; i < items.size(); i++) {
            xml.writeStartElement(NativeDicomModel.ITEM);
            xml.writeAttribute(NativeDicomModel.NUMBER, String.valueOf(i + 1));
            writeElements(items.get(i));
            xml.writeEndElement();
        }
    }

    private void writeNames(List<String> names) throws XMLStreamException {
        for (int i = 0; i < names.size(); i++)
            if (names.get(i) != null) {
                xml.writeStartElement(NativeDicomModel.PERSON_NAME);
                xml.writeAttribute(NativeDicomModel.NUMBER, String.valueOf(i + 1));
                String[] groups = names.get(i).split("=", NativeDicomModel.GROUPS.size());
                for (int group = 0; group < groups.length; group++)
                    if (!groups[group].isEmpty())
                        writeGroup(NativeDicomModel.GROUPS.get(group), groups[group]);
                xml.writeEndElement();
            }
    }

    private void writeGroup(String name, String group) throws XMLStreamException {
        xml.writeStartElement(name);
        String[] components = group.split("\\^", NativeDicomModel.COMPONENTS.size());
        for (int i = 0; i < components.length; i++)
            if (!components[i].isEmpty())
                writeText(NativeDicomModel.COMPONENTS.get(i), components[i]);
        xml.writeEndElement();
    }

    /** XML 1.0 has no way to write some characters that DICOM allows, form feed among them. */
    private static String allowed(String text) {
        if (text.codePoints().allMatch(NativeDicomWriter::isAllowed))
            return text;
        StringBuilder allowed = new StringBuilder(text.length());
        text.codePoints().map(c -> isAllowed(c) ? c : REPLACEMENT).forEach(allowed::appendCodePoint);
        return allowed.toString();
    }

    private static boolean isAllowed(int c) {
        return c >= 0x20 && c < Character.MIN_SURROGATE || c == '\t' || c == '\n' || c == '\r'
                || c > Character.MAX_SURROGATE && c < 0xFFFE || c > 0xFFFF;
    }
}
