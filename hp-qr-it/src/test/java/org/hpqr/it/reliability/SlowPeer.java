package org.hpqr.it.reliability;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.net.Commands;
import org.hpqr.dataset.DatasetCodec;
import org.hpqr.testkit.dicom.RawPeer;

/** Peers that keep a server waiting, each in its way. What they do ends when the server ends the connection. */
enum SlowPeer {

    SILENT_AFTER_CONNECTING {
        @Override
        void untilCut(int port) throws IOException {
            try (Socket socket = new Socket("127.0.0.1", port)) {
                readToEnd(socket);
            }
        }
    },
    ASSOCIATE_REQUEST_BYTE_BY_BYTE {
        @Override
        void untilCut(int port) throws IOException, InterruptedException {
            try (Socket socket = new Socket("127.0.0.1", port)) {
                byte[] pdu = ByteBuffer.allocate(PDU_HEADER + LONG).put((byte) 1).put((byte) 0).putInt(LONG).array();
                drip(socket, pdu);
            }
        }
    },
    SILENT_AFTER_THE_FIRST_PDU {
        @Override
        void untilCut(int port) throws IOException {
            try (RawPeer peer = new RawPeer(port, UID.Verification)) {
                readToEnd(peer.socket);
            }
        }
    },
    HALF_A_PDV {
        @Override
        void untilCut(int port) throws IOException {
            try (RawPeer peer = new RawPeer(port, UID.HangingProtocolStorage)) {
                peer.socket.getOutputStream().write(beginningOfData());
                readToEnd(peer.socket);
            }
        }
    },
    COMMAND_BYTE_BY_BYTE {
        @Override
        void untilCut(int port) throws IOException, InterruptedException {
            try (RawPeer peer = new RawPeer(port, UID.HangingProtocolStorage)) {
                drip(peer.socket, beginningOfData());
            }
        }
    },
    DATA_SET_STAYS_AWAY {
        @Override
        void untilCut(int port) throws IOException {
            try (RawPeer peer = new RawPeer(port, UID.HangingProtocolStorage)) {
                peer.sendCommand(0, Commands.mkCStoreRQ(1, UID.HangingProtocolStorage, "1.2.3", 0), WITH_DATA_SET);
                readToEnd(peer.socket);
            }
        }
    },
    DATA_SET_STOPS {
        @Override
        void untilCut(int port) throws IOException {
            try (RawPeer peer = new RawPeer(port, UID.HangingProtocolStorage)) {
                peer.sendCommand(0, Commands.mkCStoreRQ(1, UID.HangingProtocolStorage, "1.2.3", 0), WITH_DATA_SET);
                peer.sendFragment(0, NOT_LAST, new byte[PART], 0, PART);
                readToEnd(peer.socket);
            }
        }
    },
    DATA_SET_BYTE_BY_BYTE {
        @Override
        void untilCut(int port) throws IOException, InterruptedException {
            try (RawPeer peer = new RawPeer(port, UID.HangingProtocolStorage)) {
                peer.sendCommand(0, Commands.mkCStoreRQ(1, UID.HangingProtocolStorage, "1.2.3", 0), WITH_DATA_SET);
                peer.sendFragment(0, NOT_LAST, new byte[PART], 0, PART);
                drip(peer.socket, beginningOfData());
            }
        }
    },
    DATA_SET_WITHOUT_END {
        @Override
        void untilCut(int port) throws IOException {
            try (RawPeer peer = new RawPeer(port, UID.HangingProtocolStorage)) {
                peer.sendCommand(0, Commands.mkCStoreRQ(1, UID.HangingProtocolStorage, "1.2.3", 0), WITH_DATA_SET);
                byte[] part = new byte[LONG];
                untilRefused(() -> {
                    peer.sendFragment(0, NOT_LAST, part, 0, part.length);
                    // without it, this peer alone would keep a processor busy
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
                });
            }
        }
    },
    FINDS_AND_READS_NOTHING {
        @Override
        void untilCut(int port) throws IOException {
            Attributes universal = new Attributes();
            universal.setNull(Tag.SOPInstanceUID, VR.UI);
            universal.setNull(Tag.HangingProtocolDefinitionSequence, VR.SQ);
            byte[] identifier = DatasetCodec.encode(universal, UID.ImplicitVRLittleEndian);
            try (RawPeer peer = new RawPeer(port, UID.HangingProtocolInformationModelFind)) {
                Counter messageId = new Counter();
                untilRefused(() -> peer.send(0,
                        Commands.mkCFindRQ(messageId.next(), UID.HangingProtocolInformationModelFind, 0), identifier));
            }
        }
    },
    ECHOES_AND_READS_NOTHING {
        @Override
        void untilCut(int port) throws IOException {
            try (RawPeer peer = new RawPeer(port, UID.Verification)) {
                Counter messageId = new Counter();
                untilRefused(() -> peer.send(0, Commands.mkCEchoRQ(messageId.next(), UID.Verification), null));
            }
        }
    };

    private static final int PDU_HEADER = 6;
    private static final int LONG = 8_192;
    private static final int PART = 1_024;
    private static final int NOT_LAST = 0;
    /** Command Data Set Type (0000,0800): there is a data set. */
    private static final int WITH_DATA_SET = 0;
    private static final int PAUSE_MILLIS = 50;

    /** Does it; returns when the server has ended the connection. */
    abstract void untilCut(int port) throws IOException, InterruptedException;

    /** Of a P-DATA-TF PDU with a long command PDV: the headers, and nothing but zeros after them. */
    private static byte[] beginningOfData() {
        return ByteBuffer.allocate(LONG / 2).put((byte) 4).put((byte) 0).putInt(LONG).putInt(LONG - 4).put((byte) 1).put((byte) 1)
                .array();
    }

    private static void drip(Socket socket, byte[] bytes) throws InterruptedException {
        try {
            OutputStream out = socket.getOutputStream();
            for (byte each : bytes) {
                out.write(each);
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
            readToEnd(socket);
        } catch (IOException e) {
            // cut
        }
    }

    private static void readToEnd(Socket socket) {
        try {
            socket.setSoTimeout(0);
            InputStream in = socket.getInputStream();
            while (in.read() >= 0)
                continue;
        } catch (IOException e) {
            // cut
        }
    }

    private interface Sending {
        void send() throws IOException;
    }

    private static void untilRefused(Sending sending) {
        try {
            while (true)
                sending.send();
        } catch (IOException e) {
            // cut
        }
    }

    private static final class Counter {
        private int last;

        private int next() {
            last = last % 0xFFFF + 1;
            return last;
        }
    }
}
