package org.hpqr.selection;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;

/**
 * One item of Sorting Operations Sequence (0072,0600), PS3.3 C.23.3.1.2: the order of the images. An image without what is
 * sorted by comes last, whatever the direction; images that nothing tells apart keep the order they had.
 *
 * @param key  what the images are sorted by
 * @param name of that, for people
 * @param up   Sorting Direction (0072,0604) INCREASING
 */
record Sorting(Key key, String name, boolean up) {

    static final String CLAUSE = "PS3.3 C.23.3.1.2";

    /** Finds what images are sorted by. */
    interface Key {
        /** For each of the images its value; empty if it has none. */
        List<Optional<TypedValue>> of(List<Image> images);
    }

    /** Least cosine between the normals of images that count as parallel: 2.5 degrees. */
    private static final double PARALLEL = 0.999;

    private static final Comparator<String> ALPHABETICAL =
            String.CASE_INSENSITIVE_ORDER.thenComparing(Comparator.naturalOrder());

    /**
     * Reads an item.
     *
     * @throws MalformedRule it does not say by what and in which direction
     */
    static Sorting of(Attributes item) throws MalformedRule {
        String direction = Elements.text(item, Tag.SortingDirection).orElse("");
        if (!direction.equals("INCREASING") && !direction.equals("DECREASING"))
            throw new MalformedRule("has " + (direction.isEmpty() ? "no" : "the invalid value " + direction + " as")
                    + " Sorting Direction (0072,0604)");
        boolean up = direction.equals("INCREASING");
        String category = Elements.text(item, Tag.SortByCategory).orElse(null);
        if (category == null)
            return byAttribute(item, up);
        return switch (category) {
            case "ALONG_AXIS" -> new Sorting(Sorting::alongAxis, "position along the axis", up);
            case "BY_ACQ_TIME" -> new Sorting(Sorting::acquisitionTimes, "acquisition time", up);
            default -> throw new MalformedRule("has " + category + ", which is not known here, as Sort-by Category (0072,0602)");
        };
    }

    /**
     * Sorts by all of them: by the first, what that leaves equal by the second, and so on.
     *
     * @param reasons gets one for each
     */
    static List<Image> sort(List<Image> images, List<Sorting> by, List<Reason> reasons) {
        Comparator<Integer> order = (a, b) -> 0;
        for (int i = 0; i < by.size(); i++) {
            List<Optional<TypedValue>> values = by.get(i).key.of(images);
            order = order.thenComparing(by.get(i).comparator(values));
            reasons.add(by.get(i).reason(i + 1, values));
        }
        // stable: what is equal keeps its order
        return IntStream.range(0, images.size()).boxed().sorted(order).map(images::get).toList();
    }

    private Comparator<Integer> comparator(List<Optional<TypedValue>> values) {
        Comparator<TypedValue> direction = up ? Sorting::compare : (a, b) -> compare(b, a);
        Comparator<TypedValue> lastIfMissing = Comparator.nullsLast(direction);
        return (a, b) -> lastIfMissing.compare(values.get(a).orElse(null), values.get(b).orElse(null));
    }

    /** A total order, also of values of different kinds: numbers, dates, times, text. */
    private static int compare(TypedValue a, TypedValue b) {
        if (a.kind() != b.kind())
            return a.kind().compareTo(b.kind());
        return switch (a.kind()) {
            case NUMBER -> ((BigDecimal) a.value()).compareTo((BigDecimal) b.value());
            case DATE -> ((LocalDate) a.value()).compareTo((LocalDate) b.value());
            case TIME -> ((LocalTime) a.value()).compareTo((LocalTime) b.value());
            case DATE_TIME -> ((Instant) a.value()).compareTo((Instant) b.value());
            case TAG -> Integer.compareUnsigned((Integer) a.value(), (Integer) b.value());
            default -> ALPHABETICAL.compare((String) a.value(), (String) b.value());
        };
    }

