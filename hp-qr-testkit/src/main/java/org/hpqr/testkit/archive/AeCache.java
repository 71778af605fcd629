package org.hpqr.testkit.archive;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.dcm4che3.conf.api.ConfigurationException;
import org.dcm4che3.conf.api.ConfigurationNotFoundException;
import org.dcm4che3.conf.api.IApplicationEntityCache;
import org.dcm4che3.net.ApplicationEntity;

/** Knows the AEs it was given; can be made to fail, as if the LDAP server were down. */
public class AeCache implements IApplicationEntityCache {

    private final Map<String, ApplicationEntity> entities = new ConcurrentHashMap<>();
    private volatile boolean down;

    public void add(ApplicationEntity ae) {
        entities.put(ae.getAETitle(), ae);
    }

    /** From now on the configuration cannot be read. */
    public void breakDown() {
        down = true;
    }

    @Override
    public ApplicationEntity get(String aet) throws ConfigurationException {
        if (down)
            throw new ConfigurationException("connection refused");
        return entities.get(aet);
    }

    @Override
    public ApplicationEntity findApplicationEntity(String aet) throws ConfigurationException {
        ApplicationEntity ae = get(aet);
        if (ae == null)
            throw new ConfigurationNotFoundException("Unknown AE: " + aet);
        return ae;
    }
}
