package org.hpqr.standalone;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hpqr.testkit.FreePort;

/** The configuration of a server under test. */
final class TestConfiguration {

    private TestConfiguration() {
    }

    /** These settings, with the port a free one unless it is among them. */
    static Configuration of(Map<String, String> settings) throws IOException {
        Map<String, String> all = new HashMap<>(settings);
        all.putIfAbsent("hpqr.port", String.valueOf(FreePort.find()));
        return Configuration.of(
                new SmallRyeConfigBuilder().withSources(new PropertiesConfigSource(all, "test", 100)).build(),
                all.keySet(), List.of());
    }
}