    private Reason reason(int number, List<Optional<TypedValue>> values) {
        long without = values.stream().filter(Optional::isEmpty).count();
        String wanted = up ? "INCREASING" : "DECREASING";
        String last = Tally.images((int) without) + (without == 1 ? " without it comes last." : " without it come last.");
        return new Reason(Reason.Step.SORT, without == 0 ? Outcome.MATCHES : Outcome.NOT_EVALUABLE, name, wanted,
                without == 0 ? null : Tally.images((int) without) + " without", CLAUSE,
                "Sorting " + number + " puts " + name + " in " + (up ? "increasing" : "decreasing") + " order"
                        + (without == 0 ? "." : "; " + last));
    }

    private static Sorting byAttribute(Attributes item, boolean up) throws MalformedRule {
        SelectorAttribute attribute = SelectorAttribute.of(item);
        OptionalInt number = Elements.integer(item, Tag.SelectorValueNumber);
        if (number.isEmpty() || number.getAsInt() <= 0)
            throw new MalformedRule("has no Selector Value Number (0072,0028) of 1 or more");
        int index = number.getAsInt() - 1;
        return new Sorting(images -> images.stream().map(image -> value(attribute, index, image)).toList(),
                attribute.name() + (index > 0 ? ", value " + (index + 1) : ""), up);
    }

    private static Optional<TypedValue> value(SelectorAttribute attribute, int index, Image image) {
        return attribute.in(image).stream().flatMap(element -> {
            List<TypedValue> values = TypedValue.of(element.item(), element.tag());
            return index < values.size() ? Stream.of(values.get(index)) : Stream.empty();
        }).filter(value -> isSortable(value.kind())).findFirst().map(Sorting::sortable);
    }

    private static boolean isSortable(TypedValue.Kind kind) {
        return switch (kind) {
            case NUMBER, DATE, TIME, DATE_TIME, TEXT, CODE, TAG -> true;
            case BYTES, EMPTY, UNREADABLE -> false;
        };
    }

    /** A code is sorted by its meaning. */
    private static TypedValue sortable(TypedValue value) {
        if (value.kind() != TypedValue.Kind.CODE)
            return value;
        Code code = (Code) value.value();
        return new TypedValue(TypedValue.Kind.TEXT, code.meaning() == null ? code.value() : code.meaning(), value.text());
    }

    /**
     * The distance of each image from the origin, along the normal of the first that has an orientation. An image that is not
     * parallel to it has none; a mirrored one is parallel.
     */
    private static List<Optional<TypedValue>> alongAxis(List<Image> images) {
        List<double[]> normals = new ArrayList<>(images.size());
        images.forEach(image -> normals.add(ImagePlane.orientation(image).map(ImagePlane::normal).orElse(null)));
        Optional<double[]> axis = normals.stream().filter(normal -> normal != null).findFirst();
        List<Optional<TypedValue>> distances = new ArrayList<>(images.size());
        for (int i = 0; i < images.size(); i++) {
            double[] position = ImagePlane.position(images.get(i)).map(texts -> ImagePlane.numbers(texts, 3)).orElse(null);
            boolean parallel = normals.get(i) != null && Math.abs(dot(axis.get(), normals.get(i))) >= PARALLEL;
            distances.add(position == null || !parallel ? Optional.empty() : number(dot(axis.get(), position)));
        }
        return distances;
    }

    private static Optional<TypedValue> number(double number) {
        return Double.isFinite(number)
                ? Optional.of(new TypedValue(TypedValue.Kind.NUMBER, new BigDecimal(number), String.valueOf(number)))
                : Optional.empty();
    }

    private static double dot(double[] a, double[] b) {
        return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
    }

    private static List<Optional<TypedValue>> acquisitionTimes(List<Image> images) {
        return images.stream().map(image -> AcquisitionTime.of(image).map(time ->
                new TypedValue(TypedValue.Kind.DATE_TIME, time.time().toInstant(), time.time().toString()))).toList();
    }
}
