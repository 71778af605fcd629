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
import org.hpqr.spi.Settings;
import org.hpqr.spi.WebAccess;
import org.hpqr.spi.WebAudit;
import org.hpqr.standalone.socket.Tls;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ports of the plugin in the standalone server, all made from one configuration. There is no object storage: objects are
 * stored in the database.
 */
@ApplicationScoped
public class StandalonePorts {

    private static final Logger LOG = LoggerFactory.getLogger(StandalonePorts.class);

    private Configuration configuration;
    private Tls tls;
    private Logins logins;
    private ConfiguredWebAccess web;
    private DirectoryLock lock;

    /**
     * Reads the configuration and takes the data directory. Not the constructor, which the container calls for its proxy,
     * too.
     *
     * @throws ConfigurationException the server cannot start with this configuration
     */
    @PostConstruct
    void open() {
        configuration = Configuration.read(serverDirectory("config").resolve("hp-qr.properties"));
        KeyMaterial keys = new KeyMaterial(configuration, dataDirectory());
        tls = keys.tls();
        logins = Logins.of(configuration, dataDirectory());
        web = new ConfiguredWebAccess(configuration, logins, keys);
        Path data = dataDirectory();
        try {
            lock = DirectoryLock.take(data);
        } catch (IOException e) {
            throw new ConfigurationException("The data directory: \"" + data + "\" cannot be used: " + e.getMessage() + " ("
                    + e.getClass().getSimpleName() + ')', e);
        }
    }

    @PreDestroy
    void close() {
        try {
            lock.close();
        } catch (IOException e) {
            LOG.warn("Unlocking the data directory failed", e);
        }
    }

    Configuration configuration() {
        return configuration;
    }

    /** Where H2's database, settings and log are. */
    Path dataDirectory() {
        return serverDirectory("data");
    }

    /** {@code null} for none. */
    Tls tls() {
        return tls;
    }

    Logins logins() {
        return logins;
    }

    ConfiguredWebAccess web() {
        return web;
    }

    @Produces
    @ApplicationScoped
    Settings settings() {
        return configuration;
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
    WebAccess webAccess() {
        return web;
    }

    @Produces
    @ApplicationScoped
    AuditTrail auditTrail() {
        return new AuditLog();
    }

    @Produces
    @ApplicationScoped
    WebAudit webAudit() {
        return new AuditLog();
    }

    /** WildFly tells its directories in system properties. */
    private static Path serverDirectory(String name) {
        return Path.of(System.getProperty("jboss.server." + name + ".dir"));
    }
}
