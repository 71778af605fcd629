package org.hpqr.control;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import org.hpqr.control.Frame.Kind;
import org.junit.jupiter.api.Test;

class FrameTest {

    private static final Frame OBJECT = new Frame(Kind.OBJECT, "2.25.1", "a text", new byte[] {1, 2, 3});

    @Test
    void isReadAsItWasWritten() throws IOException {
        Frame read = Frame.read(in(bytes(OBJECT)), 3);

        assertEquals(OBJECT.kind(), read.kind());
        assertEquals(OBJECT.name(), read.name());
        assertEquals(OBJECT.text(), read.text());
        assertArrayEquals(OBJECT.content(), read.content());
    }

    @Test
    void withMoreContentThanIsWantedIsNotRead() throws IOException {
        byte[] bytes = bytes(OBJECT);
        IOException e = assertThrows(IOException.class, () -> Frame.read(in(bytes), 2));
        assertEquals("a frame with 3 bytes; at most 2 are read", e.getMessage());
    }

    @Test
    void cutShortAnywhereIsTheEnd() throws IOException {
        byte[] bytes = bytes(OBJECT);
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThrows(EOFException.class, () -> Frame.read(in(cut), 3));
        }
    }

    @Test
    void ofAnotherVersionIsRefused() {
        assertThrows(IOException.class, () -> Frame.read(in(new byte[] {99, 0, 0, 0, 0, 0, 0, 0, 0}), 0));
    }

    @Test
    void longTextIsCut() throws IOException {
        assertEquals(4_096, Frame.read(in(bytes(Frame.end("x".repeat(70_000)))), 0).text().length());
    }

    private static byte[] bytes(Frame frame) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        frame.write(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private static DataInputStream in(byte[] bytes) {
        return new DataInputStream(new ByteArrayInputStream(bytes));
    }
}
