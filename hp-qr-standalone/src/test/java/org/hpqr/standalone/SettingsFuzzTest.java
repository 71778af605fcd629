package org.hpqr.standalone;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import org.hpqr.spi.Setting;

/** Whatever an administrator writes is a value of the setting, or is refused with its name. */
class SettingsFuzzTest {

    private static final List<Setting<?>> SETTINGS = ServerSettings.allOfHome().toList();

    @FuzzTest(maxDuration = "5m")
    void anyTextIsAValueOrRefused(FuzzedDataProvider input) {
        Setting<?> setting = SETTINGS.get(input.consumeInt(0, SETTINGS.size() - 1));
        String text = input.consumeRemainingAsString();
        try {
            assertNotNull(setting.parse(text).toString());
        } catch (IllegalArgumentException e) {
            assertTrue(e.getMessage().startsWith(setting.name() + ": "), e.getMessage());
        }
    }
}
