package org.hpqr.ohif;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;

/**
 * An example of a row of the table in docs/viewers.md, from DICOM to OHIF: a change of {@link SampleProtocol} and what it becomes.
 *
 * @param table    row of the table that it tests
 * @param clause   of PS3.3
 * @param expected JSON at a pointer in the array of protocols; {@code null}: nothing is there
 * @param reported diagnostics that the sample itself has not, each its path and code
 */
record DicomRow(MappingTable table, String name, String clause, Consumer<Attributes> change, Map<String, String> expected, List<String> reported) {

    private static final String CURRENT_RULES = "/0/displaySetSelectors/current/seriesMatchingRules";
    private static final String PRIOR_STUDY = "/0/displaySetSelectors/prior/studyMatchingRules/0/constraint";
    private static final String LEFT = "/0/stages/0/viewports/0";
    private static final String SELECTOR = "ImageSetsSequence[1].ImageSetSelectorSequence[1]";
    private static final String PRIOR_FRAME = "ImageSetsSequence[2].TimeBasedImageSetsSequence[1]";
    private static final String SET = "DisplaySetsSequence[1]";
    private static final String BOX = "DisplaySetsSequence[1].ImageBoxesSequence[1]";

    /** Is it what a server with {@code validation=full} stores? Others may keep more. */
    boolean isValid() {
        return !Set.of("nothing to test", "image set that is not there", "other layout type").contains(name);
    }

    Attributes protocol() {
        Attributes protocol = SampleProtocol.make();
        change.accept(protocol);
        return protocol;
    }

    @Override
    public String toString() {
        return table.key() + ": " + name + " (PS3.3 " + clause + ')';
    }

    private static DicomRow row(MappingTable table, String name, String clause, Consumer<Attributes> change) {
        return new DicomRow(table, name, clause, change, new LinkedHashMap<>(), new ArrayList<>());
    }

    private DicomRow becomes(String pointer, String json) {
        expected.put(pointer, json);
        return this;
    }

    private DicomRow reports(String... pathsAndCodes) {
        reported.addAll(List.of(pathsAndCodes));
        return this;
    }

    static Stream<DicomRow> all() {
        return Stream.of(identity(), definitions(), imageSets(), times(), displaySets(), filters()).flatMap(rows -> rows);
    }

    private static Stream<DicomRow> identity() {
        return Stream.of(
                row(MappingTable.IDENTIFICATION, "identification", "C.23.1", p -> { })
                        .becomes("/0/id", "\"2.25.1234567890\"").becomes("/0/name", "\"CT prior\"")
                        .becomes("/0/description", "\"CT beside its prior\"").becomes("/0/createdDate", "\"2026-11-28T10:11:12.5+01:00\""),
                row(MappingTable.OWNER, "level", "C.23.1", p -> p.setString(Tag.HangingProtocolLevel, VR.CS, "SINGLE_USER"))
                        .becomes("/0/availableTo", "{\"level\":\"SINGLE_USER\"}").becomes("/0/protocolMatchingRules/0/weight", "4001"),
                row(MappingTable.OWNER, "user", "C.23.1", p -> p.getSequence(Tag.HangingProtocolUserIdentificationCodeSequence).add(SampleProtocol.code("7", "Chan")))
                        .becomes("/0/availableTo/users", "[{\"value\":\"7\",\"scheme\":\"SCT\",\"meaning\":\"Chan\"}]"),
                row(MappingTable.OWNER, "group", "C.23.1", p -> p.setString(Tag.HangingProtocolUserGroupName, VR.LO, "CHEST"))
                        .becomes("/0/availableTo/group", "\"CHEST\""),
                row(MappingTable.OTHER_DICOM, "creator", "C.23.1", p -> p.setString(Tag.HangingProtocolCreator, VR.LO, "Someone"))
                        .reports("HangingProtocolCreator unsupported"),
                row(MappingTable.PRIORS, "no priors", "C.23.1", p -> p.setInt(Tag.NumberOfPriorsReferenced, VR.US, 0))
                        .becomes("/0/numberOfPriorsReferenced", "-1").becomes("/0/displaySetSelectors/current/studyMatchingRules", null)
                        .becomes("/0/stages/0/viewports/1/displaySets", "[]").reports(PRIOR_FRAME + " time"),
                row(MappingTable.PRIORS, "two priors", "C.23.1", p -> p.setInt(Tag.NumberOfPriorsReferenced, VR.US, 2))
                        .becomes("/0/numberOfPriorsReferenced", "2"),
                row(MappingTable.IMAGE_BOX, "screens", "C.23.2", p -> p.setInt(Tag.NumberOfScreens, VR.US, 2)).reports("NumberOfScreens screens"),
                row(MappingTable.OTHER_DICOM, "screen sizes", "C.23.2", p -> p.getSequence(Tag.NominalScreenDefinitionSequence).add(screen()))
                        .reports("NominalScreenDefinitionSequence unsupported"),
                row(MappingTable.OTHER_DICOM, "private attribute", "C.23.1", p -> p.setString("SOMEBODY", 0x00750001, VR.LO, "x")).reports("00751001 unsupported"));
    }

