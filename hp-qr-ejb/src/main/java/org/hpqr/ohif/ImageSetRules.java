package org.hpqr.ohif;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.dcm4che3.data.Tag;

/** Rules of OHIF that find the images of image sets (PS3.3 C.23.1.1.2, C.23.1.1.3), and of filters (C.23.3.1). */
final class ImageSetRules {

    /** More prior studies than anybody opens. */
    static final int ALL_PRIORS = 1_000;
    private static final String RANGE = "range";
    /** Validators of OHIF that compare with one number. */
    private static final Set<String> LIMITS = Set.of("greaterThan", "lessThan");

    private final Diagnostics diagnostics;
    private final int priors;

    /**
     * An image set.
     *
     * @param label      its Image Set Label, or its number
     * @param studyRules what the study has to be
     * @param rules      what its series have to be; none if OHIF cannot find its images
     */
    record ImageSet(String label, List<JsonObject> studyRules, List<JsonObject> rules) {
    }

    /** @param priors Number of Priors Referenced (0072,0014) */
    ImageSetRules(Diagnostics diagnostics, int priors) {
        this.diagnostics = diagnostics;
        this.priors = priors;
    }

    /** A rule of OHIF. */
    static JsonObject rule(String attribute, boolean required, JsonObject constraint) {
        return Json.createObjectBuilder().add("attribute", attribute).add("weight", 1).add("required", required)
                .add("constraint", constraint).build();
    }

    /** Image Sets Sequence (0072,0020): the image sets by their numbers. */
    Map<Integer, ImageSet> read(Item protocol) {
        Map<Integer, ImageSet> sets = new HashMap<>();
        diagnostics.report("ImageSetsSequence", "one-series");
        List<Item> items = protocol.items(Tag.ImageSetsSequence);
        for (int i = 0; i < items.size(); i++) {
            String path = "ImageSetsSequence[" + (i + 1) + "].";
            ToOhif.reportOthers(diagnostics, items.get(i), "imageSet", path);
            List<JsonObject> rules = selectors(items.get(i), path + "ImageSetSelectorSequence");
            List<Item> frames = items.get(i).items(Tag.TimeBasedImageSetsSequence);
            for (int f = 0; f < frames.size(); f++) {
                String framePath = path + "TimeBasedImageSetsSequence[" + (f + 1) + ']';
                ToOhif.reportOthers(diagnostics, frames.get(f), "timeFrame", framePath + '.');
                Optional<List<JsonObject>> study = studyRules(frames.get(f), framePath);
                int number = frames.get(f).integer(Tag.ImageSetNumber).orElse(0);
                sets.putIfAbsent(number, new ImageSet(frames.get(f).text(Tag.ImageSetLabel).orElse("Image set " + number),
                        study.orElse(List.of()), study.isPresent() ? rules : List.of()));
            }
        }
        return sets;
    }

    private List<JsonObject> selectors(Item imageSet, String path) {
        List<JsonObject> rules = new ArrayList<>();
        List<Item> items = imageSet.items(Tag.ImageSetSelectorSequence);
        for (int s = 0; s < items.size(); s++) {
            String itemPath = path + '[' + (s + 1) + ']';
            Optional<JsonObject> rule = valueRule(items.get(s), "includes");
            if (rule.isPresent()) {
                ToOhif.reportOthers(diagnostics, items.get(s), "selector", itemPath + '.');
                reportApproximations(items.get(s), rule.get(), true, itemPath);
            } else {
                diagnostics.report(itemPath, "selector", attributeName(items.get(s)));
            }
            rule.ifPresent(rules::add);
        }
        if (rules.isEmpty())
            diagnostics.report(path, "no-selector");
        return rules;
    }

    private void reportApproximations(Item item, JsonObject rule, boolean values, String path) {
        int tag = tag(item);
        int number = item.integer(Tag.SelectorValueNumber).orElse(0);
        if (values && (number > 1 || number > 0 && Mapping.attribute(tag).orElseThrow().severalValues()))
            diagnostics.report(path, "selector-value-number", Mapping.keyword(tag));
        if (!rule.getBoolean("required"))
            diagnostics.report(path, "usage-flag", rule.getString("attribute"));
    }

    private static int tag(Item item) {
        return item.text(Tag.SelectorAttribute).filter(text -> text.matches("[0-9A-F]{8}"))
                .map(text -> Integer.parseUnsignedInt(text, 16)).orElse(0);
    }

    /** What Selector Attribute (0072,0026) names, for people. */
    static String attributeName(Item item) {
        int tag = tag(item);
        return tag == 0 ? "no attribute" : Mapping.keyword(tag);
    }

    /** The attribute, if OHIF can test it. */
    private static Optional<String> attribute(Item item) {
        boolean nested = !item.texts(Tag.SelectorSequencePointer).isEmpty() || !item.texts(Tag.FunctionalGroupPointer).isEmpty();
        return nested ? Optional.empty() : Mapping.attribute(tag(item)).map(Mapping.Attribute::keyword);
    }

