/**
 * What the tests of several modules need: DICOM peers written by hand, database servers, the standalone server as a process,
 * sample and random protocols, a double of the archive. It knows the toolkit, and nothing of the plugin.
 */
package org.hpqr.testkit;
