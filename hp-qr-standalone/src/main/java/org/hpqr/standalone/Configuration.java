package org.hpqr.standalone;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigValue;
import org.eclipse.microprofile.config.spi.ConfigBuilder;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;
import org.hpqr.database.SchemaMigration;
import org.hpqr.spi.Setting;
import org.hpqr.spi.Settings;

/**
 * The settings of the standalone server, read once and complete when the server starts: from system properties, the
 * environment and the properties file, in this order (MicroProfile Config). The server has one AE title, so the called
 * one makes no difference.
 */
final class Configuration implements Settings {

    /** Names the properties file. */
    private static final String FILE_PROPERTY = ServerSettings.PREFIX + "config";
    private static final String FILE_VARIABLE = variableOf(FILE_PROPERTY);

    /** System properties that begin like settings but are none. */
    private static final Set<String> OTHER_PROPERTIES = Set.of(FILE_PROPERTY, SchemaMigration.ACTION,
            ControlCommands.OFFLINE);

    /** Variables that begin like settings but are for the start script or the server below. */
    private static final Set<String> VARIABLES_OF_SCRIPT = Set.of(FILE_VARIABLE, "HPQR_DATA", "HPQR_DB",
            "HPQR_DB_URL", "HPQR_DB_USER", "HPQR_DB_PASSWORD", "HPQR_DB_CONNECTIONS", "HPQR_LOG_SIZE", "HPQR_LOG_FILES",
            "HPQR_CONSOLE_OPERATIONS");

    private final Map<Setting<?>, Object> values;

    private Configuration(Map<Setting<?>, Object> values) {
        this.values = values;
    }

    /**
     * Reads the settings of this server.
     *
     * @param defaultFile the properties file to read where none is named; it may be missing
     * @throws ConfigurationException a value is not allowed, a key is not known, or the file cannot be read
     */
    static Configuration read(Path defaultFile) {
        ConfigBuilder builder = ConfigProviderResolver.instance().getBuilder().addDefaultSources();
        Set<String> keys = System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith(ServerSettings.PREFIX) && !OTHER_PROPERTIES.contains(name))
                .collect(Collectors.toCollection(TreeSet::new));
        String named = System.getProperty(FILE_PROPERTY, System.getenv(FILE_VARIABLE));
        boolean isNamed = named != null && !named.isBlank();
        if (isNamed || Files.exists(defaultFile)) {
            PropertiesFile file = new PropertiesFile(isNamed ? Path.of(named) : defaultFile);
            builder.withSources(file);
            keys.addAll(file.getPropertyNames());
        }
        return of(builder.build(), keys, System.getenv().keySet());
    }

    /**
     * Takes the settings of a configuration. As MicroProfile Config has it, an empty value is none.
     *
     * @param keys      keys that somebody gave a value
     * @param variables names of the environment
     * @throws ConfigurationException a value is not allowed, or a name is that of no setting; all of them are named
     */
    static Configuration of(Config config, Collection<String> keys, Collection<String> variables) {
        List<String> wrong = new ArrayList<>();
        unknown(keys, variables).forEach(name -> wrong.add(name + ": there is no such setting"));
        // each operation asks for about twenty
        Map<Setting<?>, Object> values = new IdentityHashMap<>();
        ServerSettings.allOfHome().forEach(setting -> {
            ConfigValue configured = config.getConfigValue(ServerSettings.key(setting));
            // as it was written: what looks like an expression is part of a password
            String text = configured.getRawValue();
            try {
                values.put(setting, text == null || text.isBlank() ? setting.defaultValue() : setting.parse(text));
            } catch (IllegalArgumentException e) {
                wrong.add(ServerSettings.PREFIX + e.getMessage() + " (from " + configured.getSourceName() + ')');
            }
        });
        if (!wrong.isEmpty())
            throw new ConfigurationException(String.join("; ", wrong));
        return new Configuration(values);
    }

    /** The value in force. */
    @SuppressWarnings("unchecked")
    <T> T get(Setting<T> setting) {
        return (T) values.get(setting);
    }

    @Override
    public <T> T get(Setting<T> setting, String calledAET) {
        return get(setting);
    }

    /** Names with a typing error must not be ignored: what they were to change would silently stay as it is. */
    private static Collection<String> unknown(Collection<String> keys, Collection<String> variables) {
        Set<String> knownKeys = ServerSettings.allOfHome().map(ServerSettings::key).collect(Collectors.toSet());
        Set<String> knownVariables = knownKeys.stream().map(Configuration::variableOf).collect(Collectors.toSet());
        knownVariables.addAll(VARIABLES_OF_SCRIPT);

        Set<String> unknown = new TreeSet<>(keys);
        unknown.removeAll(knownKeys);
        for (String variable : variables) {
            String name = variableOf(variable);
            if (name.startsWith(variableOf(ServerSettings.PREFIX)) && !knownVariables.contains(name))
                unknown.add(variable);
        }
        return unknown;
    }

    /** The environment variable for a key (MicroProfile Config 3.1, 5.3.1). */
    private static String variableOf(String key) {
        return key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }
}
