/**
 * {@code hp-qr.sh select}: which protocols of a directory apply to a study in a directory, and why. A program of its own, which
 * needs no server.
 */
package org.hpqr.standalone.select;
