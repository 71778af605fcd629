package org.hpqr.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.hpqr.testkit.samples.SampleRequests;

/**
 * The queries of viewers: twelve kinds with their shares, each in some variants whose values are those of stored objects. All
 * return the keys of the query in PS3.17 V.5.
 */
final class QueryMix {

    private static final int VARIANTS = 8;
    private static final int MAX_CODE_VALUE = 16;
    private static final List<String> WILD_CARDS = List.of("CT*", "*Chest*", "DL-S*", "MR H*", "*Pelvis*", "US*3p", "DL-P00?A", "*Knee*");
    private static final int[] UID_LISTS = {1, 10, 100};

    private final List<Facts> facts;
    private final Random random = new Random(7);
    /** Name, share in percent, variants. */
    private final Map<String, Kind> kinds = new LinkedHashMap<>();

    private record Kind(int share, List<Query> variants) {
    }

    /** What a query asks. */
    private record Keys(Consumer<Attributes> request, Predicate<Facts> matching) {

        Keys and(Keys other) {
            return new Keys(request -> {
                this.request.accept(request);
                other.request.accept(request);
            }, matching.and(other.matching));
        }
    }

    QueryMix(List<Facts> facts) {
        this.facts = facts;
        kind("Q1 user, modality, region", 30, this::withUser,
                (fact, item) -> user(fact).and(definition(modality(item), region(item))));
        kind("Q2 level SITE, modality, region", 20, this::isSite,
                (fact, item) -> level("SITE").and(definition(modality(item), region(item))));
        kind("Q3 region", 10, fact -> true, (fact, item) -> definition(region(item)));
        kind("Q4 modality", 10, fact -> true, (fact, item) -> definition(modality(item)));
        kind("Q5 level SINGLE_USER, user", 8, this::withUser, (fact, item) -> level("SINGLE_USER").and(user(fact)));
        kind("Q6 modality, region, laterality", 5, fact -> fact.items().get(0).laterality() != null,
                (fact, item) -> definition(modality(item), region(item), laterality(item)));
        kind("Q7 group, modality", 5, fact -> fact.group() != null,
                (fact, item) -> group(fact).and(definition(modality(item))));
        kind("Q8 modality, region, screens", 5, fact -> fact.screens() != null,
                (fact, item) -> screens(fact).and(definition(modality(item), region(item))));
        kind("Q9 procedure or reason, modality", 3, this::withReasonOrProcedure,
                (fact, item) -> definition(modality(item), reasonOrProcedure(item)));
        kinds.put("Q10 name with wild cards", new Kind(2, WILD_CARDS.stream().map(this::name).map(this::query).toList()));
        kinds.put("Q11 1, 10, 100 UIDs", new Kind(1, uidLists()));
        kinds.put("Q12 universal", new Kind(1, List.of(universal())));
    }

    /** The kinds by their names. */
    Map<String, List<Query>> kinds() {
        Map<String, List<Query>> all = new LinkedHashMap<>();
        kinds.forEach((name, kind) -> all.put(name, kind.variants));
        return all;
    }

    /** All kinds but the universal one, each as often as its share says. */
    List<Query> mixed() {
        List<Query> mix = new ArrayList<>();
        kinds.forEach((name, kind) -> {
            for (int i = 0; i < kind.share && !name.startsWith("Q12"); i++)
                mix.add(kind.variants.get(i % kind.variants.size()));
        });
        Collections.shuffle(mix, random);
        return mix;
    }

    /** Every object. */
    Query universal() {
        return query(new Keys(request -> { }, fact -> true));
    }

    /** Finds by SOP Instance UID: one match each. */
    List<Query> keyed(int count) {
        return Stream.generate(this::any).limit(count).map(fact -> uids(List.of(fact.uid()))).toList();
    }

    /** Queries with keys in the definition sequence and nowhere else that have so many matches. */
    List<Query> byDefinition(int matches) {
        Map<List<Object>, Set<String>> found = new LinkedHashMap<>();
        for (Facts fact : facts) {
            for (Facts.Item item : fact.items()) {
                if (item.modality() == null || item.regions().isEmpty())
                    continue;
                for (String region : item.regions()) {
                    for (Optional<String> further : further(item)) {
                        List<Object> combination = List.of(item.modality(), region, further);
                        found.computeIfAbsent(combination, any -> new LinkedHashSet<>()).add(fact.uid());
                    }
                }
            }
        }
        List<Query> queries = new ArrayList<>();
        found.entrySet().stream().filter(entry -> entry.getValue().size() == matches)
                .sorted(Comparator.comparing(entry -> entry.getKey().toString())).limit(2L * VARIANTS)
                .forEach(entry -> queries.add(query(combination(entry.getKey()))));
        if (queries.isEmpty())
            throw new IllegalStateException("no query has " + matches + " matches");
        return queries;
    }

    /** Nothing, or the reason, or the procedure. */
    private static List<Optional<String>> further(Facts.Item item) {
        return Stream.concat(Stream.of(Optional.<String>empty()),
                Stream.concat(item.reasons().stream().map(code -> "R" + code), item.procedures().stream().map(code -> "P" + code))
                        .map(Optional::of)).toList();
    }

    @SuppressWarnings("unchecked")
    private Keys combination(List<Object> combination) {
        ItemKeys modality = modality((String) combination.get(0));
        ItemKeys region = region((String) combination.get(1));
        Optional<String> further = (Optional<String>) combination.get(2);
        if (further.isEmpty())
            return definition(modality, region);
        String code = further.get().substring(1);
        return definition(modality, region, further.get().charAt(0) == 'R'
                ? code(Tag.ReasonForRequestedProcedureCodeSequence, code, Facts.Item::reasons)
                : code(Tag.ProcedureCodeSequence, code, Facts.Item::procedures));
    }