    private static Stream<DicomRow> definitions() {
        return Stream.of(
                row(MappingTable.MODALITY, "modality", "C.23.1.1.1", p -> { })
                        .becomes("/0/protocolMatchingRules", "[{\"attribute\":\"ModalitiesInStudy\",\"required\":true,"
                                + "\"constraint\":{\"includes\":[\"CT\"]},\"weight\":2001}]"),
                row(MappingTable.MODALITY, "modalities are alternatives", "C.23.1.1.1", p -> p.getSequence(Tag.HangingProtocolDefinitionSequence).add(definition("PT")))
                        .becomes("/0/protocolMatchingRules/0/constraint", "{\"includes\":[\"CT\",\"PT\"]}").becomes("/1", null),
                row(MappingTable.CODES, "region", "C.23.1.1.1", p -> region(p))
                        .becomes("/0/protocolMatchingRules/1", "{\"attribute\":\"StudyDescription\",\"required\":true,"
                                + "\"constraint\":{\"containsI\":[\"Chest\"]},\"weight\":1}")
                        .reports("HangingProtocolDefinitionSequence[1].AnatomicRegionSequence definition-code"),
                row(MappingTable.CODES, "procedure", "C.23.1.1.1", p -> definition(p).getSequence(Tag.ProcedureCodeSequence).add(SampleProtocol.code("1", "Staging")))
                        .becomes("/0/protocolMatchingRules/1/constraint", "{\"containsI\":[\"Staging\"]}")
                        .reports("HangingProtocolDefinitionSequence[1].ProcedureCodeSequence definition-code"),
                row(MappingTable.CODES, "reason", "C.23.1.1.1", p -> definition(p).getSequence(Tag.ReasonForRequestedProcedureCodeSequence).add(SampleProtocol.code("2", "Cough")))
                        .becomes("/0/protocolMatchingRules/1/constraint", "{\"containsI\":[\"Cough\"]}")
                        .reports("HangingProtocolDefinitionSequence[1].ReasonForRequestedProcedureCodeSequence definition-code"),
                row(MappingTable.LATERALITY, "laterality", "C.23.1.1.1", p -> {
                    region(p);
                    definition(p).setString(Tag.Laterality, VR.CS, "R");
                }).reports("HangingProtocolDefinitionSequence[1].AnatomicRegionSequence definition-code",
                                "HangingProtocolDefinitionSequence[1].Laterality unsupported"),
                row(MappingTable.CODES, "different codes", "C.23.1.1.1", p -> {
                    p.getSequence(Tag.HangingProtocolDefinitionSequence).add(definition("CT"));
                    region(p);
                }).becomes("/0/id", "\"2.25.1234567890\"").becomes("/1/id", "\"2.25.1234567890#2\"").becomes("/1/protocolMatchingRules/1", null)
                        .reports("HangingProtocolDefinitionSequence[1].AnatomicRegionSequence definition-code",
                                "HangingProtocolDefinitionSequence several-protocols"),
                row(MappingTable.MODALITY, "nothing to test", "C.23.1.1.1", p -> definition(p).remove(Tag.Modality))
                        .becomes("/0/protocolMatchingRules", "[]").reports("HangingProtocolDefinitionSequence[1] never-chosen"));
    }

