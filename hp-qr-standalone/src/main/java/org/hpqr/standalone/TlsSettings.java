package org.hpqr.standalone;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.hpqr.spi.Setting;

/** The settings of secure connections. */
final class TlsSettings {

    /** Does who connects have to show a certificate? */
    enum ClientCertificates {
        /** Yes, one that the truststore trusts. */
        REQUIRED,
        /** No, and none is asked for. */
        NONE
    }

    private static final List<String> PROTOCOLS_KNOWN = List.of("TLSv1.3", "TLSv1.2");
    private static final Path NO_FILE = Path.of("");
    private static final String FILE = "a file; a relative path is below the data directory";

    static final Setting<Integer> PORT = Setting.number("tls-port", 0, 0, 65_535,
            "The TCP port for associations over TLS; 0 for none");
    static final Setting<Path> KEYSTORE = new Setting<>("tls-keystore", NO_FILE, FILE,
            "Key and certificate of the server, in a keystore of type PKCS12 or JKS; needed for the TLS port", ServerSettings::path);
    static final Setting<Secret> KEYSTORE_PASSWORD = new Setting<>("tls-keystore-password", Secret.NONE, Secret.FORM,
            "The password of the keystore", Secret::new);
    static final Setting<Secret> KEY_PASSWORD = new Setting<>("tls-key-password", Secret.NONE, Secret.FORM,
            "The password of the key, if it is not that of the keystore", Secret::new);
    static final Setting<Path> TRUSTSTORE = new Setting<>("tls-truststore", NO_FILE, FILE,
            "The trusted certificates, in a keystore of type PKCS12 or JKS; needed where certificates of peers are checked",
            ServerSettings::path);
    static final Setting<Secret> TRUSTSTORE_PASSWORD = new Setting<>("tls-truststore-password", Secret.NONE, Secret.FORM,
            "The password of the truststore", Secret::new);
    static final Setting<ClientCertificates> CLIENT_CERTIFICATES = Setting.choice("tls-client-certificates",
            ClientCertificates.REQUIRED, "Whether a peer must present a trusted certificate to connect to the TLS port");
    static final Setting<List<String>> PROTOCOLS = new Setting<>("tls-protocols", PROTOCOLS_KNOWN,
            "one or both of TLSv1.3 and TLSv1.2, separated by commas", "The enabled versions of TLS",
            TlsSettings::protocols);
    static final Setting<Boolean> VERIFY_HOST = Setting.flag("tls-verify-host", true,
            "Whether the certificate of a move destination must match its configured host name or address");

    static final List<Setting<?>> ALL = List.of(PORT, KEYSTORE, KEYSTORE_PASSWORD, KEY_PASSWORD, TRUSTSTORE,
            TRUSTSTORE_PASSWORD, CLIENT_CERTIFICATES, PROTOCOLS, VERIFY_HOST);

    private TlsSettings() {
    }

    private static List<String> protocols(String text) {
        List<String> protocols = Arrays.stream(text.split(",", -1)).map(String::trim).toList();
        if (!PROTOCOLS_KNOWN.containsAll(protocols))
            throw new IllegalArgumentException("not one of them");
        return protocols;
    }
}
