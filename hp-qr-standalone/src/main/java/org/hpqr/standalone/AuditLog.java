package org.hpqr.standalone;

import java.net.Socket;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.dcm4che3.net.Association;
import org.hpqr.spi.AuditTrail;
import org.hpqr.spi.WebAudit;
import org.hpqr.standalone.control.ControlAudit;
import org.hpqr.status.HpStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The audit trail as a log category, {@value #CATEGORY}: one line an event, {@code event key=value ...}. Identifiers of
 * queries are left out, for a log is read by more people than the database. What comes from a peer is quoted, so that it
 * cannot pretend to be another key or another line.
 */
final class AuditLog implements AuditTrail, ControlAudit, WebAudit {

    static final String CATEGORY = "org.hpqr.audit";

    private static final Logger LOG = LoggerFactory.getLogger(CATEGORY);
    private static final Pattern UNSAFE = Pattern.compile("[^ -~]|\"");

    @Override
    public void stored(Association association, String sopInstanceUid, boolean replaced, HpStatus outcome) {
        log("stored", association, outcome, "instance=" + quoted(sopInstanceUid) + " replaced=" + replaced);
    }

    @Override
    public void queried(Association association, byte[] identifier, String transferSyntax, int matches, HpStatus outcome) {
        log("queried", association, outcome, "matches=" + matches);
    }

    @Override
    public void retrieveBegun(Association association, String destination, List<String> sopInstanceUids) {
        log("retrieve-begun", association, null, destination(destination) + " instances=" + list(sopInstanceUids));
    }

    @Override
    public void retrieveEnded(Association association, String destination, List<String> sent, List<String> failed,
                              HpStatus outcome) {
        log("retrieve-ended", association, outcome,
                destination(destination) + " sent=" + list(sent) + " failed=" + list(failed));
    }

    @Override
    public void imported(String user, String sopInstanceUid, boolean replaced, HpStatus outcome) {
        LOG.info("imported user={} instance={} replaced={} status={}", quoted(user), quoted(sopInstanceUid), replaced, outcome);
    }

    @Override
    public void removed(String user, String sopInstanceUid, HpStatus outcome) {
        LOG.info("removed user={} instance={} status={}", quoted(user), quoted(sopInstanceUid), outcome);
    }

    @Override
    public void exported(String user, long objects, long failed) {
        LOG.info("exported user={} objects={} failed={}", quoted(user), objects, failed);
    }

    @Override
    public void stored(Requestor requestor, String sopInstanceUid, boolean replaced, HpStatus outcome) {
        log("stored", requestor, outcome, "instance=" + quoted(sopInstanceUid) + " replaced=" + replaced);
    }

    @Override
    public void queried(Requestor requestor, String query, long matches, HpStatus outcome) {
        log("queried", requestor, outcome, "matches=" + matches);
    }

    @Override
    public void retrieved(Requestor requestor, String sopInstanceUid, HpStatus outcome) {
        log("retrieved", requestor, outcome, "instance=" + quoted(sopInstanceUid));
    }

    @Override
    public void changed(Requestor requestor, Change change, String sopInstanceUid, HpStatus outcome) {
        log(change.name().toLowerCase(Locale.ROOT), requestor, outcome, "instance=" + quoted(sopInstanceUid));
    }

    /** Somebody who has connected has not proven who he is. What was given as a name may be a password, so it is left out. */
    static void loginFailed(String address) {
        LOG.info("login-failed peer={}", address);
    }

    /** The same over DICOM. */
    static void loginFailed(Socket socket) {
        loginFailed(peer(socket));
    }

    private static void log(String event, Requestor requestor, HpStatus outcome, String details) {
        // as one text, as a line is written for each request and a pattern would be read for each
        LOG.info(event + " user=" + (requestor.user() == null ? "none" : quoted(requestor.user())) + " called=" + quoted(requestor.calledAET())
                + " peer=" + requestor.address() + ' ' + details + " status=" + outcome);
    }

    private static void log(String event, Association association, HpStatus outcome, String details) {
        LOG.info(event + " calling=" + quoted(association.getCallingAET()) + " called=" + quoted(association.getCalledAET())
                + " peer=" + peer(association.getSocket()) + ' ' + details + (outcome == null ? "" : " status=" + outcome));
    }

    private static String peer(Socket socket) {
        return socket.getInetAddress().getHostAddress() + ':' + socket.getPort();
    }

    private static String destination(String destination) {
        return "destination=" + (destination == null ? "requester" : quoted(destination));
    }

    private static String list(List<String> uids) {
        return quoted(String.join(" ", uids));
    }

    /** A text from a peer; everything but visible ASCII and the space becomes a question mark. */
    static String quoted(String text) {
        String quoted = String.valueOf(text);
        return '"' + (quoted.chars().allMatch(AuditLog::isSafe) ? quoted : UNSAFE.matcher(quoted).replaceAll("?")) + '"';
    }

    private static boolean isSafe(int c) {
        return c >= ' ' && c <= '~' && c != '"';
    }
}
