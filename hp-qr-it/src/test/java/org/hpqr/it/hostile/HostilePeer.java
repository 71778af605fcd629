package org.hpqr.it.hostile;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** A peer that sends whatever it is told to, and understands what comes back. */
final class HostilePeer implements AutoCloseable {

    /** A server that is silent for longer is hanging: its own time limits are longer. */
    private static final int SILENCE_MILLIS = 120_000;
    private static final int LONGEST_PDU = 200_000;

    private static final int A_ASSOCIATE_AC = 2;
    private static final int A_ASSOCIATE_RJ = 3;
    private static final int P_DATA_TF = 4;
    private static final int A_ABORT = 7;
    private static final int PDU_HEADER = 6;
    private static final int PDV_HEADER = 6;
    private static final int ELEMENT_HEADER = 8;
    private static final int COMMAND_FIELD = 0x0100;
    private static final int STATUS = 0x0900;

    private final Socket socket;
    private final DataInputStream in;

    /** One response, as far as it is looked at. */
    record Response(int commandField, int status) {

        boolean isFinal() {
            return (status & 0xFF00) != 0xFF00;
        }
    }

    HostilePeer(int port) throws IOException {
        socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(SILENCE_MILLIS);
        in = new DataInputStream(socket.getInputStream());
    }

    /** Sends bytes. A server that has enough of them closes while they are sent; what it had to say is still to be read. */
    void send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException e) {
            // closed by the server
        }
    }

    /** Nothing more is sent. */
    void end() {
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            // closed by the server
        }
    }

    /**
     * Reads responses up to the final one.
     *
     * @return all but the last may be pending; without a final one, the association has ended
     * @throws java.net.SocketTimeoutException there is neither
     */
    List<Response> toFinalResponse() throws IOException {
        List<Response> responses = new ArrayList<>();
        while (read(responses))
            if (!responses.isEmpty() && responses.get(responses.size() - 1).isFinal())
                break;
        return responses;
    }

    /** Reads responses up to the end of the association, which has to come. */
    List<Response> toEnd() throws IOException {
        List<Response> responses = new ArrayList<>();
        while (read(responses))
            continue;
        return responses;
    }

    /** Reads a PDU; {@code false} if it was the last one. */
    private boolean read(List<Response> responses) throws IOException {
        try {
            byte[] header = new byte[PDU_HEADER];
            in.readFully(header);
            int length = ByteBuffer.wrap(header).getInt(2);
            if (header[0] < A_ASSOCIATE_AC || header[0] > A_ABORT || length < 0 || length > LONGEST_PDU)
                throw new AssertionError("no PDU: type " + header[0] + ", length " + length);
            byte[] content = new byte[length];
            in.readFully(content);
            if (header[0] == P_DATA_TF)
                addCommands(responses, ByteBuffer.wrap(content));
            return header[0] != A_ABORT && header[0] != A_ASSOCIATE_RJ;
        } catch (EOFException | SocketException e) {
            return false;
        }
    }

    /** The server sends each command in one fragment. */
    private static void addCommands(List<Response> responses, ByteBuffer pdvs) {
        while (pdvs.remaining() >= PDV_HEADER) {
            int length = pdvs.getInt() - 2;
            pdvs.get();
            boolean isCommand = (pdvs.get() & 1) != 0;
            if (isCommand)
                responses.add(response(pdvs.slice(pdvs.position(), length).order(ByteOrder.LITTLE_ENDIAN)));
            pdvs.position(pdvs.position() + length);
        }
    }

    private static Response response(ByteBuffer elements) {
        int commandField = 0;
        int status = -1;
        while (elements.remaining() >= ELEMENT_HEADER) {
            int tag = elements.getShort() << 16 | elements.getShort() & 0xFFFF;
            int length = elements.getInt();
            if (tag == COMMAND_FIELD)
                commandField = elements.getShort(elements.position()) & 0xFFFF;
            if (tag == STATUS)
                status = elements.getShort(elements.position()) & 0xFFFF;
            elements.position(elements.position() + length);
        }
        return new Response(commandField, status);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
