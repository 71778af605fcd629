package org.hpqr.information;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.dcm4che3.data.VR;

/**
 * One row of the tables that define the information model (PS3.4 U.6-1, 8-1a, 8-1b).
 *
 * @param tag      the attribute
 * @param name     its name in PS3.6
 * @param vr       its value representation
 * @param key      what it is as a matching key
 * @param response what the response owes the requester for it
 * @param matching the types of matching it takes; empty for what is not a matching key
 * @param items    the attributes in an item, for a sequence
 * @param clause   where this row stands
 */
public record ModelAttribute(int tag, String name, VR vr, KeyType key, ReturnType response, Set<MatchingType> matching,
                      List<ModelAttribute> items, String clause) {

    /** Matching key type (PS3.4 K.2.2.1). */
    public enum KeyType {
        UNIQUE,
        REQUIRED,
        /** Required if its condition holds, which the requester decides by giving it a value or not. */
        REQUIRED_IF,
        OPTIONAL,
        /** Not a matching key: a value in the request is ignored, as for an optional key that is not supported. */
        NONE
    }

    /** Return key type (PS3.4 K.2.2.1.2). */
    public enum ReturnType {
        /** Returned; with a value, unless the stored object is short of it. */
        ONE,
        /** 1C: returned where the object has it: its condition is one between attributes of the object. */
        ONE_IF,
        /** Returned, with zero length if the value is unknown. */
        TWO,
        /** As {@link #TWO}: all attributes of the model are supported, so a requester need not guess. */
        THREE
    }

    /** Type of matching (PS3.4 C.2.2.2). */
    public enum MatchingType {
        SINGLE_VALUE, LIST_OF_UID, WILD_CARD, UNIVERSAL, SEQUENCE
    }

    public boolean isMatchingKey() {
        return key != KeyType.NONE;
    }

    public boolean isSequence() {
        return vr == VR.SQ;
    }

    /** Beyond the tables of the standard. */
    public boolean isExtension() {
        return clause.equals(HangingProtocolModel.EXTENSION);
    }

    public boolean takes(MatchingType type) {
        return matching.contains(type);
    }

    /** Says whether a value of this VR can be one of this attribute: text in whatever VR is text. */
    public boolean canHave(VR other) {
        return other == vr || other.isStringType() && vr.isStringType();
    }

    /** The attribute with this tag among {@code attributes}. */
    public static Optional<ModelAttribute> find(List<ModelAttribute> attributes, int tag) {
        for (ModelAttribute attribute : attributes)
            if (attribute.tag == tag)
                return Optional.of(attribute);
        return Optional.empty();
    }
}
