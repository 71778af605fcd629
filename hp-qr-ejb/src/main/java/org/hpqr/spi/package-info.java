/**
 * What the plugin needs from the server it runs in: storage for objects, a directory of AEs, settings, access rules and an
 * audit trail. A server (dcm4chee-arc, or the standalone server) provides one CDI bean for each port.
 */
package org.hpqr.spi;