    private interface Maker {
        Keys of(Facts fact, Facts.Item item);
    }

    private void kind(String name, int share, Predicate<Facts> base, Maker maker) {
        List<Query> variants = new ArrayList<>();
        while (variants.size() < VARIANTS) {
            Facts fact = any();
            Facts.Item item = fact.items().get(0);
            if (base.test(fact) && item.modality() != null && !item.regions().isEmpty())
                variants.add(query(maker.of(fact, item)));
        }
        kinds.put(name, new Kind(share, variants));
    }

    private Facts any() {
        return facts.get(random.nextInt(facts.size()));
    }

    private boolean withUser(Facts fact) {
        return fact.user() != null;
    }

    private boolean isSite(Facts fact) {
        return "SITE".equals(fact.level());
    }

    private boolean withReasonOrProcedure(Facts fact) {
        return !fact.items().get(0).reasons().isEmpty() || !fact.items().get(0).procedures().isEmpty();
    }

    private Query query(Keys keys) {
        Attributes request = SampleRequests.everyProtocol();
        keys.request.accept(request);
        return new Query(request, facts.stream().filter(keys.matching).map(Facts::uid).collect(Collectors.toSet()));
    }

    private Query uids(List<String> uids) {
        Attributes request = SampleRequests.everyProtocol();
        request.setString(Tag.SOPInstanceUID, VR.UI, uids.toArray(String[]::new));
        return new Query(request, Set.copyOf(uids));
    }

    private List<Query> uidLists() {
        List<Query> queries = new ArrayList<>();
        for (int length : UID_LISTS)
            queries.add(uids(Stream.generate(this::any).map(Facts::uid).distinct().limit(length).toList()));
        return queries;
    }

    private Keys name(String pattern) {
        Pattern regex = Pattern.compile(pattern.replace("*", ".*").replace('?', '.'));
        return new Keys(request -> request.setString(Tag.HangingProtocolName, VR.SH, pattern),
                fact -> regex.matcher(fact.name()).matches());
    }

    private Keys level(String level) {
        return new Keys(request -> request.setString(Tag.HangingProtocolLevel, VR.CS, level),
                fact -> level.equals(fact.level()));
    }

    private Keys group(Facts of) {
        String key = of.group().startsWith("NEURO") ? "NEURO*" : of.group();
        return new Keys(request -> request.setString(Tag.HangingProtocolUserGroupName, VR.LO, key),
                fact -> fact.group() != null && (key.equals("NEURO*") ? fact.group().startsWith("NEURO") : fact.group().equals(key)));
    }

    private Keys screens(Facts of) {
        return new Keys(request -> request.setInt(Tag.NumberOfScreens, VR.US, of.screens()),
                fact -> of.screens().equals(fact.screens()));
    }

    private Keys user(Facts of) {
        return new Keys(request -> request.newSequence(Tag.HangingProtocolUserIdentificationCodeSequence, 1).add(code(of.user())),
                fact -> of.user().equals(fact.user()));
    }

    /** Keys in the item of the definition sequence. */
    private record ItemKeys(Consumer<Attributes> request, Predicate<Facts.Item> matching) {
    }

    /** One and the same item has to match all. */
    private static Keys definition(ItemKeys... keys) {
        return new Keys(request -> {
            Attributes item = new Attributes();
            item.setNull(Tag.Modality, VR.CS);
            item.setNull(Tag.AnatomicRegionSequence, VR.SQ);
            item.setNull(Tag.Laterality, VR.CS);
            item.setNull(Tag.ProcedureCodeSequence, VR.SQ);
            item.setNull(Tag.ReasonForRequestedProcedureCodeSequence, VR.SQ);
            for (ItemKeys key : keys)
                key.request.accept(item);
            request.newSequence(Tag.HangingProtocolDefinitionSequence, 1).add(item);
        }, fact -> fact.items().stream().anyMatch(item -> Stream.of(keys).allMatch(key -> key.matching.test(item))));
    }

    private static ItemKeys modality(Facts.Item of) {
        return modality(of.modality());
    }

    private static ItemKeys modality(String modality) {
        return new ItemKeys(item -> item.setString(Tag.Modality, VR.CS, modality), item -> modality.equals(item.modality()));
    }

    private static ItemKeys laterality(Facts.Item of) {
        return new ItemKeys(item -> item.setString(Tag.Laterality, VR.CS, of.laterality()),
                item -> Objects.equals(of.laterality(), item.laterality()));
    }

    private static ItemKeys region(Facts.Item of) {
        return region(of.regions().get(0));
    }

    private static ItemKeys region(String code) {
        return code(Tag.AnatomicRegionSequence, code, Facts.Item::regions);
    }

    private static ItemKeys reasonOrProcedure(Facts.Item of) {
        return of.reasons().isEmpty()
                ? code(Tag.ProcedureCodeSequence, of.procedures().get(0), Facts.Item::procedures)
                : code(Tag.ReasonForRequestedProcedureCodeSequence, of.reasons().get(0), Facts.Item::reasons);
    }

    private static ItemKeys code(int sequence, String code, Function<Facts.Item, List<String>> codes) {
        return new ItemKeys(item -> {
            Sequence items = item.newSequence(sequence, 1);
            items.add(code(code));
        }, item -> codes.apply(item).contains(code));
    }

    private static Attributes code(String code) {
        String value = code.substring(0, code.indexOf('|'));
        Attributes item = new Attributes();
        if (value.length() > MAX_CODE_VALUE)
            item.setString(Tag.LongCodeValue, VR.UC, value);
        else
            item.setString(Tag.CodeValue, VR.SH, value);
        item.setString(Tag.CodingSchemeDesignator, VR.SH, code.substring(code.indexOf('|') + 1));
        return item;
    }
}
