package org.hpqr.monitor;

import java.util.Map;

/** {@link Health}, for JMX. */
public interface HealthMXBean {

    /** Nothing is wrong. */
    boolean isUp();

    /** What is wrong, by what was checked; empty texts where nothing is. */
    Map<String, String> getProblems();
}
