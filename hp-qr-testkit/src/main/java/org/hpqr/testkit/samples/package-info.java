/**
 * Hanging Protocols to test with: written by hand ({@link org.hpqr.testkit.samples.SampleProtocols}), by chance
 * ({@link org.hpqr.testkit.samples.RandomProtocols}), and as the files under {@code src/samples}
 * ({@link org.hpqr.testkit.samples.WriteSamples}).
 */
package org.hpqr.testkit.samples;
