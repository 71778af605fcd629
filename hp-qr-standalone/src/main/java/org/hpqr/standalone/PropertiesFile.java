package org.hpqr.standalone;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.spi.ConfigSource;

/** The properties file of the server as a source of MicroProfile Config: below the environment and system properties. */
final class PropertiesFile implements ConfigSource {

    /** The environment has 300. */
    private static final int ORDINAL = 200;

    private final Path file;
    private final Map<String, String> properties;

    /**
     * Reads the file, in UTF-8.
     *
     * @throws ConfigurationException it cannot be read, or is no properties file
     */
    PropertiesFile(Path file) {
        this.file = file;
        Properties read = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            read.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new ConfigurationException("the settings file " + file + " cannot be read: " + e, e);
        }
        properties = read.stringPropertyNames().stream().collect(Collectors.toMap(key -> key, read::getProperty));
    }

    @Override
    public Map<String, String> getProperties() {
        return properties;
    }

    @Override
    public Set<String> getPropertyNames() {
        return properties.keySet();
    }

    @Override
    public String getValue(String key) {
        return properties.get(key);
    }

    @Override
    public String getName() {
        return file.toString();
    }

    @Override
    public int getOrdinal() {
        return ORDINAL;
    }
}
