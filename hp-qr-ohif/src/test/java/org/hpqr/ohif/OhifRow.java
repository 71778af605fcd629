package org.hpqr.ohif;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * An example of a row of the table in docs/viewers.md, from OHIF to DICOM: a change of a small protocol and what it becomes.
 *
 * @param table    row of the table that it tests
 * @param clause   of PS3.3
 * @param patch    operations of RFC 6902 on {@link #SAMPLE}
 * @param expected value at a path in the data set, as text; {@code null}: nothing is there
 * @param reported diagnostics that the sample itself has not, each its path and code
 */
record OhifRow(MappingTable table, String name, String clause, String patch, Map<String, String> expected, List<String> reported) {

    private static final JsonObject SAMPLE = parse("""
            {
              "id": "2.25.987654321", "name": "MR two up", "description": "MR beside the prior", "createdDate": "2026-11-28T10:11:12Z",
              "availableTo": {"level": "SITE"}, "editableBy": {}, "numberOfPriorsReferenced": 1,
              "protocolMatchingRules": [
                {"attribute": "ModalitiesInStudy", "required": true, "weight": 2001, "constraint": {"includes": ["MR"]}}
              ],
              "displaySetSelectors": {
                "current": {
                  "studyMatchingRules": [
                    {"attribute": "studyInstanceUIDsIndex", "from": "options", "required": true, "constraint": {"equals": {"value": 0}}}
                  ],
                  "seriesMatchingRules": [{"attribute": "Modality", "weight": 1, "required": true, "constraint": {"equals": {"value": "MR"}}}]
                },
                "prior": {
                  "studyMatchingRules": [
                    {"attribute": "studyInstanceUIDsIndex", "from": "options", "required": true, "constraint": {"equals": {"value": 1}}}
                  ],
                  "seriesMatchingRules": [{"attribute": "Modality", "weight": 1, "required": true, "constraint": {"equals": {"value": "MR"}}}]
                }
              },
              "stages": [{
                "name": "Comparison",
                "viewportStructure": {"layoutType": "grid", "properties": {"rows": 1, "columns": 2}},
                "viewports": [
                  {"viewportOptions": {"toolGroupId": "default", "viewportType": "stack"}, "displaySets": [{"id": "current", "options": {}}]},
                  {"viewportOptions": {"toolGroupId": "default", "viewportType": "stack"}, "displaySets": [{"id": "prior", "options": {}}]}
                ]
              }]
            }
            """);

    private static final String RULES = "/displaySetSelectors/current/seriesMatchingRules";
    private static final String RULES_AT = "displaySetSelectors.current.seriesMatchingRules";
    private static final String SELECTOR = "ImageSetsSequence[1].ImageSetSelectorSequence";
    private static final String VIEWPORT = "/stages/0/viewports/0";
    private static final String VIEWPORT_AT = "stages[0].viewports[0]";
    private static final String SET = "DisplaySetsSequence[1]";

    JsonObject protocol() {
        try (JsonReader reader = Json.createReader(new StringReader(patch))) {
            return Json.createPatch(reader.readArray()).apply(SAMPLE);
        }
    }

    @Override
    public String toString() {
        return table.key() + ": " + name + " (PS3.3 " + clause + ')';
    }

    private static OhifRow row(MappingTable table, String name, String clause, String... operations) {
        return new OhifRow(table, name, clause, "[" + String.join(",", operations) + "]", new LinkedHashMap<>(), new ArrayList<>());
    }

    private static String put(String pointer, String json) {
        return "{\"op\":\"add\",\"path\":\"" + pointer + "\",\"value\":" + json + "}";
    }

    private static String remove(String pointer) {
        return "{\"op\":\"remove\",\"path\":\"" + pointer + "\"}";
    }

    private static OhifRow rule(MappingTable table, String name, String clause, String rule) {
        return row(table, name, clause, put(RULES + "/1", rule));
    }

    private OhifRow becomes(String path, String value) {
        expected.put(path, value);
        return this;
    }

    private OhifRow reports(String... pathsAndCodes) {
        reported.addAll(List.of(pathsAndCodes));
        return this;
    }

    static Stream<OhifRow> all() {
        return Stream.of(identity(), definitions(), selectors(), studies(), viewports()).flatMap(rows -> rows);
    }

    private static Stream<OhifRow> identity() {
        return Stream.of(
                row(MappingTable.IDENTIFICATION, "identification", "C.23.1").becomes("SOPInstanceUID", "2.25.987654321").becomes("HangingProtocolName", "MR two up")
                        .becomes("HangingProtocolDescription", "MR beside the prior").becomes("HangingProtocolLevel", "SITE")
                        .becomes("HangingProtocolCreationDateTime", "20261128101112+0000"),
                row(MappingTable.IDENTIFICATION, "id that is no UID", "C.23.1", put("/id", "\"@site/mr\""))
                        .becomes("SOPInstanceUID", "2.25.93565565580474274381421115548307958857").reports("id id"),
                row(MappingTable.IDENTIFICATION, "long name", "C.23.1", put("/name", "\"A name of more than 16 characters\"")).becomes("HangingProtocolName", "A name of more t")
                        .reports("name shortened"),
                row(MappingTable.IDENTIFICATION, "no description", "C.23.1", remove("/description")).becomes("HangingProtocolDescription", "MR two up"),
                row(MappingTable.IDENTIFICATION, "no date", "C.23.1", remove("/createdDate")).becomes("HangingProtocolCreationDateTime", "20260102030405+0000")
                        .reports("createdDate created"),
                row(MappingTable.OWNER, "no owner", "C.23.1", remove("/availableTo")).becomes("HangingProtocolLevel", "SITE").reports("availableTo level"),
                row(MappingTable.OWNER, "owner", "C.23.1", put("/availableTo", "{\"level\":\"SINGLE_USER\",\"group\":\"MR\",\"users\":[{\"value\":\"7\",\"scheme\":\"HOSP\"}]}"))
                        .becomes("HangingProtocolUserIdentificationCodeSequence[1].CodeValue", "7").becomes("HangingProtocolUserGroupName", "MR")
                        .reports("protocolMatchingRules[0].weight weight"),
                row(MappingTable.PRIORS, "no priors", "C.23.1", put("/numberOfPriorsReferenced", "-1")).becomes("NumberOfPriorsReferenced", "1")
                        .reports("numberOfPriorsReferenced no-priors"),
                row(MappingTable.PRIORS, "three priors", "C.23.1", put("/numberOfPriorsReferenced", "3")).becomes("NumberOfPriorsReferenced", "3"),
                row(MappingTable.OTHER_OHIF, "callbacks", "C.23.1", put("/callbacks", "{\"onProtocolEnter\":[{\"commandName\":\"x\"}]}")).reports("callbacks ohif-only"));
    }

    private static Stream<OhifRow> definitions() {
        return Stream.of(
                row(MappingTable.MODALITY, "modality", "C.23.1.1.1").becomes("HangingProtocolDefinitionSequence[1].Modality", "MR"),
                row(MappingTable.MODALITY, "modalities", "C.23.1.1.1", put("/protocolMatchingRules/0/constraint", "{\"contains\":[\"MR\",\"CT\"]}"))
                        .becomes("HangingProtocolDefinitionSequence[2].Modality", "CT"),
                row(MappingTable.MODALITY, "both modalities", "C.23.1.1.1", put("/protocolMatchingRules/0/constraint", "{\"containsAll\":[\"MR\",\"CT\"]}"))
                        .becomes("HangingProtocolDefinitionSequence[1].Modality", "OT")
                        .reports("protocolMatchingRules[0] rule", "protocolMatchingRules no-modality"),
                row(MappingTable.CODES, "text of the study", "C.23.1.1.1",
                        put("/protocolMatchingRules/1", "{\"attribute\":\"StudyDescription\",\"constraint\":{\"contains\":\"knee\"}}"))
                        .reports("protocolMatchingRules[1] rule"));
    }

    private static Stream<OhifRow> selectors() {
        return Stream.of(
                row(MappingTable.SELECTORS, "equals", "C.23.1.1.3").becomes(SELECTOR + "[1].SelectorAttribute", "00080060").becomes(SELECTOR + "[1].SelectorAttributeVR", "CS")
                        .becomes(SELECTOR + "[1].SelectorCSValue", "MR").becomes(SELECTOR + "[1].SelectorValueNumber", "0")
                        .becomes(SELECTOR + "[1].ImageSetSelectorUsageFlag", "NO_MATCH"),
                rule(MappingTable.SELECTORS, "includes", "C.23.1.1.3", "{\"attribute\":\"BodyPartExamined\",\"required\":true,\"constraint\":{\"includes\":[\"KNEE\",\"LEG\"]}}")
                        .becomes(SELECTOR + "[2].SelectorCSValue", "KNEE\\LEG"),
                rule(MappingTable.SELECTORS, "number", "C.23.1.1.3", "{\"attribute\":\"Rows\",\"required\":true,\"constraint\":{\"equals\":{\"value\":512}}}")
                        .becomes(SELECTOR + "[2].SelectorUSValue", "512"),
                rule(MappingTable.USAGE_FLAG, "not required", "C.23.1.1.3", "{\"attribute\":\"SeriesDescription\",\"constraint\":{\"equals\":{\"value\":\"T1\"}}}")
                        .becomes(SELECTOR + "[2].ImageSetSelectorUsageFlag", "MATCH").reports(RULES_AT + "[1] not-required"),
                rule(MappingTable.OTHER_OHIF, "weight", "C.23.1.1.3", "{\"attribute\":\"SeriesDescription\",\"weight\":5,\"required\":true,\"constraint\":{\"equals\":{\"value\":\"T1\"}}}")
                        .becomes(SELECTOR + "[2].SelectorLOValue", "T1").reports(RULES_AT + "[1].weight weight"),
                rule(MappingTable.SELECTORS, "part of a term", "C.23.1.1.3", "{\"attribute\":\"BodyPartExamined\",\"required\":true,\"constraint\":{\"contains\":\"KNEE\"}}")
                        .becomes(SELECTOR + "[2].SelectorCSValue", "KNEE").reports(RULES_AT + "[1] contains"),
                rule(MappingTable.SELECTORS, "part of a text", "C.23.1.1.3", "{\"attribute\":\"SeriesDescription\",\"required\":true,\"constraint\":{\"contains\":\"T1\"}}")
                        .becomes(SELECTOR + "[2].SelectorAttribute", null).reports(RULES_AT + "[1] rule"),
                rule(MappingTable.SELECTORS, "attribute of OHIF", "C.23.1.1.3", "{\"attribute\":\"numImageFrames\",\"required\":true,\"constraint\":{\"greaterThan\":{\"value\":0}}}")
                        .becomes(SELECTOR + "[2].SelectorAttribute", null).reports(RULES_AT + "[1] rule"),
                rule(MappingTable.SELECTORS, "value that DICOM does not allow", "C.23.1.1.3", "{\"attribute\":\"BodyPartExamined\",\"required\":true,\"constraint\":{\"equals\":\"knee\"}}")
                        .becomes(SELECTOR + "[2].SelectorAttribute", null).reports(RULES_AT + "[1] rule"),
                rule(MappingTable.FILTERS, "exclusion", "C.23.3.1", "{\"attribute\":\"ImageType\",\"required\":true,\"constraint\":{\"doesNotInclude\":[\"LOCALIZER\"]}}")
                        .becomes(SET + ".FilterOperationsSequence[1].FilterByOperator", "NOT_MEMBER_OF")
                        .becomes(SET + ".FilterOperationsSequence[1].SelectorCSValue", "LOCALIZER"),
                rule(MappingTable.FILTERS, "range", "C.23.3.1", "{\"attribute\":\"SliceThickness\",\"required\":true,\"constraint\":{\"range\":[1,3.5]}}")
                        .becomes(SET + ".FilterOperationsSequence[1].FilterByOperator", "RANGE_INCL")
                        .becomes(SET + ".FilterOperationsSequence[1].SelectorDSValue", "1\\3.5"),
                rule(MappingTable.FILTERS, "limit", "C.23.3.1", "{\"attribute\":\"SliceThickness\",\"required\":true,\"constraint\":{\"lessThan\":{\"value\":3}}}")
                        .becomes(SET + ".FilterOperationsSequence[1].FilterByOperator", "LESS_OR_EQUAL"),
                rule(MappingTable.FILTERS, "presence", "C.23.3.1", "{\"attribute\":\"ContrastBolusAgent\",\"required\":true,\"constraint\":{\"notNull\":true}}")
                        .becomes(SET + ".FilterOperationsSequence[1].FilterByAttributePresence", "PRESENT"),
                rule(MappingTable.PLANE, "plane", "C.23.3.1", "{\"attribute\":\"imagePlane\",\"required\":false,\"constraint\":{\"includes\":[\"SAGITTAL\"]}}")
                        .becomes(SET + ".FilterOperationsSequence[1].FilterByCategory", "IMAGE_PLANE")
                        .becomes(SET + ".FilterOperationsSequence[1].ImageSetSelectorUsageFlag", "MATCH").reports(RULES_AT + "[1] not-required"),
                rule(MappingTable.PLANE, "required plane", "C.23.3.1", "{\"attribute\":\"imagePlane\",\"required\":true,\"constraint\":{\"includes\":[\"SAGITTAL\"]}}")
                        .becomes(SET + ".FilterOperationsSequence[1].ImageSetSelectorUsageFlag", "NO_MATCH"),
                row(MappingTable.SELECTORS, "no rule that DICOM knows", "C.23.1.1.3", put(RULES, "[]")).becomes(SELECTOR + "[1].ImageSetSelectorUsageFlag", "MATCH")
                        .becomes(SELECTOR + "[1].SelectorCSValue", "MR").reports(RULES_AT + " selector-empty"));
    }

    private static Stream<OhifRow> studies() {
        String frame = "ImageSetsSequence[2].TimeBasedImageSetsSequence[1]";
        String rules = "/displaySetSelectors/prior/studyMatchingRules";
        String rulesAt = "displaySetSelectors.prior.studyMatchingRules";
        return Stream.of(
                row(MappingTable.RELATIVE_TIME, "current study", "C.23.1.1.2").becomes("ImageSetsSequence[1].TimeBasedImageSetsSequence[1].RelativeTime", "0\\0"),
                row(MappingTable.ABSTRACT_PRIOR, "prior study", "C.23.1.1.2").becomes(frame + ".AbstractPriorValue", "1\\1").becomes(frame + ".ImageSetLabel", "prior"),
                row(MappingTable.ABSTRACT_PRIOR, "range of prior studies", "C.23.1.1.2", put(rules + "/0/constraint", "{\"range\":[1,2]}"))
                        .becomes(frame + ".AbstractPriorValue", "1\\2").becomes("NumberOfPriorsReferenced", "2"),
                row(MappingTable.RELATIVE_TIME, "any study", "C.23.1.1.2", remove(rules)).becomes(frame + ".RelativeTime", "0\\0").reports(rulesAt + " any-study"),
                row(MappingTable.OTHER_OHIF, "other rule of the study", "C.23.1.1.2",
                        put(rules + "/1", "{\"attribute\":\"StudyDate\",\"constraint\":{\"notNull\":true}}")).reports(rulesAt + "[1] rule"));
    }

    private static Stream<OhifRow> viewports() {
        String options = VIEWPORT + "/viewportOptions";
        String optionsAt = VIEWPORT_AT + ".viewportOptions";
        String shown = VIEWPORT + "/displaySets/0/options";
        return Stream.of(
                row(MappingTable.GROUP, "stage", "C.23.3").becomes(SET + ".DisplaySetPresentationGroup", "1")
                        .becomes(SET + ".DisplaySetPresentationGroupDescription", "Comparison").becomes("DisplaySetsSequence[3].DisplaySetNumber", null),
                row(MappingTable.IMAGE_BOX, "grid", "C.23.3").becomes(SET + ".ImageBoxesSequence[1].DisplayEnvironmentSpatialPosition", "0\\1\\0.5\\0"),
                row(MappingTable.IMAGE_BOX, "layout options", "C.23.3", put("/stages/0/viewportStructure/properties/layoutOptions",
                        "[{\"x\":0.1,\"y\":0.25,\"width\":0.4,\"height\":0.5},{\"x\":0.5,\"y\":0,\"width\":0.5,\"height\":1}]"))
                        .becomes(SET + ".ImageBoxesSequence[1].DisplayEnvironmentSpatialPosition", "0.1\\0.75\\0.5\\0.25"),
                row(MappingTable.LAYOUT_TYPE, "stack", "C.23.3").becomes(SET + ".ImageBoxesSequence[1].ImageBoxLayoutType", "STACK"),
                row(MappingTable.MPR, "volume", "C.23.3", put(options + "/viewportType", "\"volume\""), put(options + "/orientation", "\"sagittal\""))
                        .becomes(SET + ".ReformattingOperationType", "MPR").becomes(SET + ".ReformattingOperationInitialViewDirection", "SAGITTAL")
                        .becomes(SET + ".ImageBoxesSequence[1].ImageBoxLayoutType", "PROCESSED").reports(optionsAt + ".orientation thickness"),
                row(MappingTable.MIP, "projection", "C.23.3", put(options + "/viewportType", "\"volume\""), put(options + "/orientation", "\"coronal\""),
                        put(shown, "{\"blendMode\":\"MIP\",\"slabThickness\":\"fullVolume\"}"))
                        .becomes(SET + ".ReformattingOperationType", "3D_RENDERING").becomes(SET + ".ThreeDRenderingType", "MIP"),
                row(MappingTable.RENDERING, "volume3d", "C.23.3", put(options + "/viewportType", "\"volume3d\"")).becomes(SET + ".ThreeDRenderingType", "VOLUME"),
                row(MappingTable.LAYOUT_TYPE, "other viewport", "C.23.3", put(options + "/viewportType", "\"video\""))
                        .becomes(SET + ".ImageBoxesSequence[1].ImageBoxLayoutType", "STACK").reports(optionsAt + ".viewportType viewport-type"),
                row(MappingTable.VOI_TYPE, "window of hp-qr", "C.23.3", put(shown, "{\"voi\":{\"windowWidth\":1500,\"windowCenter\":-600}}")).becomes(SET + ".VOIType", "LUNG"),
                row(MappingTable.VOI_TYPE, "other window", "C.23.3", put(shown, "{\"voi\":{\"windowWidth\":7,\"windowCenter\":3}}")).becomes(SET + ".VOIType", null)
                        .reports(VIEWPORT_AT + ".displaySets[0].options.voi window-numbers"),
                row(MappingTable.INVERTED, "inverted", "C.23.3", put(shown, "{\"voiInverted\":true}")).becomes(SET + ".ShowGrayscaleInverted", "YES"),
                row(MappingTable.PALETTE, "palette", "C.23.3", put(shown, "{\"colormap\":{\"name\":\"hot_iron\"}}")).becomes(SET + ".PseudoColorType", "HOT_IRON"),
                row(MappingTable.PALETTE, "other palette", "C.23.3", put(shown, "{\"colormap\":{\"name\":\"hsv\"}}")).becomes(SET + ".PseudoColorType", null)
                        .reports(VIEWPORT_AT + ".displaySets[0].options.colormap.name ohif-only"),
                row(MappingTable.SCROLLING, "synchronized scrolling", "C.23.3", put(options + "/syncGroups", "[{\"type\":\"imageSlice\",\"id\":\"s\"}]"),
                        put("/stages/0/viewports/1/viewportOptions/syncGroups", "[{\"type\":\"imageSlice\",\"id\":\"s\"}]"))
                        .becomes("SynchronizedScrollingSequence[1].DisplaySetScrollingGroup", "1\\2"),
                row(MappingTable.SCROLLING, "other synchronization", "C.23.3", put(options + "/syncGroups", "[{\"type\":\"zoomPan\",\"id\":\"s\"}]"))
                        .becomes("SynchronizedScrollingSequence[1].DisplaySetScrollingGroup", null).reports(optionsAt + ".syncGroups[0] ohif-only"),
                row(MappingTable.OTHER_OHIF, "first image", "C.23.3", put(options + "/initialImageOptions", "{\"preset\":\"middle\"}"))
                        .reports(optionsAt + ".initialImageOptions ohif-only"),
                row(MappingTable.OTHER_OHIF, "next series", "C.23.3", put(VIEWPORT + "/displaySets/0/matchedDisplaySetsIndex", "1"))
                        .reports(VIEWPORT_AT + ".displaySets[0].matchedDisplaySetsIndex matched-index"),
                row(MappingTable.OTHER_OHIF, "fusion", "C.23.3", put(VIEWPORT + "/displaySets/1", "{\"id\":\"prior\"}")).reports(VIEWPORT_AT + ".displaySets several-display-sets"),
                row(MappingTable.IMAGE_BOX, "viewport without selector", "C.23.3", put(VIEWPORT + "/displaySets", "[]"))
                        .becomes(SET + ".ImageBoxesSequence[1].DisplayEnvironmentSpatialPosition", "0.5\\1\\1\\0").reports(VIEWPORT_AT + " empty-viewport"),
                row(MappingTable.ADAPT_LAYOUT, "stage that counts when filled", "C.23.3", put("/stages/0/stageActivation", "{\"enabled\":{\"minViewportsMatched\":2}}"))
                        .becomes("PartialDataDisplayHandling", "ADAPT_LAYOUT"),
                row(MappingTable.MAINTAIN_LAYOUT, "stage that counts always", "C.23.3", put("/stages/0/stageActivation", "{\"enabled\":{\"minViewportsMatched\":0}}"))
                        .becomes("PartialDataDisplayHandling", "MAINTAIN_LAYOUT")
                        .reports("stages[0].stageActivation.enabled.minViewportsMatched ohif-only"));
    }

    static JsonObject parse(String json) {
        try (JsonReader reader = Json.createReader(new StringReader(json))) {
            return reader.readObject();
        }
    }
}
