package org.hpqr.web.media;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.dcm4che3.data.Attributes;
import org.hpqr.dataset.DecodingLimits;

/**
 * Reads a data set out of a document of the Native DICOM Model (PS3.19 A.1). The parser resolves nothing: a document type
 * definition is refused, and with it every entity. What it makes is in Explicit VR Little Endian and UTF-8.
 */
public final class NativeDicomReader implements DatasetReader {

    private static final XMLInputFactory READERS = hardened();

    private final InputStream in;
    private final ElementTarget target;
    private XMLStreamReader xml;

    /**
     * @param in     the document; its size is bounded by the caller
     * @param limits of the data set
     */
    public NativeDicomReader(InputStream in, DecodingLimits limits) {
        this.in = in;
        target = new ElementTarget(limits);
    }

    private static XMLInputFactory hardened() {
        // not what another library has put in its place, which may understand these properties differently
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        factory.setXMLResolver((publicId, systemId, base, namespace) -> InputStream.nullInputStream());
        return factory;
    }

    @Override
    public Attributes next() throws IOException {
        if (xml != null)
            return null;
        try {
            // the parser's own decoder would print what is broken to the console
            xml = READERS.createXMLStreamReader(Utf8.reader(in));
            return read();
        } catch (XMLStreamException e) {
            if (e.getNestedException() instanceof IOException io && !(io instanceof CharacterCodingException))
                throw io;
            throw new MalformedContentException("The content is not well-formed XML in UTF-8", e);
        } catch (CharacterCodingException e) {
            throw new MalformedContentException("The content is not well-formed XML in UTF-8", e);
        }
    }

    private Attributes read() throws XMLStreamException, MalformedContentException {
        String encoding = xml.getCharacterEncodingScheme();
        if (encoding != null && !encoding.equalsIgnoreCase("UTF-8"))
            throw new MalformedContentException("The document is not in UTF-8");
        if (!nextElement() || !xml.getLocalName().equals(NativeDicomModel.ROOT))
            throw new MalformedContentException("The document is not of the Native DICOM Model");
        Attributes dataset = new Attributes();
        readElements(dataset, 0);
        target.end(dataset);
        while (xml.hasNext())
            xml.next();
        return dataset;
    }

    /** Goes to the next start of an element; {@code false} at the end of the one that holds it. */
    private boolean nextElement() throws XMLStreamException, MalformedContentException {
        while (xml.hasNext())
            switch (xml.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    checkNamespace();
                    return true;
                }
                case XMLStreamConstants.END_ELEMENT, XMLStreamConstants.END_DOCUMENT -> {
                    return false;
                }
                case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                        throw new MalformedContentException("The document has a document type definition");
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
                    if (!xml.isWhiteSpace())
                        throw new MalformedContentException("There is text between the elements");
                }
                default -> { }
            }
        return false;
    }

    /** Some senders leave the namespace out. */
    private void checkNamespace() throws MalformedContentException {
        String namespace = xml.getNamespaceURI();
        if (namespace != null && !namespace.isEmpty() && !namespace.equals(NativeDicomModel.NAMESPACE))
            throw new MalformedContentException("An element is of another namespace");
    }

    private void readElements(Attributes item, int depth) throws XMLStreamException, MalformedContentException {
        while (nextElement()) {
            if (!xml.getLocalName().equals(NativeDicomModel.ATTRIBUTE))
                throw unexpected();
            readElement(item, depth);
        }
    }

    private void readElement(Attributes item, int depth) throws XMLStreamException, MalformedContentException {
        int tag = ElementTarget.tag(attribute(NativeDicomModel.TAG));
        String vr = String.valueOf(attribute(NativeDicomModel.VR));
        String creator = attribute(NativeDicomModel.PRIVATE_CREATOR);
        if (creator != null && ((tag & 0x10000) == 0 || creator.isBlank()))
            throw new MalformedContentException("privateCreator is on an element that is not private");
        List<String> values = new ArrayList<>(1);
        List<Attributes> items = new ArrayList<>(1);
        String binary = null;
        while (nextElement())
            switch (xml.getLocalName()) {
                case NativeDicomModel.VALUE -> {
                    if (vr.equals("PN"))
                        throw unexpected();
                    fill(values, number(values.size()));
                    values.set(values.size() - 1, emptyToNull(xml.getElementText()));
                }
                case NativeDicomModel.PERSON_NAME -> {
                    if (!vr.equals("PN"))
                        throw unexpected();
                    fill(values, number(values.size()));
                    values.set(values.size() - 1, readName());
                }
                case NativeDicomModel.ITEM -> {
                    target.enterItem(depth + 1);
                    // an item has its place; a number that leaves places out would make items that nobody sent
                    if (number(items.size()) != items.size() + 1)
                        throw new MalformedContentException("The numbers of items are not in order");
                    Attributes nested = new Attributes();
                    items.add(nested);
                    readElements(nested, depth + 1);
                }
                case NativeDicomModel.INLINE_BINARY -> {
                    if (binary != null)
                        throw new MalformedContentException("An element has two values");
                    binary = xml.getElementText();
                }
                default -> throw unexpected();
            }
        put(item, creator, tag, vr, values, items, binary);
    }

    private void put(Attributes item, String creator, int tag, String vr, List<String> values, List<Attributes> items,
                     String binary) throws MalformedContentException {
        if (Stream.of(!values.isEmpty(), !items.isEmpty(), binary != null).filter(present -> present).count() > 1)
            throw new MalformedContentException("An element has values of two kinds");
        if (binary != null)
            target.putBinary(item, creator, tag, vr, binary);
        else if (!items.isEmpty() || vr.equals("SQ") && values.isEmpty())
            target.putItems(item, creator, tag, vr, items);
        else
            target.put(item, creator, tag, vr, values);
    }

    /** Values that are left out before one are empty. */
    private void fill(List<String> values, int number) throws MalformedContentException {
        while (values.size() < number) {
            target.enterValue();
            values.add(null);
        }
    }

    private static String emptyToNull(String text) {
        return text.isEmpty() ? null : text;
    }

    private String readName() throws XMLStreamException, MalformedContentException {
        String[] groups = {"", "", ""};
        while (nextElement()) {
            int group = NativeDicomModel.GROUPS.indexOf(xml.getLocalName());
            if (group < 0 || !groups[group].isEmpty())
                throw unexpected();
            groups[group] = readGroup();
        }
        return emptyToNull(PersonName.join("=", groups));
    }

    private String readGroup() throws XMLStreamException, MalformedContentException {
        String[] components = {"", "", "", "", ""};
        while (nextElement()) {
            int component = NativeDicomModel.COMPONENTS.indexOf(xml.getLocalName());
            if (component < 0 || !components[component].isEmpty())
                throw unexpected();
            components[component] = xml.getElementText();
        }
        return PersonName.join("^", components);
    }

    private int number(int last) throws MalformedContentException {
        String text = attribute(NativeDicomModel.NUMBER);
        try {
            int number = text == null ? last + 1 : Integer.parseInt(text);
            if (number > last)
                return number;
        } catch (NumberFormatException e) {
            throw new MalformedContentException("The number of a value is not a number", e);
        }
        throw new MalformedContentException("The numbers of values are not in order");
    }

    private String attribute(String name) {
        return xml.getAttributeValue(null, name);
    }

    private MalformedContentException unexpected() {
        return new MalformedContentException("An element is where the Native DICOM Model does not allow it");
    }
}
