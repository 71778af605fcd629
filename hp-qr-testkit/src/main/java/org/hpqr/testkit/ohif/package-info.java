/** The viewer OHIF, as far as tests need it. */
package org.hpqr.testkit.ohif;
