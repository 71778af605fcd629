package org.hpqr.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;

/**
 * What the queries ask of one generated protocol; read with the toolkit's getters, so that what is expected of the server
 * is not taken from its own code.
 *
 * @param user    user code as {@link #code} writes it; {@code null} if there is none
 * @param screens {@code null} if unknown
 */
record Facts(String uid, String name, String level, String user, String group, Integer screens, List<Item> items) {

    /** One item of the Hanging Protocol Definition Sequence; codes as {@link #code} writes them. */
    record Item(String modality, String laterality, List<String> regions, List<String> procedures, List<String> reasons) {
    }

    static Facts of(Attributes protocol) {
        List<Item> items = new ArrayList<>();
        for (Attributes item : protocol.getSequence(Tag.HangingProtocolDefinitionSequence))
            items.add(new Item(item.getString(Tag.Modality), item.getString(Tag.Laterality),
                    codes(item, Tag.AnatomicRegionSequence), codes(item, Tag.ProcedureCodeSequence),
                    codes(item, Tag.ReasonForRequestedProcedureCodeSequence)));
        List<String> users = codes(protocol, Tag.HangingProtocolUserIdentificationCodeSequence);
        return new Facts(protocol.getString(Tag.SOPInstanceUID), protocol.getString(Tag.HangingProtocolName),
                protocol.getString(Tag.HangingProtocolLevel), users.isEmpty() ? null : users.get(0),
                protocol.getString(Tag.HangingProtocolUserGroupName),
                protocol.containsValue(Tag.NumberOfScreens) ? protocol.getInt(Tag.NumberOfScreens, -1) : null, items);
    }

    private static List<String> codes(Attributes item, int sequence) {
        Sequence codes = item.getSequence(sequence);
        return codes == null ? List.of() : codes.stream().map(Facts::code).toList();
    }

    /** A code as one text: value and scheme. */
    private static String code(Attributes item) {
        String value = Stream.of(Tag.CodeValue, Tag.LongCodeValue).map(item::getString).filter(text -> text != null)
                .findFirst().orElseThrow();
        return value + '|' + item.getString(Tag.CodingSchemeDesignator);
    }
}
