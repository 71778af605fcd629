package org.hpqr.web.media;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackReader;
import java.io.Reader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Reads text that has to be UTF-8: broken text is an error and is not replaced. */
final class Utf8 {

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private Utf8() {
    }

    /** The text without a byte order mark; reading it throws {@link java.nio.charset.CharacterCodingException} where it is broken. */
    static Reader reader(InputStream in) throws IOException {
        PushbackReader reader = new PushbackReader(new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT).onUnmappableCharacter(CodingErrorAction.REPORT)));
        int first = reader.read();
        if (first >= 0 && first != BYTE_ORDER_MARK)
            reader.unread(first);
        return reader;
    }
}
