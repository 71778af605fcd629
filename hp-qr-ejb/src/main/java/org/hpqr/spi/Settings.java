package org.hpqr.spi;

/** Port: the settings of the plugin, for each AE title that can be called. {@link HpSettings} lists them. */
public interface Settings {

    /**
     * The value in force for a called AE title: its own, or the one for all AE titles, or the default.
     *
     * @param calledAET AE title the association was opened to
     */
    <T> T get(Setting<T> setting, String calledAET);
}