    private static Stream<DicomRow> imageSets() {
        return Stream.of(
                row(MappingTable.SELECTORS, "selector", "C.23.1.1.3", p -> { }).becomes(CURRENT_RULES, "[{\"attribute\":\"Modality\",\"weight\":1,\"required\":true,"
                        + "\"constraint\":{\"includes\":[\"CT\"]}}]"),
                row(MappingTable.SELECTORS, "several values", "C.23.1.1.3", p -> select(p, SampleProtocol.selector(Tag.Modality, "CS", "CT", "PT")))
                        .becomes(CURRENT_RULES + "/0/constraint", "{\"includes\":[\"CT\",\"PT\"]}"),
                row(MappingTable.SELECTORS, "numbers", "C.23.1.1.3", p -> select(p, SampleProtocol.selector(Tag.SliceThickness, "DS", "1.50")))
                        .becomes(CURRENT_RULES + "/0/constraint", "{\"includes\":[1.5]}"),
                row(MappingTable.USAGE_FLAG, "usage flag MATCH", "C.23.1.1.3", p -> selector(p).setString(Tag.ImageSetSelectorUsageFlag, VR.CS, "MATCH"))
                        .becomes(CURRENT_RULES + "/0/required", "false").reports(SELECTOR + " usage-flag"),
                row(MappingTable.VALUE_NUMBER, "value number", "C.23.1.1.3", p -> select(p, SampleProtocol.selector(Tag.ImageType, "CS", "ORIGINAL")))
                        .becomes(CURRENT_RULES + "/0/attribute", "\"ImageType\"").reports(SELECTOR + " selector-value-number"),
                row(MappingTable.VALUE_NUMBER, "any value", "C.23.1.1.3", p -> {
                    Attributes any = SampleProtocol.selector(Tag.ImageType, "CS", "ORIGINAL");
                    any.setInt(Tag.SelectorValueNumber, VR.US, 0);
                    select(p, any);
                }).becomes(CURRENT_RULES + "/0/constraint", "{\"includes\":[\"ORIGINAL\"]}"),
                row(MappingTable.SELECTORS, "private attribute of images", "C.23.4.1", p -> p.getSequence(Tag.ImageSetsSequence).get(0).getSequence(Tag.ImageSetSelectorSequence)
                        .add(privateSelector())).reports("ImageSetsSequence[1].ImageSetSelectorSequence[2] selector"),
                row(MappingTable.SELECTORS, "attribute in a sequence", "C.23.4.1", p -> p.getSequence(Tag.ImageSetsSequence).get(0).getSequence(Tag.ImageSetSelectorSequence)
                        .add(nestedSelector())).reports("ImageSetsSequence[1].ImageSetSelectorSequence[2] selector"),
                row(MappingTable.SELECTORS, "attribute in a functional group", "C.23.4.1", p -> selector(p).setInt(Tag.FunctionalGroupPointer, VR.AT, Tag.CTReconstructionSequence))
                        .becomes(LEFT + "/displaySets", "[]").reports(SELECTOR + " selector", "ImageSetsSequence[1].ImageSetSelectorSequence no-selector"),
                row(MappingTable.SELECTORS, "code", "C.23.4.2", p -> {
                    selector(p).setInt(Tag.SelectorAttribute, VR.AT, Tag.ViewCodeSequence);
                    selector(p).setString(Tag.SelectorAttributeVR, VR.CS, "SQ");
                    selector(p).remove(Tag.SelectorCSValue);
                    selector(p).newSequence(Tag.SelectorCodeSequenceValue, 1).add(SampleProtocol.code("399162004", "cranio-caudal"));
                }).becomes(LEFT + "/displaySets", "[]").reports(SELECTOR + " selector", "ImageSetsSequence[1].ImageSetSelectorSequence no-selector"));
    }

