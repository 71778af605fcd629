package org.hpqr.web.rs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoginServletTest {

    @Test
    @DisplayName("after the login the browser goes where it wanted to go")
    void target() {
        assertEquals("/hp-qr/?aet=HPQR&uid=1.2", LoginServlet.target("/hp-qr", "/hp-qr/?aet=HPQR&uid=1.2"));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "https://evil.example/", "//evil.example/hp-qr/", "/hp-qr.evil.example/", "/other/", "/hp-qr/\r\nX: y"})
    @DisplayName("a link to the login does not lead out of the application")
    void foreignTarget(String target) {
        assertEquals("/hp-qr/", LoginServlet.target("/hp-qr", target));
    }
}
