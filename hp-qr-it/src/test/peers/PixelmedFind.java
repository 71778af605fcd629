import com.pixelmed.dicom.Attribute;
import com.pixelmed.dicom.AttributeFactory;
import com.pixelmed.dicom.AttributeList;
import com.pixelmed.dicom.AttributeTag;
import com.pixelmed.dicom.AttributeTagAttribute;
import com.pixelmed.dicom.DicomException;
import com.pixelmed.dicom.SequenceAttribute;
import com.pixelmed.dicom.SequenceItem;
import com.pixelmed.dicom.SpecificCharacterSet;
import com.pixelmed.dicom.TagFromName;
import com.pixelmed.network.Association;
import com.pixelmed.network.CFindRequestCommandMessage;
import com.pixelmed.network.CompositeResponseHandler;
import com.pixelmed.network.FindSOPClassSCU;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A C-FIND SCU made of PixelMed (Debian package libpixelmed-java). Arguments: port, then keys such as
 * {@code 0072000C.00080060=CT}, in ASCII, with the escapes of JSON. Prints each response as one line of JSON, as
 * src/walk/hp.py does.
 */
public final class PixelmedFind {

    private static final String FIND = "1.2.840.10008.5.1.4.38.2";
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    public static void main(String[] arguments) throws Exception {
        AttributeList identifier = new AttributeList();
        for (int i = 1; i < arguments.length; i++) {
            int equals = arguments[i].indexOf('=');
            add(identifier, arguments[i].substring(0, equals).split("\\."), 0, unescaped(arguments[i].substring(equals + 1)),
                    new SpecificCharacterSet(Attribute.getStringValues(identifier, TagFromName.SpecificCharacterSet)));
        }
        Association association = FindSOPClassSCU.getSuitableAssociation("127.0.0.1", Integer.parseInt(arguments[0]), "HPQR",
                "PIXELMED", FIND);
        byte context = association.getSuitablePresentationContextID(FIND);
        String transferSyntax = association.getTransferSyntaxForPresentationContextID(context);
        association.setReceivedDataHandler(new Responses());
        association.send(context, new CFindRequestCommandMessage(FIND).getBytes(), null);
        association.send(context, null, bytes(identifier, transferSyntax));
        association.waitForPDataPDUsUntilHandlerReportsDone();
        association.release();
    }

    private static String unescaped(String text) {
        return Pattern.compile("\\\\u([0-9a-f]{4})").matcher(text)
                .replaceAll(escape -> Character.toString(Integer.parseInt(escape.group(1), 16)));
    }

    private static byte[] bytes(AttributeList identifier, String transferSyntax) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        identifier.write(bytes, transferSyntax, false, true);
        return bytes.toByteArray();
    }

    /** Puts a key where its path leads; an empty value for none. A sequence that is named itself has no item. */
    private static void add(AttributeList list, String[] path, int depth, String value, SpecificCharacterSet characterSet)
            throws DicomException {
        AttributeTag tag = new AttributeTag(Integer.parseInt(path[depth].substring(0, 4), 16),
                Integer.parseInt(path[depth].substring(4), 16));
        Attribute attribute = list.get(tag);
        if (attribute == null) {
            attribute = AttributeFactory.newAttribute(tag,
                    AttributeList.getDictionary().getValueRepresentationFromTag(tag), characterSet);
            list.put(tag, attribute);
        }
        if (depth < path.length - 1) {
            SequenceAttribute sequence = (SequenceAttribute) attribute;
            if (sequence.getNumberOfItems() == 0)
                sequence.addItem(new AttributeList());
            add(sequence.getItem(0).getAttributeList(), path, depth + 1, value, characterSet);
        } else if (!value.isEmpty()) {
            for (String one : value.split("\\\\"))
                attribute.addValue(one);
        }
    }

    private static String json(AttributeList data) throws DicomException {
        List<String> attributes = new ArrayList<>();
        for (Object each : data.values()) {
            Attribute attribute = (Attribute) each;
            List<String> values = new ArrayList<>();
            if (attribute instanceof SequenceAttribute) {
                for (Iterator<?> items = ((SequenceAttribute) attribute).iterator(); items.hasNext();)
                    values.add(json(((SequenceItem) items.next()).getAttributeList()));
            } else if (attribute.getVM() > 0) {
                Arrays.stream(attribute.getStringValues()).map(PixelmedFind::quoted).forEach(values::add);
            }
            attributes.add(String.format("\"%04x%04x\": {\"Value\": %s}", attribute.getTag().getGroup(),
                    attribute.getTag().getElement(), values));
        }
        return attributes.stream().collect(Collectors.joining(", ", "{", "}"));
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").trim() + '"';
    }

    private static final class Responses extends CompositeResponseHandler {

        private String head;

        private Responses() {
            allowData = true;
        }

        @Override
        protected void evaluateStatusAndSetSuccess(AttributeList command) {
            status = Attribute.getSingleIntegerValueOrDefault(command, TagFromName.Status, -1);
            head = String.format("{\"status\": \"%04X\", \"comment\": %s, \"offending\": %s", status,
                    quoted(Attribute.getSingleStringValueOrEmptyString(command, TagFromName.ErrorComment)), offending(command));
            success = status == 0;
            if ((status & 0xFF00) == 0xFF00)
                return;
            OUT.println(head + '}');
            setDone(true);
        }

        private static List<String> offending(AttributeList command) {
            AttributeTagAttribute elements = (AttributeTagAttribute) command.get(TagFromName.OffendingElement);
            try {
                return elements == null ? List.of() : Arrays.stream(elements.getAttributeTagValues())
                        .map(tag -> String.format("\"%04X%04X\"", tag.getGroup(), tag.getElement())).collect(Collectors.toList());
            } catch (DicomException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        protected void makeUseOfDataSet(AttributeList data) {
            try {
                OUT.println(head + ", \"data\": " + json(data) + '}');
            } catch (DicomException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
