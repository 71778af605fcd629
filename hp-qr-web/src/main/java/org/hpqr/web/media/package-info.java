/**
 * What goes over HTTP: media types and their negotiation (PS3.18 8.7), the DICOM JSON Model (Annex F), the Native DICOM
 * Model (PS3.19 A.1) and multipart bodies.
 */
package org.hpqr.web.media;
