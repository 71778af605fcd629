/** Which test shows which rule of DICOM. */
package org.hpqr.testkit.standard;
