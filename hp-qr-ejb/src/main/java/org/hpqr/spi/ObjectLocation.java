package org.hpqr.spi;

/**
 * Where the bytes of one stored object lie, as an {@link ObjectStorage} named it when it wrote them.
 *
 * @param storageId identifies the storage system within the home, for example {@code fs1}
 * @param path      path within the storage system; made by the storage, never of a peer's input
 * @param size      bytes, file meta information included
 * @param digest    SHA-256 of those bytes, 64 lower-case hexadecimal digits
 */
public record ObjectLocation(String storageId, String path, long size, String digest) {
}
