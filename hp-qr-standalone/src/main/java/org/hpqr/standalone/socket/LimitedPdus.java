package org.hpqr.standalone.socket;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.dcm4che3.net.pdu.AAbort;

/**
 * The bytes of an association as they come from the peer, looked at before the toolkit sees them (PS3.8 9.3). It throws
 * {@link AAbort}, which the toolkit sends, where
 *
 * <ul>
 * <li>a PDU is longer than allowed; the toolkit would allocate what its length claims;
 * <li>a PDU is shorter than any can be; the toolkit would take what it lacks from the next one, or wait for that;
 * <li>an A-ASSOCIATE PDU is one that {@link AssociatePdu} refuses;
 * <li>a command set is none, or larger than allowed, or a response has a data set, which no response to this server has. The
 * toolkit reads both before it asks anything;
 * <li>fragments of messages are mixed (PS3.8 Annex E);
 * <li>a P-DATA-TF PDU goes on after the end of a message (PS3.8 Annex E); the toolkit would lose what follows;
 * <li>another PDU comes before a message is complete; the toolkit would close the connection without a word.
 * </ul>
 *
 * All else that can be wrong with a PDU is found by the toolkit.
 */
final class LimitedPdus extends InputStream {

    private static final int A_ASSOCIATE_RJ = 3;
    private static final int P_DATA_TF = 4;
    private static final int A_RELEASE_RP = 6;
    private static final int A_ABORT = 7;

    /** Type, reserved, length. */
    private static final int PDU_HEADER = 6;
    /** Of the shortest PDUs after their header. */
    private static final int SHORTEST = 4;
    /** Length, presentation context ID, message control header. */
    private static final int PDV_HEADER = 6;
    /** What the length of a PDV counts, too. */
    private static final int PDV_COUNTED_HEADER = 2;

    private static final int IS_COMMAND = 1;
    private static final int IS_LAST = 2;

    /** Reason of an A-ABORT (PS3.8 9.3.8). */
    private static final int UNEXPECTED_PDU = 2;

    /** What of a message has not come yet. */
    private enum Awaited {
        NOTHING, REST_OF_COMMAND, DATA_SET
    }

    private enum Part {
        PDV_HEADER, COMMAND, DATA, OTHER
    }

    private final InputStream in;
    private final PduLimits limits;
    private final Peer peer;
    private final CommandSet command;
    private final byte[] pdvHeader = new byte[PDV_HEADER];

    /** What has been read, and not been passed on. */
    private ByteBuffer ahead = ByteBuffer.allocate(0);
    private Part part = Part.OTHER;
    /** Bytes of the part that are still to come. */
    private int rest;
    /** Bytes of the PDU that are still to come after this part. */
    private int pduRest;
    private boolean isPdvs;
    private boolean isLastFragment;
    /** Of the message that is arriving. */
    private int contextId;
    private Awaited awaited = Awaited.NOTHING;
    /** For each further read: the toolkit reads on, to get to the end of a data set, when it was refused one. */
    private AAbort refused;

    LimitedPdus(InputStream in, PduLimits limits, Peer peer) {
        this.in = in;
        this.limits = limits;
        this.peer = peer;
        this.command = new CommandSet(limits.command(), peer);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (refused != null)
            throw refused;
        try {
            return length == 0 ? 0 : readSome(bytes, offset, length);
        } catch (AAbort e) {
            refused = e;
            throw e;
        } catch (IOException e) {
            peer.end();
            throw e;
        }
    }

    private int readSome(byte[] bytes, int offset, int length) throws IOException {
        if (!ahead.hasRemaining() && rest == 0)
            ahead = ByteBuffer.wrap(beginPdu());
        if (ahead.hasRemaining()) {
            int taken = Math.min(length, ahead.remaining());
            ahead.get(bytes, offset, taken);
            return taken;
        }
        int read = rest == 0 ? -1 : in.read(bytes, offset, Math.min(length, rest + pduRest));
        if (read < 0)
            peer.end();
        for (int seen = 0; seen < read;)
            seen += look(bytes, offset + seen, read - seen);
        return read;
    }

