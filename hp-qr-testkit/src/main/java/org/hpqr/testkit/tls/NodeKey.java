package org.hpqr.testkit.tls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.concurrent.TimeUnit;

/** The key of one node with a certificate it has signed itself, in a keystore that the JDK's keytool makes. */
public final class NodeKey {

    /** Of a keystore, and of the key in it, unless another one is asked for. */
    public static final String PASSWORD = "geheim-17";

    private static final long KEYTOOL_SECONDS = 120;

    private final String name;
    private final Path keystore;
    private final String password;

    private NodeKey(String name, Path keystore, String password) {
        this.name = name;
        this.keystore = keystore;
        this.password = password;
    }

    /**
     * Makes a key and its certificate, which is for 127.0.0.1.
     *
     * @param type of the keystore: PKCS12 or JKS
     */
    public static NodeKey make(Path directory, String name, String type) {
        return make(directory, name, type, PASSWORD);
    }

    /** As {@link #make(Path, String, String)}, with a password of its own. */
    public static NodeKey make(Path directory, String name, String type, String password) {
        Path keystore = directory.resolve(name + "." + type.toLowerCase());
        try {
            Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                    "-genkeypair", "-alias", name, "-keyalg", "RSA", "-keysize", "2048", "-dname", "CN=" + name,
                    "-ext", "SAN=IP:127.0.0.1", "-storetype", type, "-storepass", password, "-keypass", password,
                    "-keystore", keystore.toString()).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!keytool.waitFor(KEYTOOL_SECONDS, TimeUnit.SECONDS) || keytool.exitValue() != 0)
                throw new AssertionError("keytool made no key");
            return new NodeKey(name, keystore, password);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The file with key and certificate. */
    public Path keystore() {
        return keystore;
    }

    /** A truststore of type PKCS12, with the certificates of these nodes. */
    public static Path truststore(Path file, NodeKey... trusted) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (NodeKey node : trusted)
                store.setCertificateEntry(node.name, node.certificate());
            try (var out = Files.newOutputStream(file)) {
                store.store(out, PASSWORD.toCharArray());
            }
            return file;
        } catch (IOException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** The certificate as a PEM file beside the keystore, for OpenSSL. */
    public Path certificatePem() {
        return pem("CERTIFICATE", bytesOf(certificate()));
    }

    /** The key as a PEM file beside the keystore, without a password. */
    public Path keyPem() {
        try {
            Key key = load().getKey(name, password.toCharArray());
            return pem("PRIVATE KEY", key.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private Certificate certificate() {
        try {
            return load().getCertificate(name);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** What is in the keystore. */
    public KeyStore load() {
        try {
            return KeyStore.getInstance(keystore.toFile(), password.toCharArray());
        } catch (IOException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] bytesOf(Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private Path pem(String type, byte[] encoded) {
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded);
        try {
            return Files.writeString(keystore.resolveSibling(name + "." + type.replace(' ', '-') + ".pem"),
                    "-----BEGIN " + type + "-----\n" + lines + "\n-----END " + type + "-----\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
