package org.hpqr.web.media;

import java.util.List;

/** Names of the Native DICOM Model (PS3.19 A.1.6). */
final class NativeDicomModel {

    static final String NAMESPACE = "http://dicom.nema.org/PS3.19/models/NativeDICOM";

    static final String ROOT = "NativeDicomModel";
    static final String ATTRIBUTE = "DicomAttribute";
    static final String TAG = "tag";
    static final String VR = "vr";
    static final String KEYWORD = "keyword";
    static final String PRIVATE_CREATOR = "privateCreator";
    static final String NUMBER = "number";
    static final String VALUE = "Value";
    static final String ITEM = "Item";
    static final String INLINE_BINARY = "InlineBinary";
    static final String PERSON_NAME = "PersonName";

    /** Component groups of a person name, in the order of PS3.5 6.2. */
    static final List<String> GROUPS = List.of("Alphabetic", "Ideographic", "Phonetic");
    /** Components of a group, in the order of PS3.5 6.2. */
    static final List<String> COMPONENTS = List.of("FamilyName", "GivenName", "MiddleName", "NamePrefix", "NameSuffix");

    private NativeDicomModel() {
    }
}
