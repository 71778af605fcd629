/**
 * The plugin in dcm4chee-arc: each port of {@link org.hpqr.spi} done with the archive's own services, so that hanging protocols
 * lie on its storage systems, go to the destinations it knows, obey its rules and appear in its audit.
 */
package org.hpqr.arc;
