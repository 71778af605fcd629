package org.hpqr.ohif;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.ElementDictionary;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.util.TagUtils;
import org.hpqr.dataset.DatasetCodec;
import org.hpqr.selection.Study;

/**
 * Studies that a protocol is made for: for each of its display sets a series that belongs to it, in the current study or in a prior
 * one, and in each study a series that belongs to none.
 */
final class SyntheticStudies {

    private static final String ROOT = "2.25.";
    private static final Map<String, String[]> ORIENTATIONS = Map.of("TRANSVERSE", new String[] {"1", "0", "0", "0", "1", "0"},
            "SAGITTAL", new String[] {"0", "1", "0", "0", "0", "-1"}, "CORONAL", new String[] {"1", "0", "0", "0", "0", "-1"},
            "OBLIQUE", new String[] {"1", "0", "0", "0", "0.7", "0.7"});
    private static final int FIRST_YEAR = 2026;

    private final Attributes protocol;
    private final String root;
    /** By the study, 0 the current one: what is special in each series. */
    private final Map<Integer, Set<Attributes>> series = new LinkedHashMap<>();
    private final List<List<Attributes>> studies = new ArrayList<>();

    /** @param number of the patient, so that no two have studies of the same UID */
    SyntheticStudies(Attributes protocol, int number) {
        this.protocol = protocol;
        root = ROOT + (number + 1);
        Map<Integer, Attributes> sets = new LinkedHashMap<>();
        Map<Integer, Integer> studyOf = new LinkedHashMap<>();
        for (Attributes set : protocol.getSequence(Tag.ImageSetsSequence))
            for (Attributes frame : set.getSequence(Tag.TimeBasedImageSetsSequence)) {
                sets.put(frame.getInt(Tag.ImageSetNumber, 0), set);
                studyOf.put(frame.getInt(Tag.ImageSetNumber, 0), study(frame));
            }
        for (Attributes displaySet : protocol.getSequence(Tag.DisplaySetsSequence)) {
            int shown = displaySet.getInt(Tag.ImageSetNumber, 0);
            if (sets.containsKey(shown))
                series.computeIfAbsent(studyOf.get(shown), study -> new LinkedHashSet<>()).add(special(sets.get(shown), displaySet));
        }
        int last = Math.max(1, series.keySet().stream().mapToInt(Integer::intValue).max().orElse(0));
        for (int study = 0; study <= last; study++)
            studies.add(instances(study));
    }

    Study current() {
        return Study.of(studies.get(0));
    }

    List<Study> priors() {
        return studies.stream().skip(1).map(Study::of).toList();
    }

    /** The same as OHIF has it: attributes by their keywords. */
    JsonArray json() {
        JsonArrayBuilder json = Json.createArrayBuilder();
        for (List<Attributes> study : studies) {
            JsonArrayBuilder modalities = Json.createArrayBuilder();
            study.stream().map(instance -> instance.getString(Tag.Modality)).distinct().forEach(modalities::add);
            JsonArrayBuilder displaySets = Json.createArrayBuilder();
            study.stream().map(instance -> instance.getString(Tag.SeriesInstanceUID)).distinct().forEach(uid -> {
                JsonArrayBuilder instances = Json.createArrayBuilder();
                study.stream().filter(instance -> uid.equals(instance.getString(Tag.SeriesInstanceUID)))
                        .forEach(instance -> instances.add(naturalized(instance)));
                displaySets.add(Json.createObjectBuilder().add("SeriesInstanceUID", uid).add("instances", instances));
            });
            json.add(Json.createObjectBuilder().add("StudyInstanceUID", study.get(0).getString(Tag.StudyInstanceUID))
                    .add("StudyDescription", study.get(0).getString(Tag.StudyDescription)).add("ModalitiesInStudy", modalities)
                    .add("displaySets", displaySets));
        }
        return json.build();
    }

    private int study(Attributes frame) {
        if (!frame.containsValue(Tag.AbstractPriorValue))
            return frame.getInts(Tag.RelativeTime) != null && frame.getInts(Tag.RelativeTime)[0] == 0 ? 0 : 1;
        int prior = frame.getInts(Tag.AbstractPriorValue)[0];
        return prior > 0 ? prior : 1;
    }

    private static Attributes special(Attributes imageSet, Attributes displaySet) {
        Attributes special = new Attributes();
        special.setString(Tag.ImageOrientationPatient, VR.DS, ORIENTATIONS.get("TRANSVERSE"));
        for (Attributes selector : imageSet.getSequence(Tag.ImageSetSelectorSequence))
            set(special, selector, "MEMBER_OF");
        Sequence filters = displaySet.getSequence(Tag.FilterOperationsSequence);
        if (filters != null)
            for (Attributes filter : filters)
                if (filter.containsValue(Tag.FilterByCategory))
                    special.setString(Tag.ImageOrientationPatient, VR.DS, ORIENTATIONS.get(filter.getString(Tag.SelectorCSValue)));
                else
                    set(special, filter, filter.getString(Tag.FilterByOperator, "PRESENT"));
        return special;
    }

