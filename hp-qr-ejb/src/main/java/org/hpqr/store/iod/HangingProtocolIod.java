package org.hpqr.store.iod;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;

/**
 * The Hanging Protocol IOD (PS3.3 A.44): holds data sets against its tables. Elements that are in no table, private ones
 * above all, are allowed everywhere, as the SOP class may be extended (PS3.2 3.11).
 */
public final class HangingProtocolIod {

    /** Enumerated values of Hanging Protocol Level (0072,0006). */
    public static final Set<String> LEVELS = Set.of(HangingProtocolDefinitionModule.LEVELS);

    /** The modules of PS3.3 Table A.44.3-1, all mandatory. */
    static final List<IodAttribute> TABLE = Stream.of(SopCommonModule.TABLE, HangingProtocolDefinitionModule.TABLE,
            HangingProtocolEnvironmentModule.TABLE, HangingProtocolDisplayModule.TABLE).flatMap(List::stream).toList();

    private static final List<Integer> IMAGE_SETS = List.of(Tag.ImageSetsSequence, Tag.TimeBasedImageSetsSequence);
    private static final List<Integer> DISPLAY_SETS = List.of(Tag.DisplaySetsSequence);

    /** What the modules say of items that belong together. */
    static final List<Relation> RELATIONS = List.of(
            new Relation.Numbered(List.of(), IMAGE_SETS, Tag.ImageSetNumber),
            new Relation.Numbered(List.of(), DISPLAY_SETS, Tag.DisplaySetNumber),
            new Relation.SingleUnlessTiled(DISPLAY_SETS, Tag.ImageBoxesSequence),
            new Relation.Numbered(DISPLAY_SETS, List.of(Tag.ImageBoxesSequence), Tag.ImageBoxNumber),
            new Relation.Reference(DISPLAY_SETS, Tag.ImageSetNumber, IMAGE_SETS, Tag.ImageSetNumber),
            new Relation.Reference(List.of(Tag.SynchronizedScrollingSequence), Tag.DisplaySetScrollingGroup,
                    DISPLAY_SETS, Tag.DisplaySetNumber),
            new Relation.Reference(List.of(Tag.NavigationIndicatorSequence), Tag.NavigationDisplaySet,
                    DISPLAY_SETS, Tag.DisplaySetNumber),
            new Relation.Reference(List.of(Tag.NavigationIndicatorSequence), Tag.ReferenceDisplaySets,
                    DISPLAY_SETS, Tag.DisplaySetNumber));


    static final String WRONG_VR = "Wrong VR";
    static final String CUT_SHORT = "Value cut short";
    static final String WRONG_VM = "Wrong number of values";

    private final List<Violation> violations = new ArrayList<>();

    private HangingProtocolIod() {
    }

    /**
     * The first rule a data set breaks, in the order of the tables; empty if it is valid. Values that cannot be read are looked
     * for first, as other rules read them; rules between items only if it breaks none within one.
     */
    public static Optional<Violation> firstViolation(Attributes dataset) {
        HangingProtocolIod check = new HangingProtocolIod();
        check.encodings(TABLE, dataset, "", (item, tag) -> { });
        if (check.violations.isEmpty())
            check.rows(TABLE, dataset, "");
        if (check.violations.isEmpty())
            RELATIONS.forEach(relation -> relation.check(dataset, check.violations));
        return check.violations.stream().findFirst();
    }

    /**
     * Every rule it breaks, in the same order. An element whose value cannot be read is reported as such; other rules are asked
     * without it, and of its item no condition, and rules between items only if all values can be read.
     */
    public static List<Violation> violations(Attributes dataset) {
        HangingProtocolIod encodings = new HangingProtocolIod();
        Attributes readable = new Attributes(dataset);
        encodings.encodings(TABLE, readable, "", Attributes::remove);
        HangingProtocolIod check = new HangingProtocolIod();
        check.rows(TABLE, readable, "");
        Set<Violation> all = new LinkedHashSet<>(encodings.violations);
        check.violations.stream().filter(violation -> !violation.mayComeOf(encodings.violations)).forEach(all::add);
        if (encodings.violations.isEmpty()) {
            HangingProtocolIod between = new HangingProtocolIod();
            RELATIONS.forEach(relation -> relation.check(dataset, between.violations));
            between.violations.stream().filter(violation -> check.violations.stream().noneMatch(violation::isAboutSame)).forEach(all::add);
        }
        return List.copyOf(all);
    }

