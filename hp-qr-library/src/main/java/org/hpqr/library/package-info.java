/**
 * The library of hanging protocols: short definitions in YAML ({@code src/library}, whose README explains them) become DICOM
 * objects that are valid in every rule of the IOD (PS3.3 A.44). Runs when the project is built; nothing of it is in a server.
 */
package org.hpqr.library;
