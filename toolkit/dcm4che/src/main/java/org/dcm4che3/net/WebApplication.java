package org.dcm4che3.net;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A web application of a device, of which the archive's configuration keeps a description. Supplied because the fork's
 * lacks the properties.
 */
public class WebApplication {

    /** What a web application offers; dcm4che knows many more. */
    public enum ServiceClass {
        WADO_URI, WADO_RS, STOW_RS, QIDO_RS, DOCUMENTATION
    }

    private Device device;
    private String applicationName;
    private String aeTitle;
    private Boolean installed;
    private final EnumSet<ServiceClass> serviceClasses = EnumSet.noneOf(ServiceClass.class);
    private final Map<String, String> properties = new HashMap<>();

    public WebApplication(String applicationName) {
        this.applicationName = applicationName;
    }

    public Device getDevice() {
        return device;
    }

    void setDevice(Device device) {
        this.device = device;
    }

    public String getApplicationName() {
        return applicationName;
    }

    public String getAETitle() {
        return aeTitle;
    }

    public void setAETitle(String aeTitle) {
        this.aeTitle = aeTitle;
    }

    public boolean isInstalled() {
        return device != null && device.isInstalled() && (installed == null || installed);
    }

    public void setInstalled(Boolean installed) {
        this.installed = installed;
    }

    public boolean containsServiceClass(ServiceClass serviceClass) {
        return serviceClasses.contains(serviceClass);
    }

    public void setServiceClasses(ServiceClass... serviceClasses) {
        this.serviceClasses.clear();
        this.serviceClasses.addAll(List.of(serviceClasses));
    }

    public void setProperty(String name, String value) {
        properties.put(name, value);
    }

    public Map<String, String> getProperties() {
        return properties;
    }

    void reconfigure(WebApplication src) {
        aeTitle = src.aeTitle;
        installed = src.installed;
        serviceClasses.clear();
        serviceClasses.addAll(src.serviceClasses);
        properties.clear();
        properties.putAll(src.properties);
    }
}