    /** @param fault is told of each element that cannot be read, and its item */
    private void encodings(List<IodAttribute> rows, Attributes item, String place, BiConsumer<Attributes, Integer> fault) {
        for (IodAttribute row : rows) {
            String broken = encodingFault(row, item);
            if (broken != null) {
                violations.add(Violation.of(broken, place, row.tag()));
                fault.accept(item, row.tag());
            } else if (row.isSequence()) {
                Items.each(item, place, List.of(row.tag()), (where, nested) -> encodings(row.items(), nested, where, fault));
            }
        }
    }

    private static String encodingFault(IodAttribute row, Attributes item) {
        if (!item.containsValue(row.tag()))
            return null;
        Object value = item.getValue(row.tag());
        VR vr = item.getVR(row.tag());
        if (row.isSequence() != value instanceof Sequence || !row.isSequence() && row.vr() != null && vr != row.vr())
            return WRONG_VR;
        return value instanceof byte[] bytes && bytes.length % size(vr) != 0 ? CUT_SHORT : null;
    }

    /** Bytes of a value. Those of AT are two words, each with its own byte order (PS3.5 7.3). */
    private static int size(VR vr) {
        return vr == VR.AT ? 4 : vr.numEndianBytes();
    }

    private void rows(List<IodAttribute> rows, Attributes item, String place) {
        for (IodAttribute row : rows) {
            String fault = presenceFault(row, item);
            if (fault != null)
                violations.add(new Violation(fault, place, atFault(row, item)));
            else if (item.containsValue(row.tag()))
                values(row, item, place);
        }
    }

    private static String presenceFault(IodAttribute row, Attributes item) {
        boolean present = item.contains(row.tag());
        boolean required = switch (row.type()) {
            case TYPE_1, TYPE_2 -> true;
            case TYPE_1C, TYPE_2C -> row.condition().holds().test(item);
            case TYPE_3 -> false;
        };
        if (row.type().needsValue() && (required || present) && !item.containsValue(row.tag()))
            return "Type " + row.type() + " value missing";
        if (required && !present)
            return "Type " + row.type() + " missing";
        if (row.type().isConditional() && present && !required && !row.condition().otherwise())
            return "Type " + row.type() + " must be absent";
        return null;
    }

    /** The element; if it is missing and others could be there instead, those too. */
    private static List<Integer> atFault(IodAttribute row, Attributes item) {
        List<Integer> elements = new ArrayList<>(List.of(row.tag()));
        if (row.type().isConditional() && !item.contains(row.tag()))
            elements.addAll(row.condition().alternatives());
        return elements;
    }

    private void values(IodAttribute row, Attributes item, String place) {
        String fault = row.isSequence() ? itemsFault(row, item) : valueFault(row, item);
        if (fault == null)
            fault = row.rules().stream().filter(rule -> !rule.holds().test(item, row.tag())).map(ValueRule::broken)
                    .findFirst().orElse(null);
        if (fault != null)
            violations.add(Violation.of(fault, place, row.tag()));
        else if (row.isSequence())
            Items.each(item, place, List.of(row.tag()), (where, nested) -> rows(row.items(), nested, where));
    }

    private static String valueFault(IodAttribute row, Attributes item) {
        VR vr = item.getVR(row.tag());
        if (row.vr() == null)
            return null;
        if (!row.count().admits(Format.count(item, row.tag(), vr)))
            return WRONG_VM;
        return Format.fault(item, row.tag(), vr).orElse(null);
    }

    private static String itemsFault(IodAttribute row, Attributes item) {
        Sequence items = item.getSequence(row.tag());
        return row.count().admits(items.size()) ? null : "Wrong number of items";
    }
}
