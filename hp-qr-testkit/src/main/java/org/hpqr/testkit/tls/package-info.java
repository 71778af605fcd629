/** Keys and certificates to test with, made anew for each test: none is kept with the sources. */
package org.hpqr.testkit.tls;
