/** The standalone server, and other programs, as processes under test. */
package org.hpqr.testkit.server;
