/**
 * What the plugin needs of the home it runs in: storage for objects, a directory of AEs, settings, access rules and an
 * audit trail. A home (dcm4chee-arc, or the standalone server) provides one CDI bean for each port.
 */
package org.hpqr.spi;
