package org.hpqr.database;

import java.util.List;

/**
 * What the database knows of a Hanging Protocol: decoded text without padding, {@code null} for unknown values. Text is
 * cut to the length of its column; if that or anything else keeps a searchable value from standing here as it is,
 * {@code irregular} is set, and no search relies on the columns of that object.
 *
 * @param sopInstanceUid   SOP Instance UID (0008,0018)
 * @param sopClassUid      SOP Class UID (0008,0016)
 * @param name             Hanging Protocol Name (0072,0002); empty if unknown
 * @param level            Hanging Protocol Level (0072,0006)
 * @param description      Hanging Protocol Description (0072,0004)
 * @param creator          Hanging Protocol Creator (0072,0008)
 * @param creationDateTime Hanging Protocol Creation DateTime (0072,000A), as it stands
 * @param priors           Number of Priors Referenced (0072,0014)
 * @param screens          Number of Screens (0072,0100)
 * @param userCode         Hanging Protocol User Identification Code Sequence (0072,000E); {@code null} without an item
 * @param userGroup        Hanging Protocol User Group Name (0072,0010)
 * @param irregular        the columns cannot be relied on
 * @param definitions      items of the Hanging Protocol Definition Sequence (0072,000C)
 * @param attrs            the attributes a C-FIND may return, encoded in Explicit VR Little Endian
 */
public record IndexedProtocol(String sopInstanceUid, String sopClassUid, String name, String level, String description,
                              String creator, String creationDateTime, Integer priors, Integer screens,
                              CodedConcept userCode, String userGroup, boolean irregular,
                              List<IndexedDefinition> definitions, byte[] attrs) {

    /** Longest text of a name, a group name, a scheme, a scheme version, in characters. */
    public static final int MAX_TEXT = 64;
    /** Longest text of a level, a modality, a laterality, in characters. */
    public static final int MAX_CODE_STRING = 16;
    /** Longest text of a code value, a description, a creator, in characters. */
    public static final int MAX_LONG_TEXT = 255;
}
