package org.hpqr.web.media;

import jakarta.json.JsonException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.util.NoSuchElementException;

/** Text in JSON (RFC 8259): tells one that is malformed from one that cannot be read. */
final class JsonText {

    /**
     * Parses some of a text.
     *
     * @param <T> what it makes of it
     * @param <E> what it throws if that is not what it should be
     */
    interface Parsing<T, E extends Exception> {
        T run() throws IOException, E;
    }

    private JsonText() {
    }

    /**
     * Runs what uses a parser.
     *
     * @throws MalformedContentException the text is not JSON in UTF-8, or ends too early
     * @throws IOException               the text cannot be read
     */
    static <T, E extends Exception> T parse(Parsing<T, E> parsing) throws IOException, E {
        try {
            return parsing.run();
        } catch (JsonException e) {
            if (e.getCause() instanceof IOException io && !(io instanceof CharacterCodingException))
                throw io;
            throw new MalformedContentException("The content is not JSON in UTF-8", e);
        } catch (CharacterCodingException e) {
            throw new MalformedContentException("The content is not JSON in UTF-8", e);
        } catch (NoSuchElementException | IllegalStateException e) {
            throw new MalformedContentException("The JSON text ends too early", e);
        }
    }
}
