package org.hpqr.standalone.socket;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.dcm4che3.net.pdu.AAbort;

/**
 * The bytes of an association as they come from the peer, looked at before the toolkit sees them (PS3.8 9.3). It throws
 * {@link AAbort}, which the toolkit sends, where
 *
 * <ul>
 * <li>a PDU is longer than allowed; the toolkit would allocate what its length claims;
 * <li>an AE title has characters that AE titles cannot have (PS3.5 6.2); the toolkit writes them to its log;
 * <li>a command set is larger than allowed, or a response has a data set, which no response to this server has. The
 * toolkit reads both before it asks anything.
 * </ul>
 *
 * All else that can be wrong with a PDU is found by the toolkit.
 */
final class LimitedPdus extends InputStream {

    private static final int A_ASSOCIATE_RQ = 1;
    private static final int A_ASSOCIATE_AC = 2;
    private static final int P_DATA_TF = 4;

    /** Type, reserved, length. */
    private static final int PDU_HEADER = 6;
    /** Protocol version, reserved, called and calling AE title. */
    private static final int TITLES = 4 + 16 + 16;
    /** Length, presentation context ID, message control header. */
    private static final int PDV_HEADER = 6;
    /** What the length of a PDV counts, too. */
    private static final int PDV_COUNTED_HEADER = 2;

    private static final int IS_COMMAND = 1;
    private static final int IS_LAST = 2;

    private enum Part {
        PDU_HEADER, TITLES, PDV_HEADER, COMMAND, OTHER
    }

    private final InputStream in;
    private final PduLimits limits;
    private final CommandSet command;
    private final byte[] header = new byte[TITLES];

    private Part part = Part.PDU_HEADER;
    /** Bytes of the part that are still to come; of a header, {@link #headerSize} in all. */
    private int rest = PDU_HEADER;
    private int headerSize = PDU_HEADER;
    /** Bytes of the PDU that are still to come after this part. */
    private int pduRest;
    private boolean isPdvs;
    private boolean isLastOfCommand;

    LimitedPdus(InputStream in, PduLimits limits) {
        this.in = in;
        this.limits = limits;
        this.command = new CommandSet(limits.command());
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = in.read(bytes, offset, length);
        for (int seen = 0; seen < read;)
            seen += look(bytes, offset + seen, read - seen);
        return read;
    }

    @Override
    public int available() throws IOException {
        return in.available();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /** Takes what belongs to the part, at most {@code length} bytes, and returns how many that were. */
    private int look(byte[] bytes, int offset, int length) throws AAbort {
        int taken = Math.min(length, rest);
        switch (part) {
            case COMMAND -> command.add(bytes, offset, taken);
            case PDU_HEADER, TITLES, PDV_HEADER -> System.arraycopy(bytes, offset, header, headerSize - rest, taken);
            default -> { }
        }
        rest -= taken;
        if (rest == 0)
            end();
        return taken;
    }

    private void end() throws AAbort {
        switch (part) {
            case PDU_HEADER -> beginPdu(header[0], ByteBuffer.wrap(header).getInt(2));
            case TITLES -> {
                checkTitles();
                begin(Part.OTHER, pduRest);
            }
            case PDV_HEADER -> beginPdv(ByteBuffer.wrap(header).getInt(0), header[PDV_HEADER - 1]);
            case COMMAND -> {
                if (isLastOfCommand)
                    command.end();
                next();
            }
            case OTHER -> next();
        }
    }

    private void beginPdu(int type, int length) throws AAbort {
        isPdvs = type == P_DATA_TF;
        boolean isAssociation = type == A_ASSOCIATE_RQ || type == A_ASSOCIATE_AC;
        if (isPdvs && isLonger(length, limits.dataPdu()) || isAssociation && isLonger(length, limits.association()))
            throw refused();
        pduRest = length;
        // in an A-ASSOCIATE-AC the titles are reserved fields that are not to be tested (PS3.8 9.3.3)
        if (type == A_ASSOCIATE_RQ && length >= TITLES)
            begin(Part.TITLES, TITLES);
        else
            next();
    }

    private void beginPdv(int length, int messageControlHeader) throws AAbort {
        int body = length - PDV_COUNTED_HEADER;
        boolean isCommand = (messageControlHeader & IS_COMMAND) != 0;
        if (body < 0 || body > pduRest) {
            // the toolkit ends this association
            begin(Part.OTHER, pduRest);
        } else if (isCommand) {
            isLastOfCommand = (messageControlHeader & IS_LAST) != 0;
            begin(Part.COMMAND, body);
        } else if (command.isOfResponse()) {
            throw refused();
        } else {
            begin(Part.OTHER, body);
        }
    }

    private void next() throws AAbort {
        if (pduRest <= 0)
            begin(Part.PDU_HEADER, PDU_HEADER);
        else if (isPdvs && pduRest >= PDV_HEADER)
            begin(Part.PDV_HEADER, PDV_HEADER);
        else
            begin(Part.OTHER, pduRest);
    }

    private void begin(Part begun, int size) throws AAbort {
        part = begun;
        headerSize = size;
        rest = size;
        if (begun != Part.PDU_HEADER)
            pduRest -= size;
        if (size == 0)
            end();
    }

    /** Trailing NUL is taken for padding, as many peers pad so. */
    private void checkTitles() throws AAbort {
        for (int title = 4; title < TITLES; title += 16) {
            int end = title + 16;
            while (end > title && header[end - 1] == 0)
                end--;
            for (int i = title; i < end; i++)
                if (header[i] < ' ' || header[i] > '~')
                    throw refused();
        }
    }

    private static boolean isLonger(int length, int limit) {
        return Integer.compareUnsigned(length, limit) > 0;
    }

    static AAbort refused() {
        return new AAbort(AAbort.UL_SERIVE_PROVIDER, AAbort.INVALID_PDU_PARAMETER_VALUE);
    }
}
