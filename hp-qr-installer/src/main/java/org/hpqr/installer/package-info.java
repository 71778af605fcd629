/**
 * The installer: puts the plugin into an EAR of dcm4chee-arc, takes it out again, and says what is in an EAR. A program
 * of its own without any dependency; the modules it installs are resources of its jar.
 */
package org.hpqr.installer;