    @Override
    public int available() throws IOException {
        return ahead.remaining() + in.available();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /** Reads the header of a PDU, and all of one that is to be looked at as a whole; less at the end of the stream. */
    private byte[] beginPdu() throws IOException {
        byte[] header = in.readNBytes(PDU_HEADER);
        if (header.length < PDU_HEADER)
            return header;
        int type = header[0];
        int length = ByteBuffer.wrap(header).getInt(2);
        boolean isAssociation = type == AssociatePdu.REQUEST || type == AssociatePdu.ACCEPT;
        isPdvs = type == P_DATA_TF;
        if (isPdvs && isLonger(length, limits.dataPdu()) || isAssociation && isLonger(length, limits.association()))
            throw peer.protocolError("a PDU of type " + type + " has " + Integer.toUnsignedString(length) + " bytes");
        if (isLonger(SHORTEST, length))
            throw peer.protocolError("a PDU of type " + type + " has only " + length + " bytes");
        if (awaited != Awaited.NOTHING && !isPdvs && type != A_ABORT)
            throw peer.protocolError(UNEXPECTED_PDU, "a PDU of type " + type + " comes before a message is complete");
        if (type == A_ABORT || peer.isAsked() && (type == A_ASSOCIATE_RJ || type == A_RELEASE_RP))
            peer.end();
        if (isAssociation)
            return associatePdu(header, length);
        // what the toolkit does not know it does not read, however long it claims to be
        pduRest = length < 0 ? Integer.MAX_VALUE : length;
        next();
        return header;
    }

    private byte[] associatePdu(byte[] header, int length) throws IOException {
        byte[] body = in.readNBytes(length);
        byte[] pdu = Arrays.copyOf(header, PDU_HEADER + body.length);
        System.arraycopy(body, 0, pdu, PDU_HEADER, body.length);
        if (body.length == length)
            AssociatePdu.check(pdu, peer);
        return pdu;
    }

    /** Takes what belongs to the part, at most {@code length} bytes, and returns how many that were. */
    private int look(byte[] bytes, int offset, int length) throws AAbort {
        int taken = Math.min(length, rest);
        switch (part) {
            case COMMAND -> command.add(bytes, offset, taken);
            case PDV_HEADER -> System.arraycopy(bytes, offset, pdvHeader, PDV_HEADER - rest, taken);
            default -> { }
        }
        rest -= taken;
        if (rest == 0)
            end();
        return taken;
    }

    private void end() throws AAbort {
        switch (part) {
            case PDV_HEADER -> beginPdv(ByteBuffer.wrap(pdvHeader).getInt(0), pdvHeader[4] & 0xFF, pdvHeader[5]);
            case COMMAND -> {
                awaited = Awaited.REST_OF_COMMAND;
                if (isLastFragment) {
                    command.end();
                    awaited = command.hasDataSet() && !command.isOfResponse() ? Awaited.DATA_SET : Awaited.NOTHING;
                }
                endPdv();
            }
            case DATA -> {
                if (isLastFragment)
                    awaited = Awaited.NOTHING;
                endPdv();
            }
            case OTHER -> next();
        }
    }

    private void endPdv() throws AAbort {
        boolean isResponseWithDataSet = command.isOfResponse() && command.hasDataSet();
        if (awaited == Awaited.NOTHING && pduRest > 0 && !isResponseWithDataSet)
            throw peer.protocolError("a P-DATA-TF PDU goes on after the end of a message (PS3.8 Annex E)");
        next();
    }

    private void beginPdv(int length, int id, int messageControlHeader) throws AAbort {
        int body = length - PDV_COUNTED_HEADER;
        if (body < 0 || body > pduRest)
            throw peer.protocolError("a PDV has a length of " + Integer.toUnsignedString(length));
        boolean isCommand = (messageControlHeader & IS_COMMAND) != 0;
        if (!isCommand && awaited == Awaited.NOTHING && command.isOfResponse())
            throw peer.protocolError("a response has a data set");
        if (isCommand == (awaited == Awaited.DATA_SET))
            throw peer.protocolError(isCommand ? "a command set comes where a data set is awaited"
                    : "a data set comes where a command set is awaited");
        if (awaited != Awaited.NOTHING && id != contextId)
            throw peer.protocolError("a message has fragments of presentation contexts " + contextId + " and " + id);
        contextId = id;
        isLastFragment = (messageControlHeader & IS_LAST) != 0;
        begin(isCommand ? Part.COMMAND : Part.DATA, body);
    }

    private void next() throws AAbort {
        if (pduRest == 0)
            begin(Part.OTHER, 0);
        else if (!isPdvs)
            begin(Part.OTHER, pduRest);
        else if (pduRest < PDV_HEADER)
            throw peer.protocolError("the last " + pduRest + " bytes of a P-DATA-TF PDU are no PDV");
        else
            begin(Part.PDV_HEADER, PDV_HEADER);
    }

    private void begin(Part begun, int size) throws AAbort {
        part = begun;
        rest = size;
        pduRest -= size;
        if (size == 0 && begun != Part.OTHER)
            end();
    }

    private static boolean isLonger(int length, int limit) {
        return Integer.compareUnsigned(length, limit) > 0;
    }
}