    private static Stream<DicomRow> times() {
        return Stream.of(
                row(MappingTable.RELATIVE_TIME, "current study", "C.23.1.1.2", p -> { })
                        .becomes("/0/displaySetSelectors/current/studyMatchingRules", "[{\"attribute\":\"studyInstanceUIDsIndex\",\"from\":\"options\","
                                + "\"weight\":1,\"required\":true,\"constraint\":{\"equals\":{\"value\":0}}}]"),
                row(MappingTable.ABSTRACT_PRIOR, "prior study", "C.23.1.1.2", p -> { }).becomes(PRIOR_STUDY, "{\"equals\":{\"value\":1}}"),
                row(MappingTable.ABSTRACT_PRIOR, "prior studies 1 to 3", "C.23.1.1.2", p -> prior(p).setInt(Tag.AbstractPriorValue, VR.SS, 1, 3))
                        .becomes(PRIOR_STUDY, "{\"range\":[1,3]}").reports(PRIOR_FRAME + " prior-range"),
                row(MappingTable.ABSTRACT_PRIOR, "all prior studies", "C.23.1.1.2", p -> prior(p).setInt(Tag.AbstractPriorValue, VR.SS, 1, -1))
                        .becomes(PRIOR_STUDY, "{\"range\":[1,1000]}").reports(PRIOR_FRAME + " prior-range"),
                row(MappingTable.ABSTRACT_PRIOR, "oldest prior study", "C.23.1.1.2", p -> prior(p).setInt(Tag.AbstractPriorValue, VR.SS, -1, -1))
                        .becomes("/0/stages/0/viewports/1/displaySets", "[]").reports(PRIOR_FRAME + " time"),
                row(MappingTable.ABSTRACT_PRIOR, "coded prior study", "C.23.1.1.2", p -> {
                    prior(p).remove(Tag.AbstractPriorValue);
                    prior(p).newSequence(Tag.AbstractPriorCodeSequence, 1).add(SampleProtocol.code("3", "Baseline"));
                }).becomes("/0/stages/0/viewports/1/displaySets", "[]").reports(PRIOR_FRAME + " time"),
                row(MappingTable.RELATIVE_TIME, "one to five years before", "C.23.1.1.2", p -> time(prior(p), 1, 5))
                        .becomes("/0/stages/0/viewports/1/displaySets", "[]").reports(PRIOR_FRAME + " time"),
                row(MappingTable.RELATIVE_TIME, "up to five years before", "C.23.1.1.2", p -> time(prior(p), 0, 5))
                        .becomes(PRIOR_STUDY, "{\"equals\":{\"value\":0}}").reports(PRIOR_FRAME + " time-range"));
    }

