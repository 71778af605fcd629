package org.hpqr.query;

import java.util.Optional;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.hpqr.catalogue.CandidateFilter;
import org.hpqr.spi.HpSettings.UnknownValues;
import org.hpqr.status.HpFailure;
import org.hpqr.status.HpStatus;
import org.hpqr.information.EncodedCopy;
import org.hpqr.information.HangingProtocolModel;

/**
 * The identifier of a C-FIND request (PS3.4 U.4.1, K.4.1.1.3.1), checked: says which objects match it and makes their
 * response identifiers. Immutable.
 */
public final class FindIdentifier {

    /** AE: longest value, in bytes of the default repertoire (PS3.5 6.2). */
    private static final int MAX_AE_TITLE = 16;

    private final Keys keys;
    private final boolean unsupportedKeys;
    private final boolean unknownMatches;

    private FindIdentifier(Keys keys, boolean unsupportedKeys, boolean unknownMatches) {
        this.keys = keys;
        this.unsupportedKeys = unsupportedKeys;
        this.unknownMatches = unknownMatches;
    }

    /**
     * Reads and checks an identifier.
     *
     * @param identifier    the identifier as it was parsed; nothing of it is kept
     * @param unknownValues whether an object matches a key for which it has no value
     * @param maxKeys       most attributes it may have, those of sequence items included
     * @throws HpFailure A900: a key has more values or items than one, wild cards where there may be none, or another VR;
     *                   there are more keys than {@code maxKeys}. C310: its text cannot be decoded. The elements at
     *                   fault are named
     */
    public static FindIdentifier of(Attributes identifier, UnknownValues unknownValues, int maxKeys) throws HpFailure {
        return of(identifier, unknownValues, maxKeys, false);
    }

    /**
     * As {@link #of(Attributes, UnknownValues, int)}, with empty value matching (PS3.4 C.2.2.2.7): a key whose value is two
     * quotation marks, of whatever VR, asks for objects without a value.
     *
     * @param emptyValues {@code false}: such a key is one like others
     */
    public static FindIdentifier of(Attributes identifier, UnknownValues unknownValues, int maxKeys, boolean emptyValues)
            throws HpFailure {
        if (count(identifier, maxKeys) > maxKeys)
            throw new HpFailure(HpStatus.DOES_NOT_MATCH_SOP_CLASS, "The identifier has more than " + maxKeys + " attributes");
        boolean unknownMatches = unknownValues == UnknownValues.LENIENT;
        KeyParser parser = new KeyParser(unknownMatches, emptyValues);
        Keys keys = parser.parse(identifier, HangingProtocolModel.ATTRIBUTES);
        return new FindIdentifier(keys, parser.hasMetUnsupported(), unknownMatches);
    }

    /** As this one, for a search by DICOMweb, which returns some attributes without being asked for them (PS3.18 12.6). */
    public FindIdentifier withDefaultReturnKeys() {
        return new FindIdentifier(DefaultReturnKeys.addTo(keys, HangingProtocolModel.ATTRIBUTES), unsupportedKeys, unknownMatches);
    }

    /**
     * No attribute of the model is asked for: no object matches (PS3.4 K.4.1.3.1), the only answer is 0000. That is so
     * for an empty identifier, and for one with nothing but attributes that are not supported, as there would be nothing
     * in the responses.
     */
    public boolean hasNoKeys() {
        return keys.keys().isEmpty();
    }

    /** An attribute outside the model is asked for: each match is answered FF01 instead of FF00 (PS3.4 K.4-1). */
    public boolean hasUnsupportedKeys() {
        return unsupportedKeys;
    }

    /** Every object matches, whatever it has. */
    public boolean matchesEverything() {
        return keys.areUniversal();
    }

    /**
     * Says whether an object matches.
     *
     * @param stored what {@link StoredAttributes#decode} made
     */
    public boolean matches(Attributes stored) {
        return keys.match(stored);
    }

    /** By which values objects may be left out before they are matched; every object that matches passes. */
    public CandidateFilter filter() {
        return Narrowing.of(keys, unknownMatches);
    }

    /**
     * Matches an object and makes the response identifier.
     *
     * @param stored          what {@link StoredAttributes#decode} made
     * @param retrieveAETitle returned as Retrieve AE Title (0008,0054), if that is asked for
     * @return the response identifier, or empty if the object does not match
     * @throws HpFailure C312: the response cannot be encoded
     */
    public Optional<Attributes> respond(Attributes stored, String retrieveAETitle) throws HpFailure {
        if (!keys.match(stored))
            return Optional.empty();
        Attributes response = keys.select(stored);
        if (response.contains(Tag.RetrieveAETitle)) {
            checkEncodable(retrieveAETitle);
            response.setString(Tag.RetrieveAETitle, VR.AE, retrieveAETitle);
        }
        // without an offset of its own a time means what this attribute says
        if (EncodedCopy.hasValue(response, Tag.HangingProtocolCreationDateTime)
                && EncodedCopy.hasValue(stored, Tag.TimezoneOffsetFromUTC))
            EncodedCopy.copy(stored, Tag.TimezoneOffsetFromUTC, response);
        return Optional.of(response);
    }

    /**
     * Says why an object is not among the answers, by the tests that {@link #respond} makes.
     *
     * @param stored what {@link StoredAttributes#decode} made
     * @return the first key that the object does not satisfy, or that there {@linkplain #hasNoKeys() is none}; empty if it matches
     */
    public Optional<Mismatch> mismatch(Attributes stored) {
        return hasNoKeys() ? Optional.of(Mismatch.noKey()) : keys.mismatch(stored);
    }

    private static void checkEncodable(String aeTitle) throws HpFailure {
        if (aeTitle.length() > MAX_AE_TITLE || !aeTitle.chars().allMatch(c -> c >= ' ' && c < 0x7F && c != '\\'))
            throw new HpFailure(HpStatus.FIND_RESPONSE_NOT_ENCODABLE, "Not an AE title", Tag.RetrieveAETitle);
    }

    /** Counts attributes, those of items included, but not much beyond {@code limit}. */
    private static int count(Attributes item, int limit) {
        int count = item.size();
        for (int tag : item.tags()) {
            if (count > limit)
                break;
            if (item.getValue(tag) instanceof Sequence items)
                for (Attributes nested : items)
                    count += count(nested, limit - count);
        }
        return count;
    }
}
