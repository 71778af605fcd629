package org.hpqr.dataset;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.dcm4che3.data.ElementDictionary;
import org.dcm4che3.data.UID;

/** Looks for values of odd length in an encoded data set: some senders have them, and PS3.5 7.1.1 forbids them. */
final class OddLengths {

    private static final int FRAGMENT_GROUP = 0xFFFE;
    private static final int ITEM = 0xFFFEE000;
    private static final int UNDEFINED = -1;
    /** VRs whose length has 16 bits in explicit VR (PS3.5 7.1.2). */
    private static final String SHORT_FORM = "AE AS AT CS DA DS DT FD FL IS LO LT PN SH SL SS ST TM UI UL US";

    private final ByteBuffer in;
    private boolean found;

    private OddLengths(byte[] dataset, boolean bigEndian) {
        in = ByteBuffer.wrap(dataset).order(bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * {@code true} if there is one, at whatever depth. Of a value that may be a sequence and does not say so (of VR UN, or
     * private in implicit VR, with a length) only the length is looked at.
     *
     * @param dataset        not deflated
     * @param transferSyntax UID of the transfer syntax it is encoded in
     */
    static boolean in(byte[] dataset, String transferSyntax) {
        if (dataset.length % 2 != 0)
            return true;
        OddLengths look = new OddLengths(dataset, UID.ExplicitVRBigEndian.equals(transferSyntax));
        try {
            look.elements(dataset.length, !UID.ImplicitVRLittleEndian.equals(transferSyntax));
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            // a length beyond the end: nothing that padding could help
            return look.found;
        }
        return look.found;
    }

    /** Up to {@code end}, or up to and with the delimiter of an item. */
    private void elements(int end, boolean explicit) {
        while (in.position() < end && !found) {
            int tag = tag();
            if (tag >>> 16 == FRAGMENT_GROUP) {
                in.getInt();
                return;
            }
            element(tag, end, explicit);
        }
    }

    private int tag() {
        return in.getShort() << 16 | in.getShort() & 0xFFFF;
    }

    private void element(int tag, int end, boolean explicit) {
        String vr;
        int length;
        if (explicit) {
            vr = "" + (char) in.get() + (char) in.get();
            if (SHORT_FORM.contains(vr)) {
                length = in.getShort() & 0xFFFF;
            } else {
                in.getShort();
                length = in.getInt();
            }
        } else {
            vr = ElementDictionary.vrOf(tag, null).name();
            length = in.getInt();
        }
        if (length == UNDEFINED)
            // PS3.5 6.2.2: what is of VR UN and has no length is in implicit VR
            items(end, explicit && !vr.equals("UN"), !vr.equals("SQ") && !vr.equals("UN"));
        else if (vr.equals("SQ"))
            items(in.position() + length, explicit, false);
        else
            value(length);
    }

    private void value(int length) {
        if (length % 2 != 0)
            found = true;
        in.position(in.position() + length);
    }

    /** @param encapsulated whether the items are fragments, not data sets (PS3.5 A.4) */
    private void items(int end, boolean explicit, boolean encapsulated) {
        while (in.position() < end && !found) {
            int tag = tag();
            int length = in.getInt();
            if (tag != ITEM)
                return;
            if (encapsulated)
                value(length);
            else
                elements(length == UNDEFINED ? end : in.position() + length, explicit);
        }
    }
}
