package org.hpqr.query;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.hpqr.information.HangingProtocolModel;
import org.hpqr.information.ModelAttribute;
import org.hpqr.information.ModelAttribute.ReturnType;
import org.hpqr.query.Key.SequenceKey;
import org.hpqr.query.Key.ValueKey;

/**
 * What a search by DICOMweb returns without being asked for (PS3.18 12.6): the return keys of PS3.4 Table U.6-1 but those of type 3.
 * They are the same for each search, so they are made once.
 */
final class DefaultReturnKeys {

    /** By the attributes that may stand in a data set or item. These lists are those of the model, so equal ones need not be found. */
    private static final Map<List<ModelAttribute>, Keys> KEYS = new IdentityHashMap<>();

    static {
        make(HangingProtocolModel.ATTRIBUTES);
    }

    private DefaultReturnKeys() {
    }

    private static Keys make(List<ModelAttribute> attributes) {
        List<Key> keys = new ArrayList<>();
        for (ModelAttribute attribute : attributes) {
            // for the items of each sequence, as a sequence may be asked for that is not among these
            Key key = attribute.isSequence() ? new SequenceKey(attribute, make(attribute.items()), null, false)
                    : new ValueKey(attribute, null, false);
            if (attribute.response() != ReturnType.THREE && !attribute.isExtension())
                keys.add(key);
        }
        Keys made = new Keys(List.copyOf(keys));
        KEYS.put(attributes, made);
        return made;
    }

    /**
     * The keys of a search, and those that it has without being asked for, in the items of sequences, too.
     *
     * @param attributes the rows of the model that may stand here
     */
    static Keys addTo(Keys asked, List<ModelAttribute> attributes) {
        List<Key> all = new ArrayList<>(attributes.size());
        for (Key key : asked.keys())
            all.add(key instanceof SequenceKey sequence && sequence.item() != null ? addTo(sequence) : key);
        for (Key key : KEYS.get(attributes).keys())
            if (!asked.has(key.attribute()))
                all.add(key);
        return new Keys(all, asked.areUniversal());
    }

    private static SequenceKey addTo(SequenceKey asked) {
        return new SequenceKey(asked.attribute(), addTo(asked.item(), asked.attribute().items()), asked.test(), asked.unknownMatches());
    }
}
