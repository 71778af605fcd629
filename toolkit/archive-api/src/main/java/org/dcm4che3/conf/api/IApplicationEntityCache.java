package org.dcm4che3.conf.api;

import org.dcm4che3.net.ApplicationEntity;

/** Signatures of dcm4che-conf-api 5.34.3. */
public interface IApplicationEntityCache {

    /** The AE, or {@code null} if it is not configured. */
    ApplicationEntity get(String aet) throws ConfigurationException;

    ApplicationEntity findApplicationEntity(String aet) throws ConfigurationException;
}
