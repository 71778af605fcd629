package org.dcm4chee.arc.conf;

/** Signatures of dcm4chee-arc-conf 5.34.3. */
public enum UserIdentityNegotiation {
    NOT_SUPPORTED, SUPPORTS, REQUIRED
}
