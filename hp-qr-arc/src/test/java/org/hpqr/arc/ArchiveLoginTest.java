package org.hpqr.arc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.dcm4che3.net.Device;
import org.dcm4chee.arc.conf.ArchiveAEExtension;
import org.hpqr.arc.ArchiveLogin.Token;
import org.hpqr.spi.User;
import org.hpqr.testkit.archive.ArchiveDevice;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ArchiveLoginTest {

    private static final String SEARCH = "/hp-qr/aets/DCM4CHEE/rs/hanging-protocols";

    private final Device device = ArchiveDevice.create("dcm4chee-arc", 11112);
    private Token token = new Token("anna", List.of("auth", "CT_READERS"));
    private boolean configured = true;
    private String accept = "application/dicom+json";
    private int status;
    private final Map<String, String> headers = new HashMap<>();

    @BeforeEach
    void addAE() {
        ArchiveDevice.addAE(device, "DCM4CHEE").getAEExtension(ArchiveAEExtension.class).setAcceptedUserRoles("CT_READERS");
        System.setProperty("super-user-role", "root");
    }

    @AfterEach
    void clear() {
        System.clearProperty("super-user-role");
        System.clearProperty("auth-user-role");
    }

    @Test
    @DisplayName("the user and the roles are those of the token")
    void user() throws Exception {
        assertEquals(Optional.of(new User("anna", Set.of("auth", "CT_READERS"), true)), login(SEARCH));
    }

    @Test
    @DisplayName("a program without a token is told that it needs one")
    void unknownProgram() throws Exception {
        token = null;
        assertEquals(Optional.empty(), login(SEARCH));
        assertEquals(401, status);
        assertEquals("Bearer", headers.get("WWW-Authenticate"));
    }

    @Test
    @DisplayName("a browser is sent to the login, and then to where it wanted to go")
    void unknownBrowser() throws Exception {
        token = null;
        accept = "text/html,*/*;q=0.8";
        assertEquals(Optional.empty(), login("/hp-qr/"));
        assertEquals("/hp-qr/login?to=%2Fhp-qr%2F%3Faet%3DDCM4CHEE", headers.get("Location"));
    }

    @Test
    @DisplayName("a user without the role for every user is refused, whatever its name")
    void noRole() throws Exception {
        token = new Token("anna", List.of("CT_READERS"));
        assertEquals(Optional.empty(), login(SEARCH));
        assertEquals(403, status);
        System.setProperty("auth-user-role", "CT_READERS");
        assertEquals("anna", login(SEARCH).get().name());
    }

    @Test
    @DisplayName("Accepted User Role of the AE holds, but for the super user; the page belongs to no AE")
    void acceptedUserRole() throws Exception {
        token = new Token("bert", List.of("auth", "MR_READERS"));
        assertEquals(Optional.empty(), login(SEARCH));
        assertEquals(403, status);
        assertEquals("bert", login("/hp-qr/page/main.js").get().name());
        token = new Token("carla", List.of("auth", "root"));
        assertEquals("carla", login(SEARCH).get().name());
    }

    @Test
    @DisplayName("nothing is answered where no login is configured")
    void notConfigured() throws Exception {
        configured = false;
        assertEquals(Optional.empty(), login(SEARCH));
        assertEquals(503, status);
    }

    private Optional<User> login(String path) throws Exception {
        status = 0;
        return new ArchiveLogin(device, request -> Optional.ofNullable(token)).login(request(path), response());
    }

    private HttpServletRequest request(String path) {
        return (HttpServletRequest) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getServletContext" -> context();
                    case "getRequestURI" -> path;
                    case "getContextPath" -> "/hp-qr";
                    case "getQueryString" -> "aet=DCM4CHEE";
                    case "getMethod" -> "GET";
                    case "getHeader" -> accept;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private ServletContext context() {
        return (ServletContext) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {ServletContext.class},
                (proxy, method, arguments) -> configured && arguments[0].equals(ArchiveLogin.OPENID_CONNECT_CLIENT) ? this : null);
    }

    private HttpServletResponse response() {
        return (HttpServletResponse) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {HttpServletResponse.class},
                (proxy, method, arguments) -> {
                    switch (method.getName()) {
                        case "setStatus" -> status = (int) arguments[0];
                        case "setHeader" -> headers.put((String) arguments[0], (String) arguments[1]);
                        case "sendRedirect" -> headers.put("Location", (String) arguments[0]);
                        case "getOutputStream" -> {
                            return new NoOutput();
                        }
                        default -> {
                            // of no interest
                        }
                    }
                    return null;
                });
    }

    private static final class NoOutput extends ServletOutputStream {

        @Override
        public void write(int b) {
            // the text is for people
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new UnsupportedOperationException();
        }
    }
}
