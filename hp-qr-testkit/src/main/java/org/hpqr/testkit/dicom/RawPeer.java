package org.hpqr.testkit.dicom;

import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.io.DicomInputStream;
import org.dcm4che3.io.DicomOutputStream;

/**
 * A peer that talks PDUs of its own making (PS3.8 9.3) over a socket, and so can send what the toolkit would not: commands
 * without what is mandatory, data sets that are none, half a message, no further word. It requests an association, or, as a
 * move destination, accepts one.
 */
public final class RawPeer implements AutoCloseable {

    private static final int A_ASSOCIATE_RQ = 1;
    public static final int A_ASSOCIATE_AC = 2;
    private static final int P_DATA_TF = 4;
    private static final int A_RELEASE_RQ = 5;
    public static final int A_RELEASE_RP = 6;
    public static final int A_ABORT = 7;
    private static final int COMMAND = 1;
    private static final int LAST = 2;
    private static final int TIMEOUT_MILLIS = 60_000;
    private static final int MAX_PDU = 16_384;
    /** Of A-ASSOCIATE PDUs, before their items: version, reserved, titles, reserved. */
    private static final int FIXED_FIELDS = 68;

    public final Socket socket;
    private final DataOutputStream out;
    private final DataInputStream in;
    private final List<String> contexts = new ArrayList<>();

    /** What {@link #receive} has read. */
    public final List<Fragment> fragments = new ArrayList<>();

    /**
     * One PDV.
     *
     * @param pduLength of the P-DATA-TF PDU that it came in, as PS3.8 D.1 counts it
     * @param control   message control header
     * @param length    of the fragment alone
     */
    public record Fragment(int pduLength, int control, int length) {
    }

    /**
     * One DIMSE message.
     *
     * @param context index of its presentation context, from 0
     */
    public record Message(int context, Attributes command, byte[] dataset) {

        public int status() {
            return command.getInt(Tag.Status, -1);
        }

        public boolean isPending() {
            return (status() & 0xFF00) == 0xFF00;
        }
    }

    /** One PDU: its type, and what follows its header. */
    public record Pdu(int type, byte[] content) {
    }

    /**
     * Opens an association.
     *
     * @param transferSyntax of all its presentation contexts
     * @param roles          SCP role for Hanging Protocol Storage, in so many role selection items
     * @param contexts       SOP class of each presentation context, the IDs of which are 1, 3, 5 ...
     */
    public RawPeer(int port, String transferSyntax, int roles, String... contexts) throws IOException {
        this(MAX_PDU, port, transferSyntax, roles, contexts);
    }

    /** @param maxLength maximum length of PDUs that is announced (PS3.8 D.1); the bits of an unsigned number */
    public RawPeer(int maxLength, int port, String transferSyntax, int roles, String... contexts) throws IOException {
        this(new Socket("127.0.0.1", port), maxLength, transferSyntax, roles, contexts);
    }

    /** @param connection to the server */
    public RawPeer(Socket connection, int maxLength, String transferSyntax, int roles, String... contexts) throws IOException {
        this(connection);
        this.contexts.addAll(List.of(contexts));
        writePdu(A_ASSOCIATE_RQ, associate(maxLength, transferSyntax, roles));
        Pdu answer = readPdu();
        if (answer.type() != A_ASSOCIATE_AC)
            throw new IOException("association not accepted: PDU type " + answer.type());
    }

