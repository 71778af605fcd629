package org.hpqr.web.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.hpqr.testkit.standard.Clause;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 2046 5.1, RFC 2387. */
class MultipartTest {

    @Test
    void partsComeWithTheirHeadersAndBytes() throws Exception {
        MultipartReader reader = reader("preamble\r\n--b\r\nContent-Type: a/b\r\nX-Y : z\r\n\r\none\r\n--b  \r\n\r\n\r\ntwo\r\n\r\n--b--\r\nepilogue");
        MultipartReader.Part part = reader.next();
        assertEquals(Map.of("content-type", "a/b", "x-y", "z"), part.headers());
        assertEquals("one", text(part));
        part = reader.next();
        assertEquals(Map.of(), part.headers());
        assertEquals("\r\ntwo\r\n", text(part));
        assertNull(reader.next());
        assertNull(reader.next());
    }

    /** A long header may go on in the next line, after white space. */
    @Clause("RFC 2045 2.2")
    @Test
    void headersMayBeFolded() throws Exception {
        MultipartReader.Part part = reader("--b\r\nContent-Type:\r\n\tapplication/dicom;\r\n transfer-syntax=1.2\r\nX: z\r\n\r\none\r\n--b--").next();
        assertEquals(Map.of("content-type", "application/dicom; transfer-syntax=1.2", "x", "z"), part.headers());
        assertEquals("one", text(part));
    }

    @Test
    void aPartThatIsNotReadIsSkipped() throws Exception {
        MultipartReader reader = reader("--b\r\n\r\none\r\n--b\r\n\r\ntwo\r\n--b--");
        MultipartReader.Part first = reader.next();
        assertEquals("two", text(reader.next()));
        assertEquals("", text(first));
    }

    @Test
    void whatLooksLikeABoundaryIsContent() throws Exception {
        assertEquals("\r\n-\r\n--c\n--b\r", text(reader("--b\r\n\r\n\r\n-\r\n--c\n--b\r\r\n--b--").next()));
    }

    /** However the network cuts the bytes, they are the same. */
    @Test
    void whatIsWrittenIsRead() throws Exception {
        Random random = new Random(14);
        for (int round = 0; round < 200; round++) {
            MultipartWriter writer = new MultipartWriter("application/dicom");
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            List<String> bodies = new ArrayList<>();
            for (int i = random.nextInt(4); i >= 0; i--) {
                StringBuilder body = new StringBuilder();
                for (int length = random.nextInt(random.nextBoolean() ? 20 : 40_000); length > 0; length--)
                    body.append("\r\n-b".charAt(random.nextInt(4)));
                bodies.add(body.toString());
                writer.beginPart(out, "; transfer-syntax=1.2.840.10008.1.2.1", Map.of("Content-Location", "/x"));
                out.write(body.toString().getBytes(StandardCharsets.ISO_8859_1));
            }
            writer.end(out);
            MediaType type = MediaType.parse(writer.contentType()).orElseThrow();
            assertEquals("application/dicom", type.parameter("type"));
            MultipartReader reader = new MultipartReader(trickling(out.toByteArray(), random), type.parameter("boundary"));
            for (String body : bodies) {
                MultipartReader.Part part = reader.next();
                assertEquals("application/dicom; transfer-syntax=1.2.840.10008.1.2.1", part.headers().get("content-type"));
                assertEquals("/x", part.headers().get("content-location"));
                assertEquals(body, text(part));
            }
            assertNull(reader.next());
        }
    }

    private static InputStream trickling(byte[] bytes, Random random) {
        return new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] to, int offset, int length) {
                return super.read(to, offset, Math.min(length, 1 + random.nextInt(random.nextBoolean() ? 3 : 10_000)));
            }
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--b", "--b\r\n", "--b\r\n\r\none", "--b\r\n\r\none\r\n--b", "--bx\r\n\r\none\r\n--b--", "--b\r\nno colon\r\n\r\n\r\n--b--",
            "--b\r\n: a\r\n\r\n\r\n--b--", "--b\r\na: 1\r\nA: 2\r\n\r\n\r\n--b--", "--b\n\none\n--b--"})
    void whatIsNoMultipartBodyIsRefused(String body) {
        assertThrows(MalformedContentException.class, () -> {
            MultipartReader reader = reader(body);
            for (MultipartReader.Part part = reader.next(); part != null; part = reader.next())
                text(part);
        });
    }

    @Test
    void headersHaveALimit() {
        assertThrows(MalformedContentException.class, () -> reader("--b\r\na: " + "x".repeat(10_000) + "\r\n\r\n\r\n--b--").next());
        assertThrows(MalformedContentException.class, () -> {
            StringBuilder headers = new StringBuilder();
            for (int i = 0; i < 900; i++)
                headers.append("h").append(i).append(": xxx\r\n");
            reader("--b\r\n" + headers + "\r\n\r\n--b--").next();
        });
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "a\r\nb", "a ", "ä", "01234567890123456789012345678901234567890123456789012345678901234567890"})
    void theBoundaryIsChecked(String boundary) {
        assertThrows(MalformedContentException.class, () -> new MultipartReader(InputStream.nullInputStream(), boundary));
    }

    private static MultipartReader reader(String body) throws IOException {
        return new MultipartReader(new ByteArrayInputStream(body.getBytes(StandardCharsets.ISO_8859_1)), "b");
    }

    private static String text(MultipartReader.Part part) throws IOException {
        return new String(part.body().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
}
