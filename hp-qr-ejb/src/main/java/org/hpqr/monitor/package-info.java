/**
 * What an administrator can see from outside: whether the plugin is able to serve ({@link org.hpqr.monitor.Health}), and what
 * it has done ({@link org.hpqr.monitor.OperationMetrics}), as MXBeans and as text in Prometheus' exposition format.
 */
package org.hpqr.monitor;
