/** Checks that documents quote what is in the code. */
package org.hpqr.testkit.documentation;
