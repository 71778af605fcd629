package org.hpqr.control;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;

/** The command's end of the {@link ControlSocket}. */
final class ServerConnection implements Closeable {

    private final SocketChannel channel;
    private final DataInputStream in;
    private final DataOutputStream out;

    ServerConnection(SocketChannel channel) {
        this.channel = channel;
        in = new DataInputStream(new BufferedInputStream(Channels.newInputStream(channel)));
        out = new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel)));
    }

    /**
     * Begins.
     *
     * @return the number the server is ready with
     * @throws CommandException the server does not do that, or has gone
     */
    int request(String name) throws CommandException {
        return Integer.parseInt(ask(Frame.of(Frame.Kind.REQUEST, name, "")).text());
    }

    /** Sends a frame, and waits for the answer. */
    Frame ask(Frame frame) throws CommandException {
        tell(frame);
        Frame answer = next();
        if (answer.kind() == Frame.Kind.END)
            throw new CommandException(answer.text());
        return answer;
    }

    void tell(Frame frame) throws CommandException {
        try {
            frame.write(out);
        } catch (IOException e) {
            throw gone(e);
        }
    }

    Frame next() throws CommandException {
        try {
            return Frame.read(in, Integer.MAX_VALUE);
        } catch (IOException e) {
            throw gone(e);
        }
    }

    private static CommandException gone(IOException e) {
        return new CommandException("the connection to the server is lost (" + e + "); its log says more");
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
