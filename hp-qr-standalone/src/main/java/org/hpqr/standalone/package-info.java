/**
 * The standalone home of the plugin: a server with one DICOM port, its settings, its threads and a directory for the
 * objects. {@link org.hpqr.standalone.StandalonePorts} provides the ports of {@link org.hpqr.spi},
 * {@link org.hpqr.standalone.Bootstrap} starts and stops the rest.
 */
package org.hpqr.standalone;
