package org.hpqr.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Start, many associations, SIGTERM, restart, wrong settings. */
class ServerLifeIT {

    @TempDir
    Path data;

    @Test
    void aWrongValueStopsTheStartAndSaysWhatIsAllowed() throws Exception {
        try (ServerProcess server = ServerProcess.begin(data, Map.of("HPQR_DUPLICATE_POLICY", "sometimes"))) {
            assertNotEquals(0, server.await());
            String log = server.log();
            for (String named : List.of("duplicate-policy", "sometimes", "replace, keep"))
                assertTrue(log.contains(named), log);
        }
    }

    @Test
    void aHundredOpenAssociationsAreServed() throws Exception {
        try (ServerProcess server = ServerProcess.start(data, Map.of())) {
            List<Socket> associations = new ArrayList<>();
            for (int i = 0; i < 100; i++)
                associations.add(open(server.port));
            for (Socket association : associations)
                echo(association);
            for (Socket association : associations)
                association.close();
        }
    }

    @Test
    void sigtermLeavesNoProcessAndARestartFindsEverything() throws Exception {
        Path samples = Path.of(System.getProperty("it.sources"), "samples");
        String uid = "1.2.840.123456.20030822.223344.1";
        try (ServerProcess server = ServerProcess.start(data, Map.of())) {
            ServerProcess.run(samples, "storescu", "-R", "-aec", "HPQR", "127.0.0.1", "" + server.port, "chest-xray.dcm");
            server.terminate();
        }
        try (ServerProcess server = ServerProcess.start(data, Map.of())) {
            String found = ServerProcess.run(data, "/usr/bin/python3",
                    Path.of(System.getProperty("it.sources"), "walk/hp.py").toString(), "--port", "" + server.port, "find");
            assertTrue(found.contains(uid), found);
        }
    }

    /** An association for Verification, written byte by byte here: what is tested is the server's threads. */
    private static Socket open(int port) throws Exception {
        Socket socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(60_000);
        ByteBuffer pdu = ByteBuffer.allocate(1_024);
        pdu.put((byte) 1).put((byte) 0).putInt(0).putShort((short) 1).putShort((short) 0);
        pdu.put(ascii(String.format("%-16s", "HPQR"))).put(ascii(String.format("%-16s", "MANY"))).put(new byte[32]);
        item(pdu, 0x10, ascii("1.2.840.10008.3.1.1.1"));
        ByteBuffer context = ByteBuffer.allocate(256);
        context.put(new byte[] {1, 0, 0, 0});
        item(context, 0x30, ascii("1.2.840.10008.1.1"));
        item(context, 0x40, ascii("1.2.840.10008.1.2"));
        item(pdu, 0x20, bytes(context));
        ByteBuffer user = ByteBuffer.allocate(256);
        item(user, 0x51, ByteBuffer.allocate(4).putInt(16_384).array());
        item(user, 0x52, ascii("2.25.1"));
        item(pdu, 0x50, bytes(user));
        pdu.putInt(2, pdu.position() - 6);
        socket.getOutputStream().write(bytes(pdu));
        assertEquals(2, readPdu(socket.getInputStream())[0], "A-ASSOCIATE-AC");
        return socket;
    }

    private static void echo(Socket socket) throws Exception {
        ByteBuffer command = ByteBuffer.allocate(256).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        byte[] sopClass = ascii("1.2.840.10008.1.1\0");
        element(command, 0x0002, sopClass);
        element(command, 0x0100, new byte[] {0x30, 0});
        element(command, 0x0110, new byte[] {1, 0});
        element(command, 0x0800, new byte[] {1, 1});
        byte[] elements = bytes(command);
        ByteBuffer pdu = ByteBuffer.allocate(512);
        pdu.put((byte) 4).put((byte) 0).putInt(elements.length + 12 + 6).putInt(elements.length + 12 + 2);
        pdu.put((byte) 1).put((byte) 3);
        pdu.put(new byte[] {0, 0, 0, 0, 4, 0, 0, 0, (byte) elements.length, 0, 0, 0}).put(elements);
        OutputStream out = socket.getOutputStream();
        out.write(bytes(pdu));
        assertEquals(4, readPdu(socket.getInputStream())[0], "P-DATA-TF");
    }

    private static void element(ByteBuffer command, int element, byte[] value) {
        command.putShort((short) 0).putShort((short) element).putInt(value.length).put(value);
    }

    private static void item(ByteBuffer to, int type, byte[] value) {
        to.put((byte) type).put((byte) 0).putShort((short) value.length).put(value);
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.position()];
        buffer.rewind();
        buffer.get(bytes);
        return bytes;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] readPdu(InputStream in) throws Exception {
        byte[] header = in.readNBytes(6);
        assertEquals(6, header.length, "the server closed the association");
        in.readNBytes(ByteBuffer.wrap(header).getInt(2));
        return header;
    }
}
