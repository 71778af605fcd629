/**
 * Hanging Protocols to test with: written by hand ({@link org.hpqr.samples.SampleProtocols}), by chance
 * ({@link org.hpqr.samples.RandomProtocols}), and as the files under {@code src/samples}
 * ({@link org.hpqr.samples.WriteSamples}).
 */
package org.hpqr.samples;