    /** Gives an image what a selector or a filter asks for. */
    private static void set(Attributes image, Attributes rule, String operator) {
        int tag = rule.getInt(Tag.SelectorAttribute, 0);
        if (TagUtils.isPrivateGroup(tag) || rule.containsValue(Tag.SelectorSequencePointer) || rule.containsValue(Tag.FunctionalGroupPointer)
                || "SQ".equals(rule.getString(Tag.SelectorAttributeVR)))
            return;
        VR vr = ElementDictionary.vrOf(tag, null);
        String wanted = operator.equals("PRESENT") ? null
                : rule.getStrings(Mapping.tag("Selector" + rule.getString(Tag.SelectorAttributeVR) + "Value").orElseThrow())[0].strip();
        String value = switch (operator) {
            case "PRESENT" -> "PRESENT";
            case "NOT_MEMBER_OF" -> DicomJson.isNumber(vr) ? "99" : "OTHER";
            case "GREATER_THAN" -> new BigDecimal(wanted).add(BigDecimal.ONE).toString();
            case "LESS_THAN" -> new BigDecimal(wanted).subtract(BigDecimal.ONE).toString();
            default -> wanted;
        };
        int number = Math.max(1, rule.getInt(Tag.SelectorValueNumber, 1));
        if (vr == VR.US)
            image.setInt(tag, vr, Integer.parseInt(value));
        else
            image.setString(tag, vr, Stream.concat(Stream.generate(() -> "OTHER").limit(number - 1), Stream.of(value)).toArray(String[]::new));
    }

    private List<Attributes> instances(int study) {
        List<Attributes> instances = new ArrayList<>();
        Attributes other = new Attributes();
        other.setString(Tag.Modality, VR.CS, "OT");
        other.setString(Tag.SeriesDescription, VR.LO, "Belongs to nothing");
        List<Attributes> all = new ArrayList<>(List.of(other));
        all.addAll(series.getOrDefault(study, Set.of()));
        for (int s = 0; s < all.size(); s++)
            for (int i = 1; i <= 2; i++)
                instances.add(instance(study, s, i, all.get(s)));
        return instances;
    }

    private Attributes instance(int study, int number, int image, Attributes special) {
        Attributes definition = protocol.getSequence(Tag.HangingProtocolDefinitionSequence).get(0);
        Attributes instance = new Attributes();
        instance.setString(Tag.SpecificCharacterSet, VR.CS, "ISO_IR 192");
        instance.setString(Tag.SOPClassUID, VR.UI, UID.CTImageStorage);
        String studyUid = root + '.' + (study + 1);
        instance.setString(Tag.StudyInstanceUID, VR.UI, studyUid);
        instance.setString(Tag.SeriesInstanceUID, VR.UI, studyUid + '.' + (number + 1));
        instance.setString(Tag.SOPInstanceUID, VR.UI, studyUid + '.' + (number + 1) + '.' + image);
        instance.setString(Tag.StudyDate, VR.DA, FIRST_YEAR - study + "0131");
        instance.setString(Tag.StudyTime, VR.TM, "120000");
        instance.setString(Tag.AcquisitionDate, VR.DA, FIRST_YEAR - study + "0131");
        instance.setString(Tag.StudyDescription, VR.LO, description(definition));
        instance.setInt(Tag.SeriesNumber, VR.IS, number);
        instance.setInt(Tag.InstanceNumber, VR.IS, image);
        instance.setString(Tag.Modality, VR.CS, definition.getString(Tag.Modality, "OT"));
        for (int tag : new int[] {Tag.AnatomicRegionSequence, Tag.ProcedureCodeSequence, Tag.ReasonForRequestedProcedureCodeSequence})
            if (definition.containsValue(tag))
                instance.newSequence(tag, 1).add(new Attributes(definition.getSequence(tag).get(0)));
        if (definition.containsValue(Tag.Laterality))
            instance.setString(Tag.Laterality, VR.CS, definition.getString(Tag.Laterality));
        instance.addAll(special);
        try {
            // as it comes from somewhere
            return DatasetCodec.decode(DatasetCodec.encode(instance, UID.ExplicitVRLittleEndian), UID.ExplicitVRLittleEndian);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A word for everything that the definition asks for. */
    private static String description(Attributes definition) {
        StringBuilder text = new StringBuilder("Study");
        for (int tag : new int[] {Tag.AnatomicRegionSequence, Tag.ProcedureCodeSequence, Tag.ReasonForRequestedProcedureCodeSequence})
            if (definition.containsValue(tag))
                text.append(' ').append(definition.getSequence(tag).get(0).getString(Tag.CodeMeaning));
        return text.toString();
    }

    private static JsonObjectBuilder naturalized(Attributes instance) {
        JsonObjectBuilder json = Json.createObjectBuilder();
        for (int tag : instance.tags()) {
            VR vr = instance.getVR(tag);
            if (vr == VR.SQ || !instance.containsValue(tag))
                continue;
            JsonArrayBuilder several = Json.createArrayBuilder();
            for (String value : instance.getStrings(tag))
                if (DicomJson.isNumber(vr))
                    several.add(new BigDecimal(value.strip()));
                else
                    several.add(value);
            JsonArray values = several.build();
            String keyword = ElementDictionary.keywordOf(tag, null);
            if (values.size() == 1)
                json.add(keyword, values.get(0));
            else
                json.add(keyword, values);
        }
        return json;
    }
}
