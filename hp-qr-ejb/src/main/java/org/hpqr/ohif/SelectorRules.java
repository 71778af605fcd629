package org.hpqr.ohif;

import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;

/**
 * Makes image sets (PS3.3 C.23.1.1.2) of the display set selectors of OHIF. A rule that excludes values becomes a filter (C.23.3.1)
 * of the display sets that show the image set.
 */
final class SelectorRules {

    private static final Map<String, String> FILTERS = Mapping.OPERATORS.entrySet().stream()
            .filter(entry -> !entry.getKey().equals("MEMBER_OF")).collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey));
    private static final Set<String> EXCLUSIONS = Set.of("doesNotEqual", "doesNotInclude");
    private static final Set<String> PARTS = Set.of("contains", "containsI");
    private static final Set<String> OF_THE_IMAGES = Set.of("metadataInstance", "instance");
    private static final Set<String> RULE = Set.of("id", "attribute", "weight", "required", "constraint", "from");

    private final Diagnostics diagnostics;
    private final Set<String> modalities;
    private final int priorsReferenced;
    private final Map<String, ImageSet> byId = new HashMap<>();
    private int priors;

    /** @param filters items for Filter Operations Sequence (0072,0400), to be copied */
    record ImageSet(int number, List<Attributes> filters) {
    }

    /** @param modalities those of the definitions, for image sets of which nothing else can be said */
    SelectorRules(Diagnostics diagnostics, Set<String> modalities, int priorsReferenced) {
        this.diagnostics = diagnostics;
        this.modalities = modalities;
        this.priorsReferenced = priorsReferenced;
    }

    Optional<ImageSet> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** The oldest prior study that an image set asks for. */
    int priors() {
        return priors;
    }

    /** An item of Image Sets Sequence (0072,0020). */
    Attributes imageSet(String id, String label, Fields selector) {
        selector.reportOthers(diagnostics, Set.of("id", "studyMatchingRules", "seriesMatchingRules"));
        Attributes item = new Attributes();
        Sequence selectors = item.newSequence(Tag.ImageSetSelectorSequence, 2);
        List<Attributes> filters = new ArrayList<>();
        for (Fields rule : selector.objects("seriesMatchingRules"))
            rule(rule, selectors, filters);
        if (selectors.isEmpty()) {
            diagnostics.report(selector.at("seriesMatchingRules"), "selector-empty", String.join(", ", modalities));
            selectors.add(selector(Mapping.attribute("Modality").orElseThrow(), List.copyOf(modalities), false));
        }
        Attributes frame = new Attributes();
        frame.setInt(Tag.ImageSetNumber, VR.US, byId.size() + 1);
        study(selector, frame);
        frame.setString(Tag.ImageSetLabel, VR.LO, label);
        item.newSequence(Tag.TimeBasedImageSetsSequence, 1).add(frame);
        byId.put(id, new ImageSet(byId.size() + 1, filters));
        return item;
    }

    private void rule(Fields rule, Sequence selectors, List<Attributes> filters) {
        String name = rule.text("attribute").orElse("");
        boolean required = rule.flag("required", false);
        rule.reportOthers(diagnostics, RULE);
        for (Map.Entry<String, JsonValue> constraint : rule.object("constraint").object().entrySet()) {
            ConstraintValues values = ConstraintValues.of(constraint.getValue());
            // what reformatting asks for anyway
            if (name.equals("isReconstructable") && constraint.getKey().equals("equals") && values.isTrue())
                continue;
            if (name.equals(OhifNames.IMAGE_PLANE) && constraint.getKey().equals("includes") && !values.texts("CS").isEmpty()) {
                filters.add(plane(values.texts("CS"), required));
                if (!required)
                    diagnostics.report(rule.path(), "not-required", name);
                continue;
            }
            boolean ofTheImages = rule.text("from").isEmpty() || OF_THE_IMAGES.contains(rule.text("from").get());
            Optional<Mapping.Attribute> attribute = ofTheImages ? Mapping.attribute(name) : Optional.empty();
            if (attribute.isEmpty() || !constraint(attribute.get(), constraint.getKey(), values, required, rule, selectors, filters))
                diagnostics.report(rule.path(), "rule", name);
        }
        if (rule.object("constraint").object().isEmpty())
            diagnostics.report(rule.path(), "rule", name);
        if (rule.integer("weight").orElse(1) != 1)
            diagnostics.report(rule.at("weight"), "weight", name);
    }

    /** @return {@code false}: DICOM cannot say it */
    private boolean constraint(Mapping.Attribute attribute, String validator, ConstraintValues values, boolean required, Fields rule,
                               Sequence selectors, List<Attributes> filters) {
        List<String> wanted = Mapping.NUMBERS.contains(attribute.vr()) ? values.numbers(attribute.vr()) : values.texts(attribute.vr());
        if (validator.equals("notNull")) {
            Attributes filter = new Attributes();
            filter.setInt(Tag.SelectorAttribute, VR.AT, attribute.tag());
            filter.setString(Tag.FilterByAttributePresence, VR.CS, "PRESENT");
            filters.add(filter);
            return true;
        }
        if (wanted.isEmpty())
            return false;
        boolean parts = PARTS.contains(validator);
        if (validator.equals("includes") && values.list() || validator.equals("equals") && wanted.size() == 1
                || parts && attribute.vr().equals("CS")) {
            selectors.add(selector(attribute, wanted, required));
            if (parts)
                diagnostics.report(rule.path(), "contains", attribute.keyword());
            if (!required)
                diagnostics.report(rule.path(), "not-required", attribute.keyword());
            return true;
        }
        boolean exclusion = EXCLUSIONS.contains(validator);
        String operator = exclusion ? "NOT_MEMBER_OF" : FILTERS.get(validator);
        boolean numbers = Mapping.NUMBERS.contains(attribute.vr());
        if (operator == null || !exclusion && (!numbers || wanted.size() != (validator.equals("range") ? 2 : 1))
                || validator.equals("doesNotEqual") && wanted.size() != 1)
            return false;
        Attributes filter = values(attribute, wanted, exclusion || !required);
        filter.setString(Tag.FilterByOperator, VR.CS, operator);
        filters.add(filter);
        if (!required)
            diagnostics.report(rule.path(), "not-required", attribute.keyword());
        return true;
    }

    private static Attributes plane(List<String> planes, boolean required) {
        Attributes filter = new Attributes();
        filter.setString(Tag.ImageSetSelectorUsageFlag, VR.CS, required ? "NO_MATCH" : "MATCH");
        filter.setString(Tag.FilterByCategory, VR.CS, "IMAGE_PLANE");
        filter.setString(Tag.SelectorAttributeVR, VR.CS, "CS");
        filter.setString(Tag.SelectorCSValue, VR.CS, planes.toArray(String[]::new));
        filter.setString(Tag.FilterByOperator, VR.CS, "MEMBER_OF");
        return filter;
    }

    private static Attributes selector(Mapping.Attribute attribute, List<String> wanted, boolean required) {
        return values(attribute, wanted, !required);
    }

    /** Hanging Protocol Selector Attribute Value Macro (C.23.4.2). */
    private static Attributes values(Mapping.Attribute attribute, List<String> wanted, boolean matchIfAbsent) {
        Attributes item = new Attributes();
        item.setString(Tag.ImageSetSelectorUsageFlag, VR.CS, matchIfAbsent ? "MATCH" : "NO_MATCH");
        item.setInt(Tag.SelectorAttribute, VR.AT, attribute.tag());
        item.setString(Tag.SelectorAttributeVR, VR.CS, attribute.vr());
        int tag = Mapping.tag("Selector" + attribute.vr() + "Value").orElseThrow();
        if (attribute.vr().equals("US"))
            item.setInt(tag, VR.US, wanted.stream().mapToInt(Integer::parseInt).toArray());
        else
            item.setString(tag, VR.valueOf(attribute.vr()), wanted.toArray(String[]::new));
        // OHIF compares with each value of the attribute
        item.setInt(Tag.SelectorValueNumber, VR.US, 0);
        return item;
    }

    /** Time Based Image Sets Sequence (0072,0030): of the current study, or of which prior one. */
    private void study(Fields selector, Attributes frame) {
        int from = 0;
        int to = 0;
        boolean known = false;
        for (Fields rule : selector.objects("studyMatchingRules")) {
            Fields constraint = rule.object("constraint");
            List<String> equal = ConstraintValues.of(constraint.object().get("equals")).numbers("US");
            List<String> range = ConstraintValues.of(constraint.object().get("range")).numbers("US");
            boolean index = !known && rule.text("attribute").filter(OhifNames.STUDY_INDEX::equals).isPresent()
                    && constraint.object().size() == 1;
            if (index && equal.size() == 1 && Integer.parseInt(equal.get(0)) <= Short.MAX_VALUE) {
                from = to = Integer.parseInt(equal.get(0));
                known = true;
            } else if (index && range.size() == 2 && isRange(range)) {
                from = Integer.parseInt(range.get(0));
                to = Integer.parseInt(range.get(1));
                known = true;
            } else {
                diagnostics.report(rule.path(), "rule", rule.text("attribute").orElse(""));
            }
            rule.reportOthers(diagnostics, RULE);
        }
        if (!known && priorsReferenced > 0)
            diagnostics.report(selector.at("studyMatchingRules"), "any-study");
        if (from == 0) {
            frame.setString(Tag.ImageSetSelectorCategory, VR.CS, "RELATIVE_TIME");
            frame.setInt(Tag.RelativeTime, VR.US, 0, 0);
            frame.setString(Tag.RelativeTimeUnits, VR.CS, "MINUTES");
        } else {
            boolean all = to >= ImageSetRules.ALL_PRIORS;
            frame.setString(Tag.ImageSetSelectorCategory, VR.CS, "ABSTRACT_PRIOR");
            frame.setInt(Tag.AbstractPriorValue, VR.SS, from, all ? -1 : to);
            priors = Math.max(priors, all ? from : to);
        }
    }

    private static boolean isRange(List<String> range) {
        int from = Integer.parseInt(range.get(0));
        int to = Integer.parseInt(range.get(1));
        return from > 0 && from <= to && from < Short.MAX_VALUE && to <= Short.MAX_VALUE;
    }
}
