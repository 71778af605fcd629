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
    private static final int C_CANCEL_RQ = 0x0FFF;
    /** Command Data Set Type (0000,0800). */
    private static final int NO_DATA_SET = 0x0101;
    private static final int ELEMENT_HEADER = 8;

    private final int limit;
    private final Peer peer;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private int commandField;
    private int dataSetType;

    CommandSet(int limit, Peer peer) {
        this.limit = limit;
        this.peer = peer;
    }

    /** @throws AAbort it becomes larger than allowed */
    void add(byte[] from, int offset, int length) throws AAbort {
        if (bytes.size() + length > limit)
            throw peer.protocolError("a command set has more than " + limit + " bytes");
        bytes.write(from, offset, length);
    }

    /**
     * It is complete; what is added next belongs to another one.
     *
     * @throws AAbort it is none
     */
    void end() throws AAbort {
        commandField = 0;
        dataSetType = 0;
        ByteBuffer elements = ByteBuffer.wrap(bytes.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
        bytes.reset();
        while (elements.hasRemaining()) {
            if (elements.remaining() < ELEMENT_HEADER)
                throw malformed();
            int tag = elements.getShort() << 16 | elements.getShort() & 0xFFFF;
            int length = elements.getInt();
            if (length < 0 || length > elements.remaining())
                throw malformed();
            if (length == Short.BYTES && tag == Tag.CommandField)
                commandField = elements.getShort(elements.position()) & 0xFFFF;
            if (length == Short.BYTES && tag == Tag.CommandDataSetType)
                dataSetType = elements.getShort(elements.position()) & 0xFFFF;
            elements.position(elements.position() + length);
        }
    }

    private AAbort malformed() {
        return peer.protocolError("a command set is cut short");
    }

    /** {@code true} if the command set that was complete last is that of a response. */
    boolean isOfResponse() {
        return (commandField & RESPONSE) != 0;
    }

    /** {@code true} if a data set follows the command set that was complete last. */
    boolean hasDataSet() {
        return dataSetType != NO_DATA_SET && commandField != C_CANCEL_RQ;
    }
}