    private static Optional<JsonObject> valueRule(Item item, String validator) {
        String vr = item.text(Tag.SelectorAttributeVR).orElse("");
        boolean numeric = Mapping.NUMBERS.contains(vr);
        int tag = Mapping.tag("Selector" + vr + "Value").orElse(0);
        JsonArrayBuilder wanted = Json.createArrayBuilder();
        int count = 0;
        if (numeric) {
            List<BigDecimal> numbers = item.numbers(tag);
            numbers.forEach(wanted::add);
            count = numbers.size();
        } else if (Mapping.TEXTS.contains(vr)) {
            List<String> texts = item.texts(tag);
            texts.forEach(wanted::add);
            count = texts.size();
        }
        boolean limit = LIMITS.contains(validator);
        Optional<String> attribute = attribute(item);
        if (attribute.isEmpty() || count == 0
                || (limit || validator.equals(RANGE)) && (!numeric || count != (limit ? 1 : 2)))
            return Optional.empty();
        JsonValue values = wanted.build();
        JsonValue constraint = limit ? Json.createObjectBuilder().add("value", values.asJsonArray().get(0)).build() : values;
        return Optional.of(rule(attribute.get(), isRequired(item), Json.createObjectBuilder().add(validator, constraint).build()));
    }

    /**
     * Image Set Selector Usage Flag (0072,0024): what an image without the attribute counts as. A filter without it takes the image
     * (PS3.3 Table C.23.3-1).
     */
    private static boolean isRequired(Item item) {
        boolean filter = item.text(Tag.FilterByOperator).isPresent();
        return item.text(Tag.ImageSetSelectorUsageFlag).orElse(filter ? "MATCH" : "NO_MATCH").equals("NO_MATCH");
    }

    /** Which study the images are of; empty if OHIF cannot tell. */
    private Optional<List<JsonObject>> studyRules(Item frame, String path) {
        if (frame.text(Tag.ImageSetSelectorCategory).filter("RELATIVE_TIME"::equals).isPresent()) {
            List<BigDecimal> range = frame.numbers(Tag.RelativeTime);
            String text = range.size() < 2 ? "" : range.get(0).toPlainString() + " to " + range.get(1).toPlainString() + ' '
                    + frame.text(Tag.RelativeTimeUnits).orElse("");
            if (range.size() < 2 || range.get(0).signum() != 0)
                return noStudy(path, "what was acquired " + text + " before");
            if (range.get(1).signum() != 0)
                diagnostics.report(path, "time-range", text);
            return Optional.of(priors == 0 ? List.of() : List.of(indexRule("equals", value(0))));
        }
        List<BigDecimal> range = frame.numbers(Tag.AbstractPriorValue);
        if (range.size() < 2)
            return noStudy(path, "a coded prior study");
        int from = range.get(0).intValue();
        int to = range.get(1).intValue();
        if (from <= 0 || priors == 0)
            return noStudy(path, from > 0 ? "prior study " + from + " of a protocol without prior studies" : "the oldest prior study");
        diagnostics.report(path, "prior-order");
        if (from == to)
            return Optional.of(List.of(indexRule("equals", value(from))));
        diagnostics.report(path, "prior-range", to > 0 ? from + " to " + to : from + " and older");
        return Optional.of(List.of(indexRule(RANGE, Json.createArrayBuilder().add(from).add(to > 0 ? to : ALL_PRIORS).build())));
    }

    private Optional<List<JsonObject>> noStudy(String path, String detail) {
        diagnostics.report(path, "time", detail);
        return Optional.empty();
    }

    private static JsonObject value(int value) {
        return Json.createObjectBuilder().add("value", value).build();
    }

    private static JsonObject indexRule(String validator, JsonValue wanted) {
        return Json.createObjectBuilder().add("attribute", OhifNames.STUDY_INDEX).add("from", "options").add("weight", 1)
                .add("required", true).add("constraint", Json.createObjectBuilder().add(validator, wanted)).build();
    }

    /** Filter Operations Sequence (0072,0400) of a display set. */
    List<JsonObject> filters(Item displaySet, String displaySetPath) {
        List<JsonObject> rules = new ArrayList<>();
        List<Item> items = displaySet.items(Tag.FilterOperationsSequence);
        for (int i = 0; i < items.size(); i++)
            filter(items.get(i), displaySetPath + "FilterOperationsSequence[" + (i + 1) + ']').ifPresent(rules::add);
        return rules;
    }

    private Optional<JsonObject> filter(Item item, String path) {
        Optional<String> category = item.text(Tag.FilterByCategory);
        Optional<String> operator = item.text(Tag.FilterByOperator);
        ToOhif.reportOthers(diagnostics, item, "filter", path + '.');
        if (category.equals(Optional.of("IMAGE_PLANE")) && operator.equals(Optional.of("MEMBER_OF"))) {
            diagnostics.report(path, "plane");
            return Optional.of(rule(OhifNames.IMAGE_PLANE, false, Json.createObjectBuilder()
                    .add("includes", Json.createArrayBuilder(item.texts(Tag.SelectorCSValue))).build()));
        }
        Optional<String> presence = item.text(Tag.FilterByAttributePresence);
        Optional<JsonObject> rule = Optional.empty();
        if (category.isEmpty() && operator.map(Mapping.OPERATORS::get).isPresent())
            rule = valueRule(item, Mapping.OPERATORS.get(operator.get()));
        else if (category.isEmpty() && operator.isEmpty() && presence.equals(Optional.of("PRESENT")))
            rule = attribute(item).map(name -> rule(name, true, Json.createObjectBuilder().add("notNull", true).build()));
        if (rule.isEmpty()) {
            diagnostics.report(path, "filter", category.or(() -> operator).or(() -> presence).orElse("without operator"));
        } else {
            diagnostics.report(path, "filter-series");
            reportApproximations(item, rule.get(), operator.isPresent(), path);
        }
        return rule;
    }
}
