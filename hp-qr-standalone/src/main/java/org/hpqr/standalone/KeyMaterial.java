package org.hpqr.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Collections;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.hpqr.spi.Setting;
import org.hpqr.standalone.TlsSettings.ClientCertificates;
import org.hpqr.standalone.socket.Tls;

/** Reads the keys and certificates that the settings name. */
final class KeyMaterial {

    private final Configuration configuration;
    private final Path dataDirectory;

    /** @param dataDirectory where relative paths begin */
    KeyMaterial(Configuration configuration, Path dataDirectory) {
        this.configuration = configuration;
        this.dataDirectory = dataDirectory;
    }

    /**
     * TLS as it is configured; {@code null} if there is neither a TLS port nor a move destination with TLS.
     *
     * @throws ConfigurationException a file that is needed is not named or cannot be used
     */
    Tls tls() {
        boolean accepts = configuration.get(TlsSettings.PORT) > 0;
        boolean connects = configuration.get(ServerSettings.MOVE_DESTINATIONS).stream().anyMatch(ConfiguredDestination::tls);
        if (!accepts && !connects)
            return null;
        boolean needsClientCertificate = configuration.get(TlsSettings.CLIENT_CERTIFICATES) == ClientCertificates.REQUIRED;
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            // no trust managers of the JDK's choice: it trusts every public certification authority
            context.init(keyManagers(accepts), trustManagers(connects || needsClientCertificate), null);
            return new Tls(context, configuration.get(TlsSettings.PROTOCOLS).toArray(String[]::new), needsClientCertificate,
                    configuration.get(TlsSettings.VERIFY_HOST));
        } catch (GeneralSecurityException e) {
            throw new ConfigurationException("TLS cannot be used: " + e.getMessage(), e);
        }
    }

    /**
     * Checks what WildFly is to open the HTTPS port with.
     *
     * @throws ConfigurationException a file that is needed is not named or cannot be used
     */
    void checkHttps() {
        keyManagers(true);
    }

    /** How the certificate of an OpenID Connect provider is verified: by the truststore, or else by the JDK's. */
    SSLContext providerTls() {
        try {
            if (configuration.get(TlsSettings.TRUSTSTORE).toString().isEmpty())
                return SSLContext.getDefault();
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[0], trustManagers(true), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new ConfigurationException("TLS cannot be used: " + e.getMessage(), e);
        }
    }

    private KeyManager[] keyManagers(boolean needed) {
        KeyStore store = load(TlsSettings.KEYSTORE, TlsSettings.KEYSTORE_PASSWORD, needed);
        if (store == null)
            return new KeyManager[0];
        Setting<Secret> password = configuration.get(TlsSettings.KEY_PASSWORD).isNone() ? TlsSettings.KEYSTORE_PASSWORD
                : TlsSettings.KEY_PASSWORD;
        try {
            if (Collections.list(store.aliases()).stream().noneMatch(alias -> isKey(store, alias)))
                throw wrong(TlsSettings.KEYSTORE, "there is no key in it", null);
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, configuration.get(password).read());
            return factory.getKeyManagers();
        } catch (IOException | GeneralSecurityException e) {
            throw wrong(password, "the key cannot be read", e);
        }
    }

    private static boolean isKey(KeyStore store, String alias) {
        try {
            return store.isKeyEntry(alias);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the keystore is loaded", e);
        }
    }

    private TrustManager[] trustManagers(boolean needed) {
        KeyStore store = load(TlsSettings.TRUSTSTORE, TlsSettings.TRUSTSTORE_PASSWORD, needed);
        if (store == null)
            return new TrustManager[0];
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return factory.getTrustManagers();
        } catch (GeneralSecurityException e) {
            throw wrong(TlsSettings.TRUSTSTORE, "the certificates cannot be used", e);
        }
    }

    /** The JDK tells PKCS12 from JKS by looking into the file. */
    private KeyStore load(Setting<Path> file, Setting<Secret> password, boolean needed) {
        Path path = configuration.get(file);
        if (path.toString().isEmpty()) {
            if (needed)
                throw wrong(file, "needed, as TLS is configured", null);
            return null;
        }
        Path absolute = dataDirectory.resolve(path);
        if (!Files.isRegularFile(absolute))
            throw wrong(file, "there is no file " + absolute, null);
        try {
            return KeyStore.getInstance(absolute.toFile(), configuration.get(password).read());
        } catch (IOException | GeneralSecurityException e) {
            throw wrong(file, absolute + " cannot be read with " + ServerSettings.key(password), e);
        }
    }

    private static ConfigurationException wrong(Setting<?> setting, String what, Exception cause) {
        return new ConfigurationException(ServerSettings.key(setting) + ": " + what
                + (cause == null ? "" : ": " + cause.getMessage()), cause);
    }
}
