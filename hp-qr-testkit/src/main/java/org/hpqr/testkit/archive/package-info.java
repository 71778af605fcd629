/**
 * A small double of dcm4chee-arc: storage on disk, a cache of AEs, a device with the archive's extensions. For the unit
 * tests here, and deployed beside the plugin in the container test.
 */
package org.hpqr.testkit.archive;
