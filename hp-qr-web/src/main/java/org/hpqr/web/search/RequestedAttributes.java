package org.hpqr.web.search;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.hpqr.information.HangingProtocolModel;
import org.hpqr.information.ModelAttribute;
import org.hpqr.information.ModelAttribute.MatchingType;

/** Collects what a search asks of each attribute of the information model, and makes an identifier of it. */
final class RequestedAttributes {

    private static final int MAX_US = 0xFFFF;

    /** What is asked of an attribute: in the data set, or in the items of a sequence. */
    private static final class Request {

        private final Map<Integer, Request> nested = new HashMap<>();
        private String value = "";
        private boolean included;
        /** The value is a text that any attribute can be asked for, whatever its VR is. */
        private boolean anyVr;

        private static final Request NOTHING = new Request();

        private Request at(int tag) {
            return nested.computeIfAbsent(tag, key -> new Request());
        }
    }

    private static final String NO_VALUE = "\"\"";

    private final Request dataset = new Request();
    private final boolean emptyValues;
    private int included;

    /** @param emptyValues two quotation marks as a value ask for no value */
    RequestedAttributes(boolean emptyValues) {
        this.emptyValues = emptyValues;
    }

    /**
     * Asks for a match.
     *
     * @param value may be empty: universal matching
     * @return {@code false} if this is no matching key of the model, so that the value is ignored
     * @throws InvalidQueryException the value is none of the attribute
     */
    boolean match(AttributePath path, String value) throws InvalidQueryException {
        Optional<ModelAttribute> attribute = find(path);
        if (attribute.isEmpty())
            return false;
        Request request = request(path);
        request.included = true;
        if (value.isEmpty())
            return true;
        if (!attribute.get().isMatchingKey())
            return false;
        // no value (PS3.4 C.2.2.2.7); only asterisks: universal matching
        request.anyVr = emptyValues && value.equals(NO_VALUE) || value.chars().allMatch(c -> c == '*');
        if (!request.anyVr)
            checkValue(path, attribute.get(), value);
        request.value = value;
        return true;
    }

    /** Asks for the attribute to be returned; {@code false} if it is not of the model. */
    boolean include(AttributePath path) {
        included++;
        if (find(path).isEmpty())
            return false;
        request(path).included = true;
        return true;
    }

    /** Asks for all attributes to be returned. */
    void includeAll() {
        dataset.included = true;
    }

    /** Number of fields that were asked for. */
    int included() {
        return included;
    }

    private static Optional<ModelAttribute> find(AttributePath path) {
        List<ModelAttribute> attributes = HangingProtocolModel.ATTRIBUTES;
        Optional<ModelAttribute> found = Optional.empty();
        for (int tag : path.tags()) {
            found = ModelAttribute.find(attributes, tag);
            if (found.isEmpty())
                return found;
            attributes = found.get().items();
        }
        return found;
    }

    private Request request(AttributePath path) {
        Request request = dataset;
        for (int tag : path.tags())
            request = request.at(tag);
        return request;
    }

    private static void checkValue(AttributePath path, ModelAttribute attribute, String value) throws InvalidQueryException {
        if (attribute.isSequence())
            throw new InvalidQueryException("Sequence " + path + " has a value");
        if (attribute.vr() == VR.US && !isNumber(value))
            throw new InvalidQueryException("The value of " + path + " is not a number of VR US");
    }

    private static boolean isNumber(String value) {
        return value.length() <= 5 && value.chars().allMatch(c -> c >= '0' && c <= '9') && Integer.parseInt(value) <= MAX_US;
    }

    /** The identifier: keys with their values, and without one what is to be returned. */
    Attributes identifier(List<ModelAttribute> model) {
        Attributes identifier = item(model, dataset, dataset.included);
        identifier.setString(Tag.SpecificCharacterSet, VR.CS, "ISO_IR 192");
        return identifier;
    }

    /** @param whole everything in the item is asked for */
    private static Attributes item(List<ModelAttribute> model, Request request, boolean whole) {
        Attributes item = new Attributes();
        for (ModelAttribute attribute : model) {
            Request asked = request.nested.get(attribute.tag());
            if (asked != null || whole)
                put(item, attribute, asked == null ? Request.NOTHING : asked, whole);
        }
        return item;
    }

    private static void put(Attributes item, ModelAttribute attribute, Request asked, boolean whole) {
        if (asked.anyVr) {
            item.setString(attribute.tag(), VR.LO, asked.value);
        } else if (attribute.isSequence()) {
            boolean everything = whole || asked.included;
            Attributes nested = item(attribute.items(), asked, everything);
            if (everything && asked.nested.isEmpty())
                // the sequence as it is stored, as a key without an item asks for it
                item.setNull(attribute.tag(), VR.SQ);
            else
                item.newSequence(attribute.tag(), 1).add(nested);
        } else if (asked.value.isEmpty()) {
            item.setNull(attribute.tag(), attribute.vr());
        } else if (attribute.vr() == VR.US) {
            item.setInt(attribute.tag(), VR.US, Integer.parseInt(asked.value));
        } else if (attribute.takes(MatchingType.LIST_OF_UID)) {
            // as an array, in which nothing is split at a backslash: it separates nothing here
            item.setValue(attribute.tag(), VR.UI, asked.value.split(",", -1));
        } else {
            item.setValue(attribute.tag(), attribute.vr(), asked.value);
        }
    }
}
