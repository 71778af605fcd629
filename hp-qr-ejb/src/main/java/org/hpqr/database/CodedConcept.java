package org.hpqr.database;

/**
 * The part of a coded entry that is searched (PS3.4 Table 8-1b).
 *
 * @param value   Code Value, Long Code Value or URN Code Value; {@code null} if unknown
 * @param scheme  Coding Scheme Designator; {@code null} if unknown
 * @param version Coding Scheme Version; {@code null} if unknown
 */
public record CodedConcept(String value, String scheme, String version) {
}
