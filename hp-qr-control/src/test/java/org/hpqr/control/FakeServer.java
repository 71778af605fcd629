package org.hpqr.control;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A server that answers each frame as a test wants. */
final class FakeServer implements AutoCloseable {

    /** What came. */
    final List<Frame> received = new CopyOnWriteArrayList<>();
    private final ServerSocketChannel socket;
    private final Thread thread;

    /** @param answers to a frame; an empty list ends the connection */
    FakeServer(Path dataDirectory, Function<Frame, List<Frame>> answers) throws IOException {
        socket = ControlSocket.listen(dataDirectory);
        thread = new Thread(() -> serve(answers));
        thread.start();
    }

    private void serve(Function<Frame, List<Frame>> answers) {
        try (SocketChannel channel = socket.accept()) {
            DataInputStream in = new DataInputStream(Channels.newInputStream(channel));
            DataOutputStream out = new DataOutputStream(Channels.newOutputStream(channel));
            while (true) {
                Frame frame = Frame.read(in, 1 << 20);
                received.add(frame);
                List<Frame> answer = answers.apply(frame);
                if (answer.isEmpty())
                    return;
                for (Frame next : answer)
                    next.write(out);
            }
        } catch (IOException e) {
            // the command has gone, or the test has ended
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        socket.close();
        thread.join();
    }
}
