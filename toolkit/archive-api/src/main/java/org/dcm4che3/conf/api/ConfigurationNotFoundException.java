package org.dcm4che3.conf.api;

/** Configuration can be accessed, but does not hold what was asked for. Signatures of dcm4che-conf-api 5.34.3. */
public class ConfigurationNotFoundException extends ConfigurationException {

    private static final long serialVersionUID = 1L;

    public ConfigurationNotFoundException(String message) {
        super(message);
    }
}
