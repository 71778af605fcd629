/**
 * Export and import of stored objects as files, for the administrator of the standalone server: the command line
 * ({@link org.hpqr.control.Main}), and what it says to the server over a Unix domain socket in the data directory
 * ({@link org.hpqr.control.ControlSocket}, {@link org.hpqr.control.Frame}). It needs nothing but Java.
 */
package org.hpqr.control;
