package org.hpqr.standalone;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.io.IOException;
import java.nio.file.Path;
import org.hpqr.spi.AccessPolicy;
import org.hpqr.spi.AeDirectory;
import org.hpqr.spi.AuditTrail;
import org.hpqr.spi.ObjectStorage;
import org.hpqr.spi.Settings;
import org.hpqr.standalone.socket.Tls;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives the plugin what it needs of its home, all made from one configuration. */
@ApplicationScoped
public class StandaloneHome {

    private static final Logger LOG = LoggerFactory.getLogger(StandaloneHome.class);
    private static final String STORAGE = ServerSettings.key(ServerSettings.STORAGE_DIRECTORY);

    private Configuration configuration;
    private Tls tls;
    private DirectoryLock lock;
    private DirectoryStorage storage;

    /**
     * Reads the configuration, takes the data directory and opens the storage directory. Not the constructor, which the
     * container calls for its proxy, too.
     *
     * @throws ConfigurationException the server cannot start with this configuration
     */
    @PostConstruct
    void open() {
        configuration = Configuration.read(serverDirectory("config").resolve("hp-qr.properties"));
        tls = new KeyMaterial(configuration, dataDirectory()).tls();
        Path data = dataDirectory();
        try {
            lock = DirectoryLock.take(data);
        } catch (IOException e) {
            throw notUsable("The data directory", data, e);
        }
        Path objects = storageDirectory();
        try {
            storage = DirectoryStorage.open(objects);
        } catch (IOException e) {
            throw notUsable(STORAGE, objects, e);
        }
    }

    /**
     * Says whose objects the storage directory holds; before, they are not swept.
     *
     * @throws ConfigurationException it holds those of another database
     */
    void claimStorage(String databaseId) {
        try {
            storage.claim(databaseId);
        } catch (IOException e) {
            throw notUsable(STORAGE, storageDirectory(), e);
        }
    }

    @PreDestroy
    void close() {
        try {
            lock.close();
        } catch (IOException e) {
            LOG.warn("The data directory is not given free", e);
        }
    }

    private Path storageDirectory() {
        return dataDirectory().resolve(configuration.get(ServerSettings.STORAGE_DIRECTORY));
    }

    private static ConfigurationException notUsable(String name, Path directory, IOException e) {
        return new ConfigurationException(name + ": \"" + directory + "\" cannot be used: " + e.getMessage() + " ("
                + e.getClass().getSimpleName() + ')', e);
    }

    Configuration configuration() {
        return configuration;
    }

    /** Where database, objects and log are. */
    Path dataDirectory() {
        return serverDirectory("data");
    }

    /** {@code null} for none. */
    Tls tls() {
        return tls;
    }

    @Produces
    @ApplicationScoped
    Settings settings() {
        return configuration;
    }

    @Produces
    @ApplicationScoped
    ObjectStorage objectStorage() {
        return storage;
    }

    @Produces
    @ApplicationScoped
    AeDirectory aeDirectory() {
        return new ConfiguredDirectory(configuration.get(ServerSettings.MOVE_DESTINATIONS), tls);
    }

    @Produces
    @ApplicationScoped
    AccessPolicy accessPolicy() {
        return new ConfiguredAccess(configuration);
    }

    @Produces
    @ApplicationScoped
    AuditTrail auditTrail() {
        return new AuditLog();
    }

    /** WildFly tells its directories in system properties. */
    private static Path serverDirectory(String name) {
        return Path.of(System.getProperty("jboss.server." + name + ".dir"));
    }
}
