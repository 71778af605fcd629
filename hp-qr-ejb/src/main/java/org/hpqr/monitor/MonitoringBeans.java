package org.hpqr.monitor;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.ObjectName;
import javax.management.StandardMBean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows health and metrics by JMX, under {@value #HEALTH} and {@value #METRICS}, as long as the plugin is deployed. A
 * server where that is not possible serves all the same.
 */
@Startup
@Singleton
@TransactionManagement(TransactionManagementType.BEAN)
public class MonitoringBeans {

    /** Name of the {@link HealthMXBean}. */
    public static final String HEALTH = "org.hpqr:type=Health";
    /** Name of the {@link MetricsMXBean}. */
    public static final String METRICS = "org.hpqr:type=Metrics";

    private static final Logger LOG = LoggerFactory.getLogger(MonitoringBeans.class);

    @Inject
    private Health health;

    @Inject
    private Monitoring monitoring;

    /** For the container. */
    public MonitoringBeans() {
    }

    MonitoringBeans(Health health, Monitoring monitoring) {
        this.health = health;
        this.monitoring = monitoring;
    }

    @PostConstruct
    void register() {
        register(HEALTH, health, HealthMXBean.class);
        register(METRICS, monitoring, MetricsMXBean.class);
    }

    @PreDestroy
    void unregister() {
        unregister(HEALTH);
        unregister(METRICS);
    }

    private static <T> void register(String name, T bean, Class<T> type) {
        try {
            // the container's proxies have no such interface by their name
            ManagementFactory.getPlatformMBeanServer().registerMBean(new StandardMBean(bean, type, true), new ObjectName(name));
        } catch (JMException e) {
            LOG.warn("{} is not available over JMX", name, e);
        }
    }

    private static void unregister(String name) {
        try {
            ManagementFactory.getPlatformMBeanServer().unregisterMBean(new ObjectName(name));
        } catch (JMException e) {
            LOG.debug("{} was not shown by JMX", name, e);
        }
    }
}
