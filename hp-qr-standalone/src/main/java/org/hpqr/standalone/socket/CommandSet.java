package org.hpqr.standalone.socket;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.dcm4che3.data.Tag;
import org.dcm4che3.net.pdu.AAbort;

/** The command set of the message that is arriving, in Implicit VR Little Endian (PS3.7 6.3.1). */
final class CommandSet {

    /** In Command Field (0000,0100). */
    private static final int RESPONSE = 0x8000;
    private static final int ELEMENT_HEADER = 8;

    private final int limit;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private boolean ofResponse;

    CommandSet(int limit) {
        this.limit = limit;
    }

    /** @throws AAbort it becomes larger than allowed */
    void add(byte[] from, int offset, int length) throws AAbort {
        if (bytes.size() + length > limit)
            throw LimitedPdus.refused();
        bytes.write(from, offset, length);
    }

    /** It is complete; what is added next belongs to another one. */
    void end() {
        ofResponse = (commandField() & RESPONSE) != 0;
        bytes.reset();
    }

    /** {@code true} if the command set that was complete last is that of a response. */
    boolean isOfResponse() {
        return ofResponse;
    }

    /** 0 if there is none. */
    private int commandField() {
        ByteBuffer elements = ByteBuffer.wrap(bytes.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
        while (elements.remaining() >= ELEMENT_HEADER) {
            int tag = elements.getShort() << 16 | elements.getShort() & 0xFFFF;
            int length = elements.getInt();
            if (length < 0 || length > elements.remaining())
                return 0;
            if (tag == Tag.CommandField && length == Short.BYTES)
                return elements.getShort() & 0xFFFF;
            elements.position(elements.position() + length);
        }
        return 0;
    }
}
