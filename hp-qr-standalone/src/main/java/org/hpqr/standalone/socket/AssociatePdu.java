package org.hpqr.standalone.socket;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import org.dcm4che3.net.pdu.AAbort;

/**
 * An A-ASSOCIATE-RQ or -AC PDU (PS3.8 9.3.2, 9.3.3; PS3.7 D.3.3), looked at before the toolkit decodes it. What the toolkit
 * would fail on without a word is refused, and the maximum length is made one that the toolkit can work with.
 */
final class AssociatePdu {

    static final int REQUEST = 1;
    static final int ACCEPT = 2;

    /** Of a P-DATA-TF PDU that holds anything: a PDV header and the smallest fragment, which is even (PS3.8 E.1). */
    static final int SMALLEST_MAXIMUM = 6 + 2;

    private static final int PDU_HEADER = 6;
    /** Protocol version, reserved. */
    private static final int TITLES_AT = PDU_HEADER + 4;
    private static final int TITLE = 16;
    /** Reserved, after the titles. */
    private static final int ITEMS_AT = TITLES_AT + 2 * TITLE + 32;
    private static final int MAX_CONTEXTS = 128;

    private final ByteBuffer pdu;
    private final boolean isRequest;
    private final Peer peer;
    private final BitSet contexts = new BitSet();
    private boolean hasApplicationContext;

    private AssociatePdu(byte[] pdu, Peer peer) {
        this.pdu = ByteBuffer.wrap(pdu);
        this.isRequest = pdu[0] == REQUEST;
        this.peer = peer;
    }

    /**
     * Looks at one PDU and tells {@code peer} what it says.
     *
     * @param pdu with its header; the maximum length in it may be changed
     * @throws AAbort it is not one that can be understood
     */
    static void check(byte[] pdu, Peer peer) throws AAbort {
        AssociatePdu checked = new AssociatePdu(pdu, peer);
        try {
            checked.titles();
            checked.items(checked.part(ITEMS_AT, pdu.length - ITEMS_AT));
            // the toolkit would take it for that of DICOM
            if (checked.isRequest && !checked.hasApplicationContext)
                throw peer.protocolError("the " + checked.name() + " has no application context (PS3.8 9.3.2.1)");
        } catch (BufferUnderflowException e) {
            throw peer.protocolError("an item of the " + checked.name() + " is longer than what it is in");
        }
    }

    private String name() {
        return isRequest ? "A-ASSOCIATE-RQ" : "A-ASSOCIATE-AC";
    }

    /** In an A-ASSOCIATE-AC they are reserved fields that are not to be tested (PS3.8 9.3.3). */
    private void titles() throws AAbort {
        if (!isRequest)
            return;
        title(TITLES_AT);
        peer.setTitle(title(TITLES_AT + TITLE));
    }

    /** Trailing NUL is taken for padding, as many peers pad so. The toolkit writes titles to its log. */
    private String title(int at) throws AAbort {
        byte[] title = new byte[TITLE];
        part(at, TITLE).get(title);
        int end = TITLE;
        while (end > 0 && title[end - 1] == 0)
            end--;
        for (int i = 0; i < end; i++)
            if (title[i] < ' ' || title[i] > '~')
                throw peer.protocolError("an AE title has characters other than visible ones of ASCII (PS3.5 6.2)");
        return new String(title, 0, end, StandardCharsets.US_ASCII).trim();
    }

    private ByteBuffer part(int at, int length) {
        if (length < 0 || at + length > pdu.limit())
            throw new BufferUnderflowException();
        return pdu.slice(at, length);
    }

    /** The value of the next item, whose header has been read up to its length. */
    private static ByteBuffer value(ByteBuffer items) {
        int length = items.getShort() & 0xFFFF;
        if (length > items.remaining())
            throw new BufferUnderflowException();
        ByteBuffer value = items.slice(items.position(), length);
        items.position(items.position() + length);
        return value;
    }

    private static int type(ByteBuffer items) {
        return items.getShort() >> 8;
    }

    private void items(ByteBuffer items) throws AAbort {
        while (items.hasRemaining()) {
            int type = type(items);
            ByteBuffer value = value(items);
            switch (type) {
                case 0x10 -> hasApplicationContext = true;
                case 0x20, 0x21 -> presentationContext(value);
                case 0x50 -> userInformation(value);
                default -> { }
            }
        }
    }

    /** The ID should be odd (PS3.8 9.3.2.2), but some peers number their contexts 1, 2, 3, and nothing depends on that. */
    private void presentationContext(ByteBuffer context) throws AAbort {
        int id = context.get() & 0xFF;
        context.get();
        boolean isAccepted = context.get() == 0;
        context.get();
        if (contexts.get(id))
            throw peer.protocolError("presentation context ID " + id + " occurs twice in the " + name() + " (PS3.8 9.3.2.2)");
        contexts.set(id);
        if (contexts.cardinality() > MAX_CONTEXTS)
            throw peer.protocolError("the " + name() + " has more than " + MAX_CONTEXTS + " presentation contexts");
        boolean hasAbstractSyntax = false;
        boolean hasTransferSyntax = false;
        while (context.hasRemaining()) {
            int type = type(context);
            value(context);
            hasAbstractSyntax |= type == 0x30;
            hasTransferSyntax |= type == 0x40;
        }
        if (isRequest && !hasAbstractSyntax || (isRequest || isAccepted) && !hasTransferSyntax)
            throw peer.protocolError("presentation context " + id + " of the " + name() + " has no "
                    + (hasTransferSyntax ? "abstract" : "transfer") + " syntax");
    }

    private void userInformation(ByteBuffer items) throws AAbort {
        while (items.hasRemaining()) {
            int type = type(items);
            ByteBuffer value = value(items);
            switch (type) {
                case 0x51 -> maximumLength(value);
                case 0x53 -> requireLength(value, 4, "Asynchronous Operations Window");
                case 0x54 -> {
                    value(value);
                    requireLength(value, 2, "SCP/SCU Role Selection");
                }
                case 0x56 -> value(value);
                default -> { }
            }
        }
    }

    private void requireLength(ByteBuffer rest, int length, String item) throws AAbort {
        if (rest.remaining() != length)
            throw peer.protocolError("the length of the item " + item + " is wrong");
    }

    /**
     * It is unsigned, and 0 is "no limit" (PS3.8 D.1). The toolkit takes it for signed, and makes fragments of odd length of
     * an odd one.
     */
    private void maximumLength(ByteBuffer value) throws AAbort {
        requireLength(value, 4, "Maximum Length");
        int announced = value.getInt(0);
        if (announced > 0 && announced < SMALLEST_MAXIMUM)
            throw peer.protocolError("it announces PDUs of at most " + announced + " bytes, which cannot contain data (PS3.8 D.1)");
        peer.setMaximumLength(announced <= 0 ? Integer.MAX_VALUE : announced);
        value.putInt(0, announced < 0 ? 0 : announced & ~1);
    }
}
