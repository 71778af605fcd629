package org.hpqr.database;

/**
 * The row of an object, as the catalogue keeps it.
 *
 * @param instance       which version of which object it is
 * @param shard          which row of {@code hp_change} counted its last change
 * @param changeNumber   what it counted
 * @param attributes     what a C-FIND may return, encoded in Explicit VR Little Endian; {@code null} if they were not read
 * @param attributesSize number of their bytes; 0 if there are none
 */
public record ObjectRow(StoredInstance instance, int shard, long changeNumber, byte[] attributes, int attributesSize) {
}
