package org.hpqr.monitor;

import java.util.Map;

/** What the plugin has done since it started, for JMX. */
public interface MetricsMXBean {

    /** Operations that have ended, by service and final status: {@code STORE 0000H}. */
    Map<String, Long> getOperations();

    /** Time that operations took on average, in milliseconds, by service; 0 if there were none. */
    Map<String, Double> getAverageMillis();

    /** Stored objects; -1 if the database does not answer. */
    long getObjects();

    /** What the server counts: associations, connections. */
    Map<String, Long> getServer();

    /** All of it, and the health, in Prometheus' text format. */
    String getPrometheusText();
}
