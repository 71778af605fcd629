package org.hpqr.standalone;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.net.ApplicationEntity;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.Connection;
import org.dcm4che3.net.Device;
import org.dcm4che3.net.DimseRSP;
import org.dcm4che3.net.pdu.AAssociateRQ;
import org.dcm4che3.net.pdu.PresentationContext;
import org.hpqr.testkit.tls.NodeKey;

/** An SCU that speaks the toolkit's own TLS, so nothing of it is what is tested. */
final class TlsPeer implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 60_000;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ScheduledExecutorService timeouts = Executors.newSingleThreadScheduledExecutor();
    private final ApplicationEntity scu = new ApplicationEntity("WS1");
    private final Device device = new Device("scu");
    private final String protocol;

    /**
     * @param key     its own; {@code null} if it has no certificate to show
     * @param trusted whom it trusts
     */
    TlsPeer(String protocol, NodeKey key, NodeKey trusted) throws Exception {
        this.protocol = protocol;
        Connection connection = new Connection(null, "127.0.0.1");
        secure(connection);
        connection.setRequestTimeout(TIMEOUT_MILLIS);
        connection.setAcceptTimeout(TIMEOUT_MILLIS);
        connection.setResponseTimeout(TIMEOUT_MILLIS);
        device.addConnection(connection);
        device.addApplicationEntity(scu);
        scu.addConnection(connection);
        device.setExecutor(threads);
        device.setScheduledExecutor(timeouts);
        KeyStore keys = key == null ? empty() : key.load();
        KeyManagerFactory keyFactory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keyFactory.init(keys, NodeKey.PASSWORD.toCharArray());
        device.setKeyManager(keyFactory.getKeyManagers()[0]);
        KeyStore certificates = empty();
        certificates.setCertificateEntry("trusted", trusted.load().getCertificate(trusted.load().aliases().nextElement()));
        TrustManagerFactory trustFactory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trustFactory.init(certificates);
        device.setTrustManager(trustFactory.getTrustManagers()[0]);
    }

    private static KeyStore empty() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private void secure(Connection connection) throws GeneralSecurityException {
        connection.setTlsProtocols(protocol);
        connection.setTlsCipherSuites(SSLContext.getDefault().getSupportedSSLParameters().getCipherSuites());
    }

    /** An association with a presentation context for C-ECHO. */
    Association open(int port) throws Exception {
        AAssociateRQ request = new AAssociateRQ();
        request.addPresentationContext(new PresentationContext(1, UID.Verification, UID.ImplicitVRLittleEndian));
        request.setCalledAET("HPQR");
        Connection remote = new Connection(null, "127.0.0.1", port);
        secure(remote);
        new Device("remote").addConnection(remote);
        return scu.connect(remote, request);
    }

    /** The status of a C-ECHO on an association of its own. */
    int echo(int port) throws Exception {
        Association association = open(port);
        DimseRSP response = association.cecho();
        response.next();
        association.release();
        return response.getCommand().getInt(Tag.Status, -1);
    }

    @Override
    public void close() {
        threads.shutdownNow();
        timeouts.shutdownNow();
    }
}
