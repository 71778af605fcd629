package org.hpqr.arc;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dcm4che3.net.ApplicationEntity;
import org.dcm4che3.net.Device;
import org.dcm4che3.net.WebApplication;
import org.dcm4chee.arc.event.ArchiveServiceEvent;
import org.hpqr.spi.HpSettings;
import org.hpqr.spi.Setting;
import org.hpqr.spi.Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settings in the archive's configuration: the properties of web applications of its device whose name is {@value #NAME}
 * or begins with {@value #NAME} and a hyphen. What follows is free, as names of web applications are unique over all
 * devices of a configuration. One without an AE title is for every AE title; one with an AE title is for that one, and
 * goes before the general one. They are read when the archive starts and when its configuration is reloaded.
 */
@ApplicationScoped
public class ArchiveSettings implements Settings {

    /** How the names of the web applications with settings begin. */
    static final String NAME = "hp-qr";

    private static final Logger LOG = LoggerFactory.getLogger(ArchiveSettings.class);
    private static final List<Setting<?>> ALL = Stream.of(HpSettings.ALL, WebSettings.ALL).<Setting<?>>flatMap(List::stream).toList();
    private static final Map<String, Setting<?>> BY_NAME = ALL.stream().collect(Collectors.toMap(Setting::name, setting -> setting));

    /** Values that are configured and allowed; replaced as a whole, never changed. */
    private record Values(Map<Setting<?>, Object> general, Map<String, Map<Setting<?>, Object>> byTitle) {
    }

    private Device device;
    private volatile Values values;

    /** For the container. */
    ArchiveSettings() {
    }

    @Inject
    ArchiveSettings(Device device) {
        this.device = device;
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> T get(Setting<T> setting, String calledAET) {
        Values current = current();
        Object value = current.byTitle().getOrDefault(titleOf(calledAET), Map.of()).get(setting);
        if (value == null)
            value = current.general().get(setting);
        return value == null ? defaultOf(setting) : (T) value;
    }

    /** The archive's super users administer hanging protocols, too, where the setting says nothing else. */
    @SuppressWarnings("unchecked")
    private static <T> T defaultOf(Setting<T> setting) {
        String superUserRole = System.getProperty(ArchiveLogin.SUPER_USER_ROLE);
        if (setting != (Object) HpSettings.ADMINISTRATOR_ROLES || superUserRole == null)
            return setting.defaultValue();
        return (T) Stream.concat(HpSettings.ADMINISTRATOR_ROLES.defaultValue().stream(), Stream.of(superUserRole)).toList();
    }

    /** An AE may be called by other titles than its own. */
    private String titleOf(String calledAET) {
        ApplicationEntity ae = device.getApplicationEntity(calledAET, true);
        return ae == null ? calledAET : ae.getAETitle();
    }

    void onArchiveEvent(@Observes ArchiveServiceEvent event) {
        if (event.getType() != ArchiveServiceEvent.Type.STOPPED)
            read();
    }

    /** The first association may come before the archive tells that it has started. */
    private Values current() {
        Values current = values;
        return current == null ? read() : current;
    }

    private synchronized Values read() {
        WebApplication general = null;
        Map<String, WebApplication> byTitle = new LinkedHashMap<>();
        for (WebApplication application : applications()) {
            String title = application.getAETitle();
            WebApplication other = title == null ? general : byTitle.putIfAbsent(title, application);
            if (other != null)
                LOG.warn("Web application {}: there is another one for {}, {}; its properties are not used",
                        application.getApplicationName(), title == null ? "all AE titles" : title, other.getApplicationName());
            else if (title == null)
                general = application;
        }
        Map<String, Map<Setting<?>, Object>> own = new HashMap<>();
        byTitle.forEach((title, application) -> own.put(title, valuesOf(application)));
        return values = new Values(general == null ? Map.of() : valuesOf(general), own);
    }

    /** By name, so that of two for the same the same one counts each time. */
    private List<WebApplication> applications() {
        return device.getWebApplications().stream()
                .filter(WebApplication::isInstalled)
                .filter(application -> application.getApplicationName().equals(NAME)
                        || application.getApplicationName().startsWith(NAME + '-'))
                .sorted(Comparator.comparing(WebApplication::getApplicationName))
                .toList();
    }

    private static Map<Setting<?>, Object> valuesOf(WebApplication application) {
        Map<Setting<?>, Object> result = new HashMap<>();
        new TreeMap<>(application.getProperties()).forEach((name, text) -> {
            Setting<?> setting = BY_NAME.get(name);
            if (setting == null) {
                LOG.warn("Web application {}: there is no setting {}; there are {}", application.getApplicationName(), name,
                        ALL.stream().map(Setting::name).collect(Collectors.joining(", ")));
                return;
            }
            try {
                result.put(setting, setting.parse(text));
            } catch (IllegalArgumentException e) {
                LOG.warn("Web application {}: {}; used is {}", application.getApplicationName(), e.getMessage(),
                        application.getAETitle() == null ? "the default, " + setting.defaultText()
                                : "the value for all AE titles");
            }
        });
        LOG.info("Web application {}: settings {}", application.getApplicationName(), result.entrySet().stream()
                .map(entry -> entry.getKey().name() + '=' + Setting.textOf(entry.getValue())).sorted().toList());
        return result;
    }
}
