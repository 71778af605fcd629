package org.hpqr.testkit.dicom;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** An A-ASSOCIATE-RQ written by hand (PS3.8 9.3.2), and what its answer has of one kind of sub-item. */
public final class AssociateRequest {

    private static final int REQUEST = 1;
    private static final int ACCEPT = 2;
    private static final int ABORT = 7;
    private static final int USER_INFORMATION = 0x50;
    private static final int EXTENDED_NEGOTIATION = 0x56;
    /** Of a PDU before its items: version, reserved, titles, reserved. */
    private static final int FIXED_FIELDS = 68;

    private AssociateRequest() {
    }

    /**
     * Offers extended negotiation of a SOP class (PS3.7 D.3.3.5).
     *
     * @param offered Service Class Application Information
     * @return that of each such sub-item in the answer
     */
    public static List<byte[]> extendedNegotiation(int port, String sopClass, byte[] offered) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(60_000);
            write(socket, REQUEST, request(sopClass, offered));
            DataInputStream in = new DataInputStream(socket.getInputStream());
            int type = in.readUnsignedShort() >> 8;
            byte[] answer = new byte[in.readInt()];
            in.readFully(answer);
            if (type != ACCEPT)
                throw new IOException("PDU of type " + type);
            write(socket, ABORT, new byte[4]);
            return answers(sopClass, ByteBuffer.wrap(answer, FIXED_FIELDS, answer.length - FIXED_FIELDS));
        }
    }

    private static List<byte[]> answers(String sopClass, ByteBuffer items) {
        List<byte[]> answers = new ArrayList<>();
        while (items.hasRemaining()) {
            int type = items.getShort() >> 8;
            byte[] content = new byte[items.getShort()];
            items.get(content);
            if (type == USER_INFORMATION)
                answers.addAll(answers(sopClass, ByteBuffer.wrap(content)));
            if (type != EXTENDED_NEGOTIATION)
                continue;
            ByteBuffer negotiation = ByteBuffer.wrap(content);
            byte[] uid = new byte[negotiation.getShort()];
            negotiation.get(uid);
            byte[] information = new byte[negotiation.remaining()];
            negotiation.get(information);
            if (sopClass.equals(ascii(uid)))
                answers.add(information);
        }
        return answers;
    }

    private static byte[] request(String sopClass, byte[] offered) throws IOException {
        ByteArrayOutputStream context = new ByteArrayOutputStream();
        context.write(new byte[] {1, 0, 0, 0});
        context.write(item(0x30, ascii(sopClass)));
        context.write(item(0x40, ascii("1.2.840.10008.1.2")));
        ByteArrayOutputStream negotiation = new ByteArrayOutputStream();
        negotiation.write(new byte[] {0, (byte) sopClass.length()});
        negotiation.write(ascii(sopClass));
        negotiation.write(offered);
        ByteArrayOutputStream user = new ByteArrayOutputStream();
        user.write(item(0x51, new byte[] {0, 0, 0x40, 0}));
        user.write(item(0x52, ascii("2.25.77")));
        user.write(item(EXTENDED_NEGOTIATION, negotiation.toByteArray()));
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.write(new byte[] {0, 1, 0, 0});
        request.write(ascii(String.format("%-16s%-16s", Peer.SERVER_AE_TITLE, "BYHAND")));
        request.write(new byte[32]);
        request.write(item(0x10, ascii("1.2.840.10008.3.1.1.1")));
        request.write(item(0x20, context.toByteArray()));
        request.write(item(USER_INFORMATION, user.toByteArray()));
        return request.toByteArray();
    }

    private static byte[] item(int type, byte[] content) {
        return ByteBuffer.allocate(4 + content.length).put((byte) type).put((byte) 0).putShort((short) content.length)
                .put(content).array();
    }

    private static void write(Socket to, int type, byte[] content) throws IOException {
        DataOutputStream out = new DataOutputStream(to.getOutputStream());
        out.write(ByteBuffer.allocate(6 + content.length).put((byte) type).put((byte) 0).putInt(content.length).put(content).array());
        out.flush();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String ascii(byte[] bytes) {
        return new String(bytes, StandardCharsets.US_ASCII);
    }
}
