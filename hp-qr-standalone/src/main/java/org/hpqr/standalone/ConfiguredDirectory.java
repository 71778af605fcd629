package org.hpqr.standalone;

import java.util.List;
import java.util.Optional;
import org.dcm4che3.net.ApplicationEntity;
import org.dcm4che3.net.Connection;
import org.dcm4che3.net.Device;
import org.hpqr.spi.AeDirectory;
import org.hpqr.standalone.socket.Tls;
import org.hpqr.standalone.socket.TlsClient;

/** The move destinations of the configuration. It knows no others, and is never down. */
final class ConfiguredDirectory implements AeDirectory {

    private final List<ConfiguredDestination> destinations;
    private final Tls tls;

    /** @param tls for those that are reached over TLS; {@code null} if none is */
    ConfiguredDirectory(List<ConfiguredDestination> destinations, Tls tls) {
        this.destinations = destinations;
        this.tls = tls;
    }

    @Override
    public Optional<ApplicationEntity> find(String aeTitle) {
        return destinations.stream()
                .filter(destination -> destination.aeTitle().equals(aeTitle))
                .map(this::toApplicationEntity)
                .findFirst();
    }

    /** A new one each time, for a connection looks its host name up once and for all. */
    private ApplicationEntity toApplicationEntity(ConfiguredDestination destination) {
        Device device = new Device(destination.aeTitle());
        Connection connection = new Connection(null, destination.host(), destination.port());
        if (destination.tls())
            TlsClient.mark(connection, tls);
        device.addConnection(connection);
        ApplicationEntity ae = new ApplicationEntity(destination.aeTitle());
        device.addApplicationEntity(ae);
        ae.addConnection(connection);
        return ae;
    }
}
