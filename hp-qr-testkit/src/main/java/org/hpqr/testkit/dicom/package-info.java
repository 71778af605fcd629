/** SCUs and SCPs that behave as a test wants, and so may break every rule of PS3.7 and PS3.8. */
package org.hpqr.testkit.dicom;
