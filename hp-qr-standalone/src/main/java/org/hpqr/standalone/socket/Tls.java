package org.hpqr.standalone.socket;

import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.dcm4che3.net.Device;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TLS over TCP connections (PS3.15 B), with the cipher suites that the JDK enables.
 *
 * @param context                 keys and whom they are shown to
 * @param protocols               those allowed, as the JDK names them
 * @param needsClientCertificate  whether who connects has to show a certificate that is trusted
 * @param verifiesHost            whether the certificate of who is connected to has to be for its host name
 */
public record Tls(SSLContext context, String[] protocols, boolean needsClientCertificate, boolean verifiesHost) {

    private static final Logger LOG = LoggerFactory.getLogger(Tls.class);

    /**
     * Lays TLS over a connection that was accepted.
     *
     * @throws IOException the peer does not agree, or not in time; the connection is not closed
     */
    SSLSocket accept(Socket network, int timeoutMillis, Device device) throws IOException {
        SSLSocket tls = over(network, null);
        tls.setUseClientMode(false);
        tls.setNeedClientAuth(needsClientCertificate);
        tls.setEnabledProtocols(protocols);
        shakeHands(tls, network, timeoutMillis, device);
        return tls;
    }

    /**
     * Lays TLS over a connection that was made.
     *
     * @param host what was connected to, as it is configured
     * @throws IOException as with {@link #accept}
     */
    SSLSocket connect(Socket network, String host, int timeoutMillis, Device device) throws IOException {
        SSLSocket tls = over(network, host);
        tls.setUseClientMode(true);
        tls.setEnabledProtocols(protocols);
        if (verifiesHost) {
            SSLParameters parameters = tls.getSSLParameters();
            // the rules of RFC 2818 are for any server that a host name leads to
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            tls.setSSLParameters(parameters);
        }
        shakeHands(tls, network, timeoutMillis, device);
        return tls;
    }

    private SSLSocket over(Socket network, String host) throws IOException {
        return (SSLSocket) context.getSocketFactory().createSocket(network, host, network.getPort(), true);
    }

    /** Closing the network below is what ends a handshake whatever it waits for, the peer's bytes coming one by one included. */
    private static void shakeHands(SSLSocket tls, Socket network, int timeoutMillis, Device device) throws IOException {
        Future<?> end = device.schedule(() -> close(network), timeoutMillis, TimeUnit.MILLISECONDS);
        try {
            tls.startHandshake();
        } finally {
            end.cancel(false);
        }
    }

    private static void close(Socket network) {
        LOG.info("{}: closing connection: the TLS handshake takes too long", network);
        try {
            network.close();
        } catch (IOException e) {
            LOG.debug("Closing {} failed", network, e);
        }
    }
}
