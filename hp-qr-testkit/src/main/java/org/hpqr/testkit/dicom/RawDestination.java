package org.hpqr.testkit.dicom;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.dcm4che3.net.Commands;

/** A move destination that answers as no toolkit would, and keeps what it gets. Every sub-operation is a success. */
public final class RawDestination implements AutoCloseable {

    /** What came as sub-operations. */
    public final List<RawPeer.Message> received = new CopyOnWriteArrayList<>();
    /** The PDVs that came. */
    public final List<RawPeer.Fragment> fragments = new CopyOnWriteArrayList<>();
    private final ServerSocket listener;

    /** Parameters as those of {@link RawPeer#accept}. */
    public RawDestination(int maxLength, UnaryOperator<String> transferSyntax) throws IOException {
        this("127.0.0.1", maxLength, transferSyntax);
    }

    /** @param address that it listens on */
    public RawDestination(String address, int maxLength, UnaryOperator<String> transferSyntax) throws IOException {
        listener = new ServerSocket(0, 1, InetAddress.getByName(address));
        Thread thread = new Thread(() -> {
            try {
                while (true)
                    serve(listener.accept(), maxLength, transferSyntax);
            } catch (IOException e) {
                // it is closed
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** One association after the other. */
    private void serve(Socket connection, int maxLength, UnaryOperator<String> transferSyntax) {
        try (RawPeer requester = RawPeer.accept(connection, maxLength, transferSyntax)) {
            while (true) {
                RawPeer.Message request = requester.receive();
                received.add(request);
                fragments.addAll(requester.fragments);
                requester.fragments.clear();
                requester.send(request.context(), Commands.mkCStoreRSP(request.command(), 0), null);
            }
        } catch (IOException e) {
            // the association has ended, in whatever way
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
