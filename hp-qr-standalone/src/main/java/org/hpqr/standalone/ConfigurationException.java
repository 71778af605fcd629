package org.hpqr.standalone;

/**
 * The server cannot start as it is configured. The message is for the administrator: it names the key, the value and
 * what is allowed.
 */
class ConfigurationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ConfigurationException(String message) {
        super(message);
    }

    ConfigurationException(String message, Throwable cause) {
        super(message, cause);
    }
}
