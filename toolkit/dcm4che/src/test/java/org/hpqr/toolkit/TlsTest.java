package org.hpqr.toolkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.Socket;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.Connection;
import org.dcm4che3.net.Device;
import org.dcm4che3.net.DimseRSP;
import org.dcm4che3.net.Status;
import org.dcm4che3.net.pdu.AAssociateRQ;
import org.dcm4che3.net.pdu.PresentationContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secure transport connections. */
class TlsTest {

    @TempDir
    Path directory;

    @Test
    void aClientThatDoesNotShakeHandsKeepsNobodyOut() throws Exception {
        String keyStore = keyStore();
        try (DicomNode scp = new DicomNode("SCP", device -> secure(device, keyStore));
                DicomNode scu = new DicomNode("SCU", device -> secure(device, keyStore));
                Socket silent = new Socket("127.0.0.1", scp.port())) {
            AAssociateRQ request = new AAssociateRQ();
            request.addPresentationContext(new PresentationContext(1, UID.Verification, UID.ImplicitVRLittleEndian));
            Association as = scu.connect(scp, request);
            DimseRSP rsp = as.cecho();
            assertTrue(rsp.next());
            assertEquals(Status.Success, rsp.getCommand().getInt(Tag.Status, -1));
            as.release();
            assertTrue(silent.isConnected());
        }
    }

    private static void secure(Device device, String keyStore) {
        device.setKeyStoreURL(keyStore);
        device.setKeyStoreType("PKCS12");
        device.setKeyStorePin("secret");
        device.setTrustStoreURL(keyStore);
        device.setTrustStoreType("PKCS12");
        device.setTrustStorePin("secret");
        for (Connection connection : device.listConnections()) {
            connection.setTlsProtocols("TLSv1.3", "TLSv1.2");
            connection.setTlsCipherSuites("TLS_AES_128_GCM_SHA256", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");
        }
    }

    private String keyStore() throws Exception {
        Path file = directory.resolve("keys.p12");
        Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair", "-alias", "node", "-keyalg", "RSA", "-dname", "CN=node", "-storetype", "PKCS12",
                "-storepass", "secret", "-keystore", file.toString()).inheritIO().start();
        assertTrue(keytool.waitFor(120, TimeUnit.SECONDS));
        assertEquals(0, keytool.exitValue());
        return file.toUri().toString();
    }
}