    private RawPeer(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(TIMEOUT_MILLIS);
        // a data set does not wait until TCP has acknowledged its command, which takes 40 ms
        socket.setTcpNoDelay(true);
        out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()));
        in = new DataInputStream(socket.getInputStream());
    }

    /**
     * Accepts an association.
     *
     * @param accepted       a connection whose first PDU is an A-ASSOCIATE-RQ
     * @param maxLength      maximum length of PDUs that is announced
     * @param transferSyntax what the answer names where a context proposes this one, whether it was proposed or not;
     *                       {@code null} to refuse the context
     */
    public static RawPeer accept(Socket accepted, int maxLength, UnaryOperator<String> transferSyntax) throws IOException {
        RawPeer peer = new RawPeer(accepted);
        ByteBuffer request = ByteBuffer.wrap(peer.readPdu().content());
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        answer.write(request.array(), 0, FIXED_FIELDS);
        request.position(FIXED_FIELDS);
        while (request.hasRemaining()) {
            int type = request.getShort() >> 8;
            byte[] content = new byte[request.getShort()];
            request.get(content);
            if (type == 0x10)
                item(answer, type, content);
            else if (type == 0x20)
                item(answer, 0x21, accept(content, transferSyntax));
        }
        item(answer, 0x50, userInformation(maxLength).toByteArray());
        peer.writePdu(A_ASSOCIATE_AC, answer.toByteArray());
        return peer;
    }

    /** @param context with one transfer syntax, which is the last thing in it */
    private static byte[] accept(byte[] context, UnaryOperator<String> transferSyntax) throws IOException {
        int abstractSyntaxLength = context[7];
        int proposedAt = 4 + 4 + abstractSyntaxLength + 4;
        String proposed = new String(context, proposedAt, context.length - proposedAt, StandardCharsets.US_ASCII);
        String named = transferSyntax.apply(proposed);
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        answer.write(new byte[] {context[0], 0, (byte) (named == null ? 4 : 0), 0});
        item(answer, 0x40, (named == null ? proposed : named).getBytes(StandardCharsets.US_ASCII));
        return answer.toByteArray();
    }

    /** An association for one SOP class, in Implicit VR Little Endian. */
    public RawPeer(int port, String sopClass) throws IOException {
        this(port, UID.ImplicitVRLittleEndian, 0, sopClass);
    }

    private byte[] associate(int maxLength, String transferSyntax, int roles) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream items = new DataOutputStream(bytes);
        items.writeShort(1);
        items.writeShort(0);
        items.writeBytes(String.format("%-16s%-16s", Peer.SERVER_AE_TITLE, "RAW"));
        items.write(new byte[32]);
        item(items, 0x10, "1.2.840.10008.3.1.1.1".getBytes(StandardCharsets.US_ASCII));
        for (int i = 0; i < contexts.size(); i++) {
            ByteArrayOutputStream context = new ByteArrayOutputStream();
            context.write(new byte[] {(byte) (2 * i + 1), 0, 0, 0});
            item(context, 0x30, contexts.get(i).getBytes(StandardCharsets.US_ASCII));
            item(context, 0x40, transferSyntax.getBytes(StandardCharsets.US_ASCII));
            item(items, 0x20, context.toByteArray());
        }
        ByteArrayOutputStream user = userInformation(maxLength);
        for (int i = 0; i < roles; i++) {
            byte[] uid = UID.HangingProtocolStorage.getBytes(StandardCharsets.US_ASCII);
            ByteArrayOutputStream role = new ByteArrayOutputStream();
            role.write(new byte[] {0, (byte) uid.length});
            role.write(uid);
            role.write(new byte[] {0, 1});
            item(user, 0x54, role.toByteArray());
        }
        item(items, 0x50, user.toByteArray());
        return bytes.toByteArray();
    }

    private static ByteArrayOutputStream userInformation(int maxLength) throws IOException {
        ByteArrayOutputStream user = new ByteArrayOutputStream();
        item(user, 0x51, ByteBuffer.allocate(4).putInt(maxLength).array());
        item(user, 0x52, "2.25.77".getBytes(StandardCharsets.US_ASCII));
        return user;
    }

    private static void item(OutputStream to, int type, byte[] content) throws IOException {
        to.write(new byte[] {(byte) type, 0, (byte) (content.length >> 8), (byte) content.length});
        to.write(content);
    }

    /**
     * Sends a message.
     *
     * @param context index of its presentation context, from 0
     * @param dataset encoded; {@code null} for none. Command Data Set Type is set accordingly
     */
    public void send(int context, Attributes command, byte[] dataset) throws IOException {
        sendCommand(context, command, dataset == null ? 0x0101 : 0);
        if (dataset == null)
            return;
        int length = MAX_PDU - 6;
        for (int from = 0; from == 0 || from < dataset.length; from += length) {
            int part = Math.min(length, dataset.length - from);
            sendFragment(context, from + part == dataset.length ? LAST : 0, dataset, from, part);
        }
    }

    /** Sends a command only; if its data set type announces a data set, that stays away. */
    public void sendCommand(int context, Attributes command, int datasetType) throws IOException {
        command.setInt(Tag.CommandDataSetType, VR.US, datasetType);
        ByteArrayOutputStream encoded = new ByteArrayOutputStream();
        DicomOutputStream to = new DicomOutputStream(encoded, UID.ImplicitVRLittleEndian);
        to.writeCommand(command);
        to.flush();
        sendFragment(context, COMMAND | LAST, encoded.toByteArray(), 0, encoded.size());
    }

    /** @param control 1 for a command, 2 for the last fragment, or both */
    public void sendFragment(int context, int control, byte[] content, int offset, int length) throws IOException {
        ByteArrayOutputStream pdv = new ByteArrayOutputStream();
        DataOutputStream to = new DataOutputStream(pdv);
        to.writeInt(length + 2);
        to.writeByte(2 * context + 1);
        to.writeByte(control);
        to.write(content, offset, length);
        writePdu(P_DATA_TF, pdv.toByteArray());
    }

    /** Sends a PDU, whatever it says. */
    public void writePdu(int type, byte[] content) throws IOException {
        out.writeByte(type);
        out.writeByte(0);
        out.writeInt(content.length);
        out.write(content);
        out.flush();
    }

    /** The next PDU; type -1 if the connection is closed, which whoever has not read all of ours does by a reset. */
    public Pdu readPdu() throws IOException {
        int type = readType();
        if (type < 0)
            return new Pdu(-1, new byte[0]);
        in.readByte();
        byte[] content = new byte[in.readInt()];
        in.readFully(content);
        return new Pdu(type, content);
    }

    private int readType() throws IOException {
        try {
            return in.read();
        } catch (SocketException e) {
            return -1;
        }
    }

    /** The next message. */
    public Message receive() throws IOException {
        Attributes command = null;
        ByteArrayOutputStream commandBytes = new ByteArrayOutputStream();
        ByteArrayOutputStream dataset = new ByteArrayOutputStream();
        while (true) {
            Pdu pdu = readPdu();
            if (pdu.type() != P_DATA_TF)
                throw new IOException("a PDU of type " + pdu.type() + " came instead of a message");
            DataInputStream pdvs = new DataInputStream(new ByteArrayInputStream(pdu.content()));
            while (pdvs.available() > 0) {
                int length = pdvs.readInt() - 2;
                int context = (pdvs.readByte() & 0xFF) / 2;
                int control = pdvs.readByte();
                fragments.add(new Fragment(pdu.content().length, control, length));
                ((control & COMMAND) != 0 ? commandBytes : dataset).write(pdvs.readNBytes(length));
                if ((control & LAST) == 0)
                    continue;
                if ((control & COMMAND) == 0)
                    return new Message(context, command, dataset.toByteArray());
                command = new DicomInputStream(new ByteArrayInputStream(commandBytes.toByteArray()),
                        UID.ImplicitVRLittleEndian).readCommand();
                if (command.getInt(Tag.CommandDataSetType, 0x0101) == 0x0101)
                    return new Message(context, command, null);
            }
        }
    }

    /** The response to a request: the next message that is none to be followed by more. */
    public Message finalResponse() throws IOException {
        Message message;
        do {
            message = receive();
        } while (message.isPending());
        return message;
    }

    /** Asks for the release of the association. */
    public void requestRelease() throws IOException {
        writePdu(A_RELEASE_RQ, new byte[4]);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