    private static Stream<DicomRow> displaySets() {
        return Stream.of(
                row(MappingTable.IMAGE_BOX, "image boxes", "C.23.3", p -> box(p).setDouble(Tag.DisplayEnvironmentSpatialPosition, VR.FD, 0, 0.75, 0.5, 0.25))
                        .becomes("/0/stages/0/viewportStructure", "{\"layoutType\":\"grid\",\"properties\":{\"rows\":1,\"columns\":2,\"layoutOptions\":["
                                + "{\"x\":0,\"y\":0.25,\"width\":0.5,\"height\":0.5},{\"x\":0.5,\"y\":0,\"width\":0.5,\"height\":1}]}}"),
                row(MappingTable.GROUP, "presentation group", "C.23.3", p -> {
                    p.getSequence(Tag.DisplaySetsSequence).get(1).setInt(Tag.DisplaySetPresentationGroup, VR.US, 2);
                    p.getSequence(Tag.DisplaySetsSequence).get(1).setString(Tag.DisplaySetPresentationGroupDescription, VR.LO, "Later");
                }).becomes("/0/stages/0/name", "\"Presentation group 1\"").becomes("/0/stages/1/name", "\"Later\"")
                        .becomes("/0/stages/1/viewports/0/displaySets/0/id", "\"prior\"").becomes("/0/stages/1/viewports/1", null),
                row(MappingTable.IMAGE_BOX, "image set that is not there", "C.23.3", p -> set(p).setInt(Tag.ImageSetNumber, VR.US, 7))
                        .becomes(LEFT + "/displaySets", "[]").reports(SET + ".ImageSetNumber image-set"),
                row(MappingTable.LAYOUT_TYPE, "other layout type", "C.23.3", p -> box(p).setString(Tag.ImageBoxLayoutType, VR.CS, "CAROUSEL"))
                        .becomes(LEFT + "/viewportOptions/viewportType", "\"stack\"").reports(BOX + ".ImageBoxLayoutType layout-type"),
                row(MappingTable.OTHER_DICOM, "labels", "C.23.3", p -> set(p).setString(Tag.DisplaySetLabel, VR.LO, "today")).reports(SET + ".DisplaySetLabel unsupported"),
                row(MappingTable.LAYOUT_TYPE, "SINGLE", "C.23.3", p -> box(p).setString(Tag.ImageBoxLayoutType, VR.CS, "SINGLE"))
                        .becomes(LEFT + "/viewportOptions/viewportType", "\"stack\"").reports(BOX + ".ImageBoxLayoutType single"),
                row(MappingTable.LAYOUT_TYPE, "CINE", "C.23.3", p -> {
                    box(p).setString(Tag.ImageBoxLayoutType, VR.CS, "CINE");
                    box(p).setInt(Tag.PreferredPlaybackSequencing, VR.US, 0);
                    box(p).setInt(Tag.RecommendedDisplayFrameRate, VR.IS, 15);
                }).becomes(LEFT + "/viewportOptions/viewportType", "\"stack\"").reports(BOX + ".ImageBoxLayoutType cine"),
                row(MappingTable.LAYOUT_TYPE, "TILED in two boxes", "C.23.3", p -> {
                    tile(box(p));
                    Attributes second = new Attributes(box(p));
                    second.setInt(Tag.ImageBoxNumber, VR.US, 2);
                    set(p).getSequence(Tag.ImageBoxesSequence).add(second);
                }).becomes("/0/stages/0/viewports/1/displaySets/0/matchedDisplaySetsIndex", "1")
                        .reports(BOX + ".ImageBoxLayoutType tiles", "DisplaySetsSequence[1].ImageBoxesSequence[2].ImageBoxLayoutType tiles",
                                "DisplaySetsSequence[1].ImageBoxesSequence[2] several-boxes"),
                row(MappingTable.MPR, "PROCESSED, MPR", "C.23.3", p -> reformat(p, "MPR", "CORONAL"))
                        .becomes(LEFT + "/viewportOptions", "{\"toolGroupId\":\"default\",\"viewportType\":\"volume\",\"orientation\":\"coronal\"}")
                        .becomes("/0/displaySetSelectors/current/seriesMatchingRules/1", "{\"attribute\":\"isReconstructable\",\"weight\":1,\"required\":true,"
                                + "\"constraint\":{\"equals\":{\"value\":true}}}")
                        .reports(SET + ".ReformattingInterval unsupported", SET + ".ReformattingThickness unsupported"),
                row(MappingTable.MPR, "MPR OBLIQUE", "C.23.3", p -> reformat(p, "MPR", "OBLIQUE")).becomes(LEFT + "/viewportOptions/viewportType", "\"stack\"")
                        .reports(SET + ".ReformattingInterval unsupported", SET + ".ReformattingThickness unsupported",
                                SET + ".ReformattingOperationType reformatting"),
                row(MappingTable.SLAB, "SLAB", "C.23.3", p -> reformat(p, "SLAB", null)).becomes(LEFT + "/viewportOptions/viewportType", "\"stack\"")
                        .reports(SET + ".ReformattingInterval unsupported", SET + ".ReformattingThickness unsupported",
                                SET + ".ReformattingOperationType reformatting"),
                row(MappingTable.MIP, "3D_RENDERING, MIP", "C.23.3", p -> render(p, "MIP"))
                        .becomes(LEFT + "/displaySets/0/options", "{\"blendMode\":\"MIP\",\"slabThickness\":\"fullVolume\"}")
                        .becomes(LEFT + "/viewportOptions/viewportType", "\"volume\""),
                row(MappingTable.RENDERING, "3D_RENDERING, VOLUME", "C.23.3", p -> render(p, "VOLUME"))
                        .becomes(LEFT + "/viewportOptions/viewportType", "\"volume3d\"").reports(SET + ".ThreeDRenderingType rendering"),
                row(MappingTable.VOI_TYPE, "VOI type", "C.23.3", p -> set(p).setString(Tag.VOIType, VR.CS, "LUNG"))
                        .becomes(LEFT + "/displaySets/0/options/voi", "{\"windowWidth\":1500,\"windowCenter\":-600}").reports(SET + ".VOIType window"),
                row(MappingTable.VOI_TYPE, "VOI type without numbers", "C.23.3", p -> set(p).setString(Tag.VOIType, VR.CS, "PANCREAS"))
                        .becomes(LEFT + "/displaySets/0/options", "{}").reports(SET + ".VOIType window-unknown"),
                row(MappingTable.INVERTED, "inverted", "C.23.3", p -> set(p).setString(Tag.ShowGrayscaleInverted, VR.CS, "YES"))
                        .becomes(LEFT + "/displaySets/0/options/voiInverted", "true"),
                row(MappingTable.PALETTE, "palette", "C.23.3", p -> palette(p, "HOT_IRON", "1.2.840.10008.1.5.1"))
                        .becomes(LEFT + "/displaySets/0/options/colormap", "{\"name\":\"hot_iron\"}"),
                row(MappingTable.PALETTE, "palette that OHIF has not", "C.23.3", p -> palette(p, "WINTER", "1.2.840.10008.1.5.8"))
                        .becomes(LEFT + "/displaySets/0/options", "{}").reports(SET + ".PseudoColorType palette"),
                row(MappingTable.OTHER_DICOM, "true size", "C.23.3", p -> set(p).setString(Tag.ShowImageTrueSizeFlag, VR.CS, "YES"))
                        .reports(SET + ".ShowImageTrueSizeFlag unsupported"),
                row(MappingTable.SLAB, "blending", "C.23.3", p -> set(p).setString(Tag.BlendingOperationType, VR.CS, "COLOR"))
                        .reports(SET + ".BlendingOperationType unsupported"),
                row(MappingTable.SCROLLING, "synchronized scrolling", "C.23.3", p -> {
                    Attributes item = new Attributes();
                    item.setInt(Tag.DisplaySetScrollingGroup, VR.US, 1, 2);
                    p.newSequence(Tag.SynchronizedScrollingSequence, 1).add(item);
                }).becomes(LEFT + "/viewportOptions/syncGroups", "[{\"type\":\"imageSlice\",\"id\":\"scroll 1\",\"source\":true,\"target\":true}]")
                        .becomes("/0/stages/0/viewports/1/viewportOptions/syncGroups/0/id", "\"scroll 1\""),
                row(MappingTable.OTHER_DICOM, "navigation", "C.23.3", p -> {
                    Attributes item = new Attributes();
                    item.setInt(Tag.NavigationDisplaySet, VR.US, 1);
                    item.setInt(Tag.ReferenceDisplaySets, VR.US, 2);
                    p.newSequence(Tag.NavigationIndicatorSequence, 1).add(item);
                }).reports("NavigationIndicatorSequence unsupported"),
                row(MappingTable.MAINTAIN_LAYOUT, "MAINTAIN_LAYOUT", "C.23.3", p -> { }).becomes("/0/stages/0/stageActivation", null),
                row(MappingTable.ADAPT_LAYOUT, "ADAPT_LAYOUT", "C.23.3", p -> p.setString(Tag.PartialDataDisplayHandling, VR.CS, "ADAPT_LAYOUT"))
                        .becomes("/0/stages/0/stageActivation", "{\"enabled\":{\"minViewportsMatched\":2}}")
                        .reports("PartialDataDisplayHandling partial-data"));
    }

