package org.hpqr.spi;

import java.util.Map;

/**
 * Settings of a test, the same for each AE title.
 *
 * @param values those that have another value than their default
 */
public record GivenSettings(Map<Setting<?>, Object> values) implements Settings {

    public static final Settings DEFAULTS = new GivenSettings(Map.of());

    @Override
    @SuppressWarnings("unchecked")
    public <T> T get(Setting<T> setting, String calledAET) {
        return (T) values.getOrDefault(setting, setting.defaultValue());
    }
}
