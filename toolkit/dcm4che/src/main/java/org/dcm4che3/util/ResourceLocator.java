package org.dcm4che3.util;

import java.net.URL;

/** Finds resources of an application or of a library. */
public final class ResourceLocator {

    private ResourceLocator() {
    }

    /** @return the resource as the thread's, else the given class's loader finds it; null where neither does */
    public static URL getResourceURL(String name, Class<?> from) {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        URL found = context == null ? null : context.getResource(name);
        return found != null ? found : from.getClassLoader().getResource(name);
    }
}