    private static Stream<DicomRow> filters() {
        String path = SET + ".FilterOperationsSequence[1]";
        String rule = "/0/displaySetSelectors/current/seriesMatchingRules/1";
        return Stream.of(
                row(MappingTable.FILTERS, "filter by value", "C.23.3.1", p -> filter(p, SampleProtocol.selector(Tag.SeriesDescription, "LO", "axial"), "MEMBER_OF"))
                        .becomes(rule + "/constraint", "{\"includes\":[\"axial\"]}").reports(path + " filter-series"),
                row(MappingTable.FILTERS, "filter without usage flag", "C.23.3.1", p -> {
                    Attributes selector = SampleProtocol.selector(Tag.SeriesDescription, "LO", "axial");
                    selector.remove(Tag.ImageSetSelectorUsageFlag);
                    filter(p, selector, "MEMBER_OF");
                }).becomes(rule, "{\"attribute\":\"SeriesDescription\",\"weight\":1,\"required\":false,\"constraint\":{\"includes\":[\"axial\"]}}")
                        .reports(path + " filter-series", path + " usage-flag"),
                row(MappingTable.FILTERS, "filter that excludes", "C.23.3.1", p -> filter(p, SampleProtocol.selector(Tag.ImageType, "CS", "LOCALIZER"), "NOT_MEMBER_OF"))
                        .becomes(rule + "/constraint", "{\"doesNotInclude\":[\"LOCALIZER\"]}")
                        .reports(path + " filter-series", path + " selector-value-number"),
                row(MappingTable.FILTERS, "filter by range", "C.23.3.1", p -> filter(p, SampleProtocol.selector(Tag.SliceThickness, "DS", "1", "3"), "RANGE_INCL"))
                        .becomes(rule + "/constraint", "{\"range\":[1,3]}").reports(path + " filter-series"),
                row(MappingTable.FILTERS, "filter by limit", "C.23.3.1", p -> filter(p, SampleProtocol.selector(Tag.Rows, "US", "512"), "GREATER_OR_EQUAL"))
                        .becomes(rule + "/constraint", "{\"greaterThan\":{\"value\":512}}").reports(path + " filter-series"),
                row(MappingTable.FILTERS, "filter that OHIF has not", "C.23.3.1", p -> filter(p, SampleProtocol.selector(Tag.Rows, "US", "512"), "LESS_THAN"))
                        .becomes(rule, null).reports(path + " filter"),
                row(MappingTable.FILTERS, "filter by presence", "C.23.3.1", p -> {
                    Attributes filter = new Attributes();
                    filter.setInt(Tag.SelectorAttribute, VR.AT, Tag.ContrastBolusAgent);
                    filter.setString(Tag.FilterByAttributePresence, VR.CS, "PRESENT");
                    set(p).getSequence(Tag.FilterOperationsSequence).add(filter);
                }).becomes(rule, "{\"attribute\":\"ContrastBolusAgent\",\"weight\":1,\"required\":true,\"constraint\":{\"notNull\":true}}")
                        .reports(path + " filter-series"),
                row(MappingTable.PLANE, "filter by plane", "C.23.3.1", p -> {
                    Attributes filter = new Attributes();
                    filter.setString(Tag.FilterByCategory, VR.CS, "IMAGE_PLANE");
                    filter.setString(Tag.SelectorAttributeVR, VR.CS, "CS");
                    filter.setString(Tag.SelectorCSValue, VR.CS, "SAGITTAL");
                    filter.setString(Tag.FilterByOperator, VR.CS, "MEMBER_OF");
                    set(p).getSequence(Tag.FilterOperationsSequence).add(filter);
                }).becomes(rule, "{\"attribute\":\"imagePlane\",\"weight\":1,\"required\":false,\"constraint\":{\"includes\":[\"SAGITTAL\"]}}")
                        .reports(path + " plane"),
                row(MappingTable.SORTING, "sorting", "C.23.3.1", p -> {
                    Attributes sorting = new Attributes();
                    sorting.setString(Tag.SortByCategory, VR.CS, "ALONG_AXIS");
                    sorting.setString(Tag.SortingDirection, VR.CS, "INCREASING");
                    set(p).getSequence(Tag.SortingOperationsSequence).add(sorting);
                }).reports(SET + ".SortingOperationsSequence[1] sorting"));
    }

