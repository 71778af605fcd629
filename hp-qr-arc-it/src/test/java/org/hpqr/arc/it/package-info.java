/**
 * The plugin in an archive, as far as that goes without the archive: its EAR is a double with the same layout, whose
 * services are those of {@link org.hpqr.testkit.archive}. The installer puts the plugin into it.
 */
package org.hpqr.arc.it;
