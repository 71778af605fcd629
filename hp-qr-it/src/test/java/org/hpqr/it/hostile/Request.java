package org.hpqr.it.hostile;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.hpqr.status.HpService;

/** The PDUs of an association and of a request, written byte by byte (PS3.8 9.3, PS3.7 9.3). */
final class Request {

    private static final List<String> SOP_CLASSES = List.of("1.2.840.10008.5.1.4.38.1", "1.2.840.10008.5.1.4.38.2",
            "1.2.840.10008.5.1.4.38.3", "1.2.840.10008.5.1.4.38.4");
    /** C-STORE-RQ, C-FIND-RQ, C-MOVE-RQ, C-GET-RQ. */
    private static final List<Integer> COMMAND_FIELDS = List.of(0x0001, 0x0020, 0x0021, 0x0010);
    private static final String EXPLICIT = "1.2.840.10008.1.2.1";
    private static final int COMMAND = 1;
    private static final int LAST = 2;
    private static final int FRAGMENT = 4_000;
    private static final int TITLE = 16;

    private Request() {
    }

    /** Proposes the four services in Explicit VR Little Endian. */
    static byte[] associate(String called, String calling) {
        Bytes items = Bytes.big().u16(1).u16(0).put(padded(called)).put(padded(calling)).put(new byte[32]);
        item(items, 0x10, ascii("1.2.840.10008.3.1.1.1"));
        for (HpService service : HpService.values()) {
            Bytes context = Bytes.big().u8(contextOf(service), 0, 0, 0);
            item(context, 0x30, ascii(SOP_CLASSES.get(service.ordinal())));
            item(context, 0x40, ascii(EXPLICIT));
            item(items, 0x20, context.array());
        }
        Bytes user = Bytes.big();
        item(user, 0x51, Bytes.big().u32(16_384).array());
        item(user, 0x52, ascii("2.25.1"));
        item(items, 0x50, user.array());
        return pdu(1, items.array());
    }

    /**
     * A request with its data set.
     *
     * @param name Affected SOP Instance UID of a store, Move Destination of a move
     */
    static byte[] message(HpService service, String name, byte[] dataset) {
        Bytes command = Bytes.little()
                .put(Bytes.element(0, 0x2, ascii(SOP_CLASSES.get(service.ordinal()))))
                .put(Bytes.element(0, 0x100, Bytes.little().u16(COMMAND_FIELDS.get(service.ordinal())).array()))
                .put(Bytes.element(0, 0x110, Bytes.little().u16(7).array()));
        if (service == HpService.MOVE)
            command.put(Bytes.element(0, 0x600, name.getBytes(StandardCharsets.UTF_8)));
        command.put(Bytes.element(0, 0x700, Bytes.little().u16(0).array())).put(Bytes.element(0, 0x800, Bytes.little().u16(0).array()));
        if (service == HpService.STORE)
            command.put(Bytes.element(0, 0x1000, name.getBytes(StandardCharsets.UTF_8)));
        Bytes pdus = Bytes.big().put(data(service, COMMAND | LAST, command.array()));
        for (int from = 0; from == 0 || from < dataset.length; from += FRAGMENT) {
            int to = Math.min(dataset.length, from + FRAGMENT);
            pdus.put(data(service, to == dataset.length ? LAST : 0, Arrays.copyOfRange(dataset, from, to)));
        }
        return pdus.array();
    }

    static byte[] release() {
        return pdu(5, new byte[4]);
    }

    private static byte[] data(HpService service, int control, byte[] fragment) {
        return pdu(4, Bytes.big().u32(fragment.length + 2L).u8(contextOf(service), control).put(fragment).array());
    }

    private static int contextOf(HpService service) {
        return 2 * service.ordinal() + 1;
    }

    private static byte[] pdu(int type, byte[] content) {
        return Bytes.big().u8(type, 0).u32(content.length).put(content).array();
    }

    private static void item(Bytes to, int type, byte[] content) {
        to.u8(type, 0).u16(content.length).put(content);
    }

    private static byte[] padded(String title) {
        return String.format("%-16s", title).substring(0, TITLE).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