    private static Attributes definition(String modality) {
        Attributes definition = new Attributes();
        definition.setString(Tag.Modality, VR.CS, modality);
        definition.newSequence(Tag.ProcedureCodeSequence, 0);
        definition.newSequence(Tag.ReasonForRequestedProcedureCodeSequence, 0);
        return definition;
    }

    private static Attributes definition(Attributes protocol) {
        return protocol.getSequence(Tag.HangingProtocolDefinitionSequence).get(0);
    }

    private static void region(Attributes protocol) {
        definition(protocol).newSequence(Tag.AnatomicRegionSequence, 1).add(SampleProtocol.code("51185008", "Chest"));
        definition(protocol).setNull(Tag.Laterality, VR.CS);
    }

    private static void palette(Attributes protocol, String name, String uid) {
        set(protocol).setString(Tag.PseudoColorType, VR.CS, name);
        Attributes reference = new Attributes();
        reference.setString(Tag.ReferencedSOPClassUID, VR.UI, UID.ColorPaletteStorage);
        reference.setString(Tag.ReferencedSOPInstanceUID, VR.UI, uid);
        set(protocol).newSequence(Tag.PseudoColorPaletteInstanceReferenceSequence, 1).add(reference);
    }

    private static Attributes selector(Attributes protocol) {
        return protocol.getSequence(Tag.ImageSetsSequence).get(0).getSequence(Tag.ImageSetSelectorSequence).get(0);
    }

