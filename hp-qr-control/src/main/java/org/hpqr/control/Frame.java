package org.hpqr.control;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;

/**
 * What command and server say to each other, one frame at a time. The command begins with {@link Kind#REQUEST}, the server
 * answers {@link Kind#READY} or {@link Kind#END}. Export: the server sends {@link Kind#OBJECT}s and {@link Kind#FAILURE}s.
 * Import and remove: the command sends {@link Kind#OBJECT}s, each is answered {@link Kind#RESULT}. Whoever has sent the last one sends
 * {@link Kind#END}; the server may do so at any time, and says why.
 *
 * @param kind    what it is
 * @param name    of a request: export, import, remove or backup; of an object or a failure: SOP Instance UID; of a result: one of
 *                {@link Outcome}; else empty
 * @param text    of a request for a backup: the file to make, an absolute path; of READY: how many objects there are (export), how large a file may be in bytes (import, remove); of an object that
 *                is retired: {@link #RETIRED}; of a failure, a refusal, or an end before all is done: why; else empty
 * @param content of an object: the file (PS3.10); else empty
 */
public record Frame(Kind kind, String name, String text, byte[] content) {

    /** What a frame is. */
    public enum Kind { REQUEST, READY, OBJECT, FAILURE, RESULT, END }

    /**
     * What became of a file that was imported; or of the object that a file has, when it was to be removed: CHANGED if another content
     * is stored, which stays, ABSENT if none is.
     */
    public enum Outcome { STORED, REPLACED, UNCHANGED, REFUSED, SKIPPED, REMOVED, CHANGED, ABSENT }

    /** The request to send every object. */
    public static final String EXPORT = "export";
    /** The request to take files. */
    public static final String IMPORT = "import";
    /** The request to remove what files have, if it is stored as they have it. */
    public static final String REMOVE = "remove";
    /** Of an object that no find matches, and the directory it is exported to. */
    public static final String RETIRED = "retired";
    /** The request to back up a database that is a file. */
    public static final String BACKUP = "backup";

    /** The longest text, which may be a path; what is longer is cut. */
    private static final int MAX_TEXT = 4_096;
    private static final byte[] NOTHING = {};

    /** A frame without content. */
    public static Frame of(Kind kind, String name, String text) {
        return new Frame(kind, name, text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) : text, NOTHING);
    }

    /** The last frame; {@code reason} is empty if all is done. */
    public static Frame end(String reason) {
        return of(Kind.END, "", reason);
    }

    /** Sends it. */
    public void write(DataOutputStream out) throws IOException {
        out.writeByte(kind.ordinal());
        out.writeUTF(name);
        out.writeUTF(text);
        out.writeInt(content.length);
        out.write(content);
        out.flush();
    }

    /**
     * Waits for a frame.
     *
     * @param limit most bytes of content
     * @throws EOFException the other side has gone
     * @throws IOException  it is no frame, or has more content
     */
    public static Frame read(DataInputStream in, int limit) throws IOException {
        int kind = in.readUnsignedByte();
        if (kind >= Kind.values().length)
            throw new IOException("not a frame: the other side has another version");
        String name = in.readUTF();
        String text = in.readUTF();
        int length = in.readInt();
        if (length < 0 || length > limit)
            throw new IOException("a frame with " + length + " bytes; at most " + limit + " are read");
        byte[] content = in.readNBytes(length);
        if (content.length < length)
            throw new EOFException();
        return new Frame(Kind.values()[kind], name, text, content);
    }
}
