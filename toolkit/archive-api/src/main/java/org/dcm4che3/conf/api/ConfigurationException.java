package org.dcm4che3.conf.api;

/** Configuration cannot be accessed. Signatures of dcm4che-conf-api 5.34.3. */
public class ConfigurationException extends Exception {

    private static final long serialVersionUID = 1L;

    public ConfigurationException(String message) {
        super(message);
    }
}
