package org.hpqr.query;

import java.util.List;
import java.util.Objects;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.hpqr.database.CodedConcept;
import org.hpqr.database.ColumnText;
import org.hpqr.database.IndexedDefinition;
import org.hpqr.database.IndexedProtocol;

/** Makes the database's view of an object. */
public final class ProtocolIndexer {

    /** One protocol at a time: what was met in it that its columns cannot say. */
    private boolean irregular;

    private ProtocolIndexer() {
    }

    /**
     * Makes the database's view of an object: its searchable values as columns, and the attributes a C-FIND may return.
     *
     * @param dataset a data set as it was parsed: text that was read from it before would be encoded anew
     */
    public static IndexedProtocol index(Attributes dataset) {
        return new ProtocolIndexer().view(dataset);
    }

    private IndexedProtocol view(Attributes dataset) {
        // bytes first: nothing that is done afterwards can change what will be returned
        byte[] attrs = StoredAttributes.encode(dataset);
        List<ModelAttribute> model = HangingProtocolModel.ATTRIBUTES;
        String name = text(dataset, model, Tag.HangingProtocolName, IndexedProtocol.MAX_TEXT);
        List<Attributes> users = items(dataset, model, Tag.HangingProtocolUserIdentificationCodeSequence);
        irregular |= users.size() > 1 || !CharacterSets.isKnown(dataset);
        List<IndexedDefinition> definitions = items(dataset, model, Tag.HangingProtocolDefinitionSequence).stream()
                .map(this::definition).toList();
        String uid = text(dataset, model, Tag.SOPInstanceUID, IndexedProtocol.MAX_TEXT);
        String classUid = text(dataset, model, Tag.SOPClassUID, IndexedProtocol.MAX_TEXT);
        String level = text(dataset, model, Tag.HangingProtocolLevel, IndexedProtocol.MAX_CODE_STRING);
        Integer priors = number(dataset, Tag.NumberOfPriorsReferenced);
        Integer screens = number(dataset, Tag.NumberOfScreens);
        CodedConcept user = users.isEmpty() ? null : code(users.get(0));
        String group = text(dataset, model, Tag.HangingProtocolUserGroupName, IndexedProtocol.MAX_TEXT);
        return new IndexedProtocol(uid, classUid, Objects.requireNonNullElse(name, ""), level,
                shown(dataset, Tag.HangingProtocolDescription, IndexedProtocol.MAX_LONG_TEXT),
                shown(dataset, Tag.HangingProtocolCreator, IndexedProtocol.MAX_LONG_TEXT),
                shown(dataset, Tag.HangingProtocolCreationDateTime, IndexedProtocol.MAX_TEXT),
                priors, screens, user, group, irregular, definitions, attrs);
    }

    private IndexedDefinition definition(Attributes item) {
        irregular |= !CharacterSets.isKnown(item);
        List<ModelAttribute> model = attribute(HangingProtocolModel.ATTRIBUTES, Tag.HangingProtocolDefinitionSequence).items();
        return new IndexedDefinition(
                text(item, model, Tag.Modality, IndexedProtocol.MAX_CODE_STRING),
                text(item, model, Tag.Laterality, IndexedProtocol.MAX_CODE_STRING),
                items(item, model, Tag.AnatomicRegionSequence).stream().map(this::code).toList(),
                items(item, model, Tag.ProcedureCodeSequence).stream().map(this::code).toList(),
                items(item, model, Tag.ReasonForRequestedProcedureCodeSequence).stream().map(this::code).toList());
    }

    private CodedConcept code(Attributes item) {
        irregular |= !CharacterSets.isKnown(item);
        List<ModelAttribute> model = attribute(HangingProtocolModel.ATTRIBUTES,
                Tag.HangingProtocolUserIdentificationCodeSequence).items();
        return new CodedConcept(codeValue(item),
                text(item, model, Tag.CodingSchemeDesignator, IndexedProtocol.MAX_TEXT),
                text(item, model, Tag.CodingSchemeVersion, IndexedProtocol.MAX_TEXT));
    }

    /** A code with more than one value does not fit its column. */
    private String codeValue(Attributes item) {
        List<String> values = HangingProtocolModel.CODE_VALUES.stream()
                .map(attribute -> text(item, attribute, IndexedProtocol.MAX_LONG_TEXT)).filter(Objects::nonNull).toList();
        irregular |= values.size() > 1;
        return values.isEmpty() ? null : values.get(0);
    }

    /** The one value of a searchable text; sets {@link #irregular} if it has several or cannot stand in its column. */
    private String text(Attributes item, ModelAttribute attribute, int max) {
        List<String> texts = Values.texts(item, attribute);
        if (texts.isEmpty())
            return null;
        String column = ColumnText.fitted(texts.get(0), max);
        // an undecodable text may read otherwise once the toolkit knows its set
        irregular |= texts.size() > 1 || !column.equals(texts.get(0)) || column.indexOf(CharacterSets.REPLACEMENT) >= 0
                || isBeyondBasicPlane(column);
        return column;
    }

    /**
     * Characters outside the Basic Multilingual Plane: MariaDB, which looks a LIKE up in an index as if there were none,
     * leaves texts out for them.
     */
    private static boolean isBeyondBasicPlane(String text) {
        return text.chars().anyMatch(c -> Character.isSurrogate((char) c));
    }

    private String text(Attributes item, List<ModelAttribute> model, int tag, int max) {
        return text(item, attribute(model, tag), max);
    }

    private Integer number(Attributes dataset, int tag) {
        List<Integer> numbers = Values.numbers(dataset, attribute(HangingProtocolModel.ATTRIBUTES, tag));
        irregular |= numbers.size() > 1;
        return numbers.isEmpty() ? null : numbers.get(0);
    }

    /** A text that is not searched, for people who look into the database: cut where it does not fit. */
    private static String shown(Attributes dataset, int tag, int max) {
        List<String> texts = Values.texts(dataset, attribute(HangingProtocolModel.ATTRIBUTES, tag));
        return texts.isEmpty() ? null : ColumnText.fitted(texts.get(0), max);
    }

    private static List<Attributes> items(Attributes item, List<ModelAttribute> model, int tag) {
        return Values.items(item, attribute(model, tag));
    }

    private static ModelAttribute attribute(List<ModelAttribute> model, int tag) {
        return ModelAttribute.find(model, tag).orElseThrow();
    }
}