    private static void select(Attributes protocol, Attributes selector) {
        protocol.getSequence(Tag.ImageSetsSequence).get(0).getSequence(Tag.ImageSetSelectorSequence).set(0, selector);
    }

    private static Attributes privateSelector() {
        Attributes selector = SampleProtocol.selector(0x00191001, "CS", "X");
        selector.setString(Tag.SelectorAttributePrivateCreator, VR.LO, "SOMEBODY");
        return selector;
    }

    private static Attributes nestedSelector() {
        Attributes selector = SampleProtocol.selector(Tag.Modality, "CS", "CT");
        selector.setInt(Tag.SelectorSequencePointer, VR.AT, Tag.SourceImageSequence);
        return selector;
    }

    private static Attributes prior(Attributes protocol) {
        return protocol.getSequence(Tag.ImageSetsSequence).get(1).getSequence(Tag.TimeBasedImageSetsSequence).get(0);
    }

    private static void time(Attributes frame, int from, int to) {
        frame.remove(Tag.AbstractPriorValue);
        frame.setString(Tag.ImageSetSelectorCategory, VR.CS, "RELATIVE_TIME");
        frame.setInt(Tag.RelativeTime, VR.US, from, to);
        frame.setString(Tag.RelativeTimeUnits, VR.CS, "YEARS");
    }

    private static Attributes set(Attributes protocol) {
        return protocol.getSequence(Tag.DisplaySetsSequence).get(0);
    }

    private static Attributes box(Attributes protocol) {
        return set(protocol).getSequence(Tag.ImageBoxesSequence).get(0);
    }

    private static void tile(Attributes box) {
        box.setString(Tag.ImageBoxLayoutType, VR.CS, "TILED");
        box.setInt(Tag.ImageBoxTileHorizontalDimension, VR.US, 2);
        box.setInt(Tag.ImageBoxTileVerticalDimension, VR.US, 1);
        box.setString(Tag.ImageBoxScrollDirection, VR.CS, "VERTICAL");
        box.setString(Tag.ImageBoxSmallScrollType, VR.CS, "ROW_COLUMN");
        box.setInt(Tag.ImageBoxSmallScrollAmount, VR.US, 1);
        box.setString(Tag.ImageBoxLargeScrollType, VR.CS, "PAGE");
        box.setInt(Tag.ImageBoxLargeScrollAmount, VR.US, 1);
    }

    private static void reformat(Attributes protocol, String type, String direction) {
        set(protocol).setString(Tag.ReformattingOperationType, VR.CS, type);
        set(protocol).setDouble(Tag.ReformattingThickness, VR.FD, 3);
        set(protocol).setDouble(Tag.ReformattingInterval, VR.FD, 3);
        if (direction != null)
            set(protocol).setString(Tag.ReformattingOperationInitialViewDirection, VR.CS, direction);
        box(protocol).setString(Tag.ImageBoxLayoutType, VR.CS, "PROCESSED");
    }

    private static void render(Attributes protocol, String type) {
        set(protocol).setString(Tag.ReformattingOperationType, VR.CS, "3D_RENDERING");
        set(protocol).setString(Tag.ReformattingOperationInitialViewDirection, VR.CS, "CORONAL");
        set(protocol).setString(Tag.ThreeDRenderingType, VR.CS, type);
        box(protocol).setString(Tag.ImageBoxLayoutType, VR.CS, "PROCESSED");
    }

    private static void filter(Attributes protocol, Attributes filter, String operator) {
        filter.setString(Tag.FilterByOperator, VR.CS, operator);
        set(protocol).getSequence(Tag.FilterOperationsSequence).add(filter);
    }

    private static Attributes screen() {
        Attributes screen = new Attributes();
        screen.setInt(Tag.NumberOfVerticalPixels, VR.US, 1200);
        screen.setInt(Tag.NumberOfHorizontalPixels, VR.US, 1600);
        screen.setDouble(Tag.DisplayEnvironmentSpatialPosition, VR.FD, 0, 1, 1, 0);
        screen.setInt(Tag.ScreenMinimumGrayscaleBitDepth, VR.US, 8);
        return screen;
    }
}
