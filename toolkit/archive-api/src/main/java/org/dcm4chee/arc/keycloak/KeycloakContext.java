package org.dcm4chee.arc.keycloak;

import jakarta.servlet.http.HttpServletRequest;

/** Signatures of dcm4chee-arc-keycloak 5.34.3. */
public class KeycloakContext {

    public static KeycloakContext valueOf(HttpServletRequest request) {
        return new KeycloakContext();
    }

    public boolean isSecured() {
        return false;
    }

    public String getUserName() {
        throw new UnsupportedOperationException();
    }

    public String[] getRoles() {
        throw new UnsupportedOperationException();
    }
}
