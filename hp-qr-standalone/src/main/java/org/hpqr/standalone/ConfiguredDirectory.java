package org.hpqr.standalone;

import java.util.List;
import java.util.Optional;
import org.dcm4che3.net.ApplicationEntity;
import org.dcm4che3.net.Connection;
import org.dcm4che3.net.Device;
import org.hpqr.spi.AeDirectory;

/** The move destinations of the configuration. It knows no others, and is never down. */
final class ConfiguredDirectory implements AeDirectory {

    private final List<ConfiguredDestination> destinations;

    ConfiguredDirectory(List<ConfiguredDestination> destinations) {
        this.destinations = destinations;
    }

    @Override
    public Optional<ApplicationEntity> find(String aeTitle) {
        return destinations.stream()
                .filter(destination -> destination.aeTitle().equals(aeTitle))
                .map(ConfiguredDirectory::toApplicationEntity)
                .findFirst();
    }

    /** A new one each time, for a connection looks its host name up once and for all. */
    private static ApplicationEntity toApplicationEntity(ConfiguredDestination destination) {
        Device device = new Device(destination.aeTitle());
        Connection connection = new Connection(null, destination.host(), destination.port());
        device.addConnection(connection);
        ApplicationEntity ae = new ApplicationEntity(destination.aeTitle());
        device.addApplicationEntity(ae);
        ae.addConnection(connection);
        return ae;
    }
}
