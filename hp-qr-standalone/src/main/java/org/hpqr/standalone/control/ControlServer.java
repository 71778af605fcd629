package org.hpqr.standalone.control;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.channels.Channel;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import jdk.net.ExtendedSocketOptions;
import org.hpqr.control.ControlSocket;
import org.hpqr.control.Frame;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out commands, one after the other: each may have a large object in memory, and the next command waits for its
 * turn no longer than the administrator does.
 */
public final class ControlServer implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(ControlServer.class);

    /** Most bytes of a request. */
    private static final int NO_CONTENT = 0;

    private final ServerSocketChannel socket;
    private final Map<String, ControlOperation> operations;
    private final Runnable afterEach;
    private volatile boolean served;
    private volatile SocketChannel current;

    private ControlServer(ServerSocketChannel socket, Map<String, ControlOperation> operations, Runnable afterEach) {
        this.socket = socket;
        this.operations = operations;
        this.afterEach = afterEach;
    }

    /**
     * Opens the socket.
     *
     * @param operations by the names of their requests
     * @param afterEach  what to do after each command
     * @throws IOException there can be no socket
     */
    public static ControlServer start(Path dataDirectory, Map<String, ControlOperation> operations, Runnable afterEach,
                                      ThreadFactory threadFactory) throws IOException {
        ControlServer server = new ControlServer(ControlSocket.listen(dataDirectory), operations, afterEach);
        threadFactory.newThread(server::serve).start();
        return server;
    }

    private void serve() {
        while (socket.isOpen()) {
            try (SocketChannel channel = socket.accept()) {
                served = true;
                current = channel;
                serve(channel);
            } catch (ClosedChannelException e) {
                LOG.debug("The control socket is closed");
            } catch (IOException | RuntimeException | Error e) {
                LOG.warn("A command was interrupted: {}", e.toString());
            }
            if (socket.isOpen())
                afterEach.run();
        }
    }

    private void serve(SocketChannel channel) throws IOException {
        DataInputStream in = new DataInputStream(new BufferedInputStream(Channels.newInputStream(channel)));
        DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel)));
        Frame request = Frame.read(in, NO_CONTENT);
        ControlOperation operation = operations.get(request.name());
        if (request.kind() != Frame.Kind.REQUEST || operation == null) {
            Frame.end("this server does not know the command " + request.name()).write(out);
            return;
        }
        String user = channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user().getName();
        LOG.info("{} begun by {}", request.name(), user);
        try {
            operation.run(request, user, in, out);
        } catch (RuntimeException e) {
            LOG.warn("{} failed", request.name(), e);
            Frame.end(request.name() + " failed: " + e + "; the log of the server says more").write(out);
        }
        LOG.info("{} ended", request.name());
    }

    /** Whether a command has come. */
    public boolean hasServed() {
        return served;
    }

    /** No more commands; one under way is cut short. */
    @Override
    public void close() {
        close(socket);
        if (current != null)
            close(current);
    }

    private static void close(Channel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("Closing the control socket failed", e);
        }
    }
}
