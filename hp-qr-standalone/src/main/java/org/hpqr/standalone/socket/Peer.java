package org.hpqr.standalone.socket;

import org.dcm4che3.net.pdu.AAbort;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The other side of a connection: what it has announced, and whether the association with it has ended as PS3.8 wants it. */
final class Peer {

    private static final Logger LOG = LoggerFactory.getLogger(Peer.class);

    private final String address;
    private volatile String title = "a peer";
    private volatile int maximumLength = Integer.MAX_VALUE;
    private volatile boolean asked;
    private volatile boolean ended;

    /** @param address for the log, as Java shows it: with a host name before the slash or none */
    Peer(String address) {
        this.address = address.startsWith("/") ? address.substring(1) : address;
    }

    /** Its AE title is known now. */
    void setTitle(String title) {
        this.title = title;
    }

    /** Longest P-DATA-TF PDU that it takes, as PS3.8 D.1 counts it. */
    int maximumLength() {
        return maximumLength;
    }

    void setMaximumLength(int maximumLength) {
        this.maximumLength = maximumLength;
    }

    /** It was asked for an association or for the release of one, and may end that by its answer. */
    void ask() {
        asked = true;
    }

    boolean isAsked() {
        return asked;
    }

    /** The association has been rejected, released, or aborted by one of the two, or the connection is lost. */
    void end() {
        ended = true;
    }

    boolean hasEnded() {
        return ended;
    }

    /** What to throw if it breaks the protocol. The log says how. */
    AAbort protocolError(String what) {
        return protocolError(AAbort.INVALID_PDU_PARAMETER_VALUE, what);
    }

    /** As the other method, with a reason for the A-ABORT (PS3.8 9.3.8). */
    AAbort protocolError(int reason, String what) {
        LOG.warn("{}: protocol error, the association is aborted: {}", this, what);
        return new AAbort(AAbort.UL_SERIVE_PROVIDER, reason);
    }

    @Override
    public String toString() {
        return title + " at " + address;
    }
}
