package org.hpqr.standalone.socket;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The PDUs of an association as the toolkit writes them, made such as the peer can take: no P-DATA-TF PDU is longer than the
 * peer's maximum (PS3.8 D.1), no PDV is empty, and fragments have an even length (PS3.8 E.1). The toolkit does all that by
 * itself unless the maximum is hardly larger than a command set.
 */
final class SentPdus extends OutputStream {

    private static final int A_ASSOCIATE_RQ = 1;
    private static final int A_ASSOCIATE_RJ = 3;
    private static final int P_DATA_TF = 4;
    private static final int A_RELEASE_RQ = 5;
    private static final int A_RELEASE_RP = 6;
    private static final int A_ABORT = 7;

    private static final int PDU_HEADER = 6;
    /** Length, presentation context ID, message control header. */
    private static final int PDV_HEADER = 6;
    /** What the length of a PDV counts, too. */
    private static final int PDV_COUNTED_HEADER = 2;
    private static final int IS_LAST = 2;
    /** More is not held back: it is sent in several pieces anyway. */
    private static final int MOST_HELD = 1 << 14;
    private static final byte[] ABORT_BY_PROVIDER = {A_ABORT, 0, 0, 0, 0, 4, 0, 0, 2, 0};

    private final OutputStream out;
    private final Peer peer;
    /** So that an A-ABORT does not get into a PDU that another thread is writing. */
    private final ReentrantLock writing = new ReentrantLock();
    /** The beginning of a PDU, if its end was not written yet. */
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
    /** P-DATA-TF PDUs that are to go out with those that follow. */
    private final ByteArrayOutputStream held = new ByteArrayOutputStream();
    private boolean isHolding;

    SentPdus(OutputStream out, Peer peer) {
        this.out = out;
        this.peer = peer;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        writing.lock();
        try {
            int at = offset;
            int end = offset + length;
            while (begun.size() == 0 && end - at >= PDU_HEADER && end - at >= size(bytes, at)) {
                pdu(bytes, at);
                at += size(bytes, at);
            }
            if (at == end)
                return;
            begun.write(bytes, at, end - at);
            byte[] all = begun.toByteArray();
            if (all.length < PDU_HEADER || all.length < size(all, 0))
                return;
            begun.reset();
            write(all, 0, all.length);
        } catch (IOException e) {
            peer.end();
            throw e;
        } finally {
            writing.unlock();
        }
    }

    /** From now on P-DATA-TF PDUs wait for each other, at most {@value #MOST_HELD} bytes. */
    void hold() {
        writing.lock();
        try {
            isHolding = true;
        } finally {
            writing.unlock();
        }
    }

    /** Writes what has waited; from now on nothing waits. */
    void release() throws IOException {
        writing.lock();
        try {
            isHolding = false;
            writeHeld();
        } catch (IOException e) {
            peer.end();
            throw e;
        } finally {
            writing.unlock();
        }
    }

    private void writeHeld() throws IOException {
        if (held.size() == 0)
            return;
        byte[] all = held.toByteArray();
        held.reset();
        out.write(all, 0, all.length);
    }

    private void write(byte[] pdu, int offset, int length, boolean mayWait) throws IOException {
        boolean waits = isHolding && mayWait && length <= MOST_HELD;
        if (!waits || held.size() + length > MOST_HELD)
            writeHeld();
        if (waits)
            held.write(pdu, offset, length);
        else
            out.write(pdu, offset, length);
    }

    private static int size(byte[] bytes, int at) {
        return PDU_HEADER + ByteBuffer.wrap(bytes).getInt(at + 2);
    }

    private void pdu(byte[] bytes, int at) throws IOException {
        int type = bytes[at];
        if (type == P_DATA_TF) {
            data(ByteBuffer.wrap(bytes, at, size(bytes, at)));
            return;
        }
        if (type == A_ASSOCIATE_RQ || type == A_RELEASE_RQ)
            peer.ask();
        write(bytes, at, size(bytes, at), false);
        if (type == A_ABORT || type == A_ASSOCIATE_RJ || type == A_RELEASE_RP)
            peer.end();
    }

    private void data(ByteBuffer pdu) throws IOException {
        if (pdu.remaining() - PDU_HEADER <= peer.maximumLength() && !hasEmptyPdv(pdu.duplicate())) {
            write(pdu.array(), pdu.position(), pdu.remaining(), true);
            return;
        }
        pdu.position(pdu.position() + PDU_HEADER);
        while (pdu.hasRemaining())
            split(pdu);
    }

    private static boolean hasEmptyPdv(ByteBuffer pdu) {
        pdu.position(pdu.position() + PDU_HEADER);
        while (pdu.hasRemaining()) {
            int length = pdu.getInt();
            if (length == PDV_COUNTED_HEADER)
                return true;
            pdu.position(pdu.position() + length);
        }
        return false;
    }

    /** Writes the next PDV in PDUs of its own. Only what a data set of no bytes is sent with stays empty. */
    private void split(ByteBuffer pdvs) throws IOException {
        int length = pdvs.getInt() - PDV_COUNTED_HEADER;
        byte context = pdvs.get();
        byte control = pdvs.get();
        int rest = length;
        int most = peer.maximumLength() - PDV_HEADER & ~1;
        while (rest > most) {
            fragment(pdvs, most, context, (byte) (control & ~IS_LAST));
            rest -= most;
        }
        if (rest > 0 || (control & IS_LAST) != 0)
            fragment(pdvs, rest, context, control);
    }

    private void fragment(ByteBuffer from, int length, byte context, byte control) throws IOException {
        ByteBuffer pdu = ByteBuffer.allocate(PDU_HEADER + PDV_HEADER + length).put((byte) P_DATA_TF).put((byte) 0)
                .putInt(PDV_HEADER + length).putInt(PDV_COUNTED_HEADER + length).put(context).put(control);
        pdu.put(from.slice(from.position(), length));
        from.position(from.position() + length);
        write(pdu.array(), 0, pdu.capacity(), true);
    }

    /**
     * Aborts the association.
     *
     * @return {@code false} if it cannot, as a PDU is being written
     */
    boolean abort() throws IOException {
        if (!writing.tryLock())
            return false;
        try {
            if (begun.size() > 0)
                return false;
            peer.end();
            write(ABORT_BY_PROVIDER, 0, ABORT_BY_PROVIDER.length, false);
            out.flush();
            return true;
        } finally {
            writing.unlock();
        }
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
