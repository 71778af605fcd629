package org.hpqr.arc;

import java.util.List;
import org.hpqr.spi.Setting;

/** Settings of requests over HTTP, for all AE titles. The standalone server has the same, with other defaults. */
final class WebSettings {

    static final Setting<List<String>> HTTP_HOSTS = Setting.words("http-hosts", List.of(), "host names, separated by commas",
            "The hosts that a request over HTTP may name, beside those that the archive knows as its own; others are answered 421");
    static final Setting<List<String>> HTTP_ORIGINS = Setting.words("http-origins", List.of(),
            "origins such as https://viewer.example, separated by commas; none for none",
            "The origins whose pages may use DICOMweb from a browser (CORS)");

    static final List<Setting<?>> ALL = List.of(HTTP_HOSTS, HTTP_ORIGINS);

    private WebSettings() {
    }
}
