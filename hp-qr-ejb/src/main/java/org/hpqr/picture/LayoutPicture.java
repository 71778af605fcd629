package org.hpqr.picture;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.dcm4che3.data.Attributes;
import org.hpqr.picture.DisplaySet.ImageBox;
import org.hpqr.picture.ImageSet.Period;

/**
 * Draws a presentation group of a Hanging Protocol as an SVG document: screens to scale, image boxes where they stand, tiles,
 * image sets in color and in words (PS3.3 C.23.1 to C.23.3; PS3.17 V expects that a graphical representation is shown). The
 * document needs nothing from elsewhere, has no script and no style sheet, and says the same in words for who cannot see it.
 *
 * <p>Instances are immutable.
 */
public final class LayoutPicture {

    /** How much of a picture is drawn. */
    public enum Detail {
        /** With labels, words and badges. */
        FULL,
        /** Small: boxes, and a short word for what is in each. */
        THUMBNAIL
    }

    /** Length of the longer side of the display environment, in user units. */
    private static final double LONGER_SIDE = 960;
    private static final double MARGIN = 8;
    private static final double REMARK_HEIGHT = 18;
    private static final double REMARK_SIZE = 13;
    /** Width of a screen of unknown size to its height. */
    private static final double USUAL_SCREEN = 4.0 / 3;
    /** Where the lines between display sets that scroll together are, in widths of an image box: beside the words. */
    private static final double SCROLLING_AT = 0.9;
    /** Most screens that are described below the picture. */
    private static final int MAX_CAPTIONS = 8;
    private static final String WARNING = "#b00020";
    /** The color of a box that no image falls into. */
    private static final String EMPTY = "#ffffff";
    /** No display environment is drawn longer than that in relation to its other side. */
    private static final double LONGEST = 8;

    private final Layout layout;

    private LayoutPicture(Layout layout) {
        this.layout = layout;
    }

    /**
     * Reads a protocol.
     *
     * @param protocol the data set, or what there is of it; not changed
     */
    public static LayoutPicture of(Attributes protocol) {
        return new LayoutPicture(Layout.of(protocol));
    }

    /** The numbers of its presentation groups (0072,0204), in ascending order; none if it has no display sets. */
    public List<Integer> groups() {
        return layout.groups();
    }

    /**
     * Draws a presentation group.
     *
     * @param group number of the group; of one that the protocol has not, the empty screens are drawn
     * @return an SVG 1.1 document, encoded in UTF-8 by whoever sends it
     */
    public String svg(int group, Language language, Detail detail) {
        return new Drawing(group, language, detail, null).draw();
    }

    /**
     * Draws a presentation group with a study in it: in each image box stands what falls into it, and the empty ones are marked.
     * The rest is as of {@link #svg(int, Language, Detail)}.
     */
    public String svg(int group, Language language, BoxContents contents) {
        return new Drawing(group, language, Detail.FULL, contents).draw();
    }

    /** An image box that is drawn, with the display set it is of. */
    private record Drawn(DisplaySet set, ImageBox box) {
    }

    /** A line below the picture. */
    private record Remark(String text, String color) {
    }

    /** One drawing under way. */
    private final class Drawing {

        private final int group;
        private final Language language;
        private final boolean full;
        private final LayoutWords words;
        /** {@code null}: the protocol is drawn as it is, without a study. */
        private final BoxContents contents;
        private final Svg svg = new Svg();
        private final Rectangle frame;
        private final double unitX;
        private final double unitY;

        Drawing(int group, Language language, Detail detail, BoxContents contents) {
            this.group = group;
            this.contents = contents;
            this.language = language;
            full = detail == Detail.FULL;
            words = new LayoutWords(layout, language);
            frame = layout.screens().stream().map(Screen::position).reduce(Rectangle::union).orElse(Rectangle.ENVIRONMENT);
            // how many pixels the whole environment would have, at the resolution of its finest screen
            double width = layout.screens().stream().mapToDouble(screen -> pixels(screen, true)).max().orElse(1);
            double height = layout.screens().stream().mapToDouble(screen -> pixels(screen, false)).max().orElse(1);
            width = Math.min(width, height * LONGEST);
            height = Math.min(height, width * LONGEST);
            unitX = LONGER_SIDE * width / Math.max(width, height);
            unitY = LONGER_SIDE * height / Math.max(width, height);
        }

        private double pixels(Screen screen, boolean horizontal) {
            double extent = horizontal ? screen.position().width() : screen.position().height();
            if (screen.hasPixels())
                return (horizontal ? screen.horizontalPixels() : screen.verticalPixels()) / extent;
            return (horizontal ? USUAL_SCREEN : 1) / extent;
        }

        String draw() {
            List<Drawn> boxes = new ArrayList<>();
            int withoutPosition = 0;
            for (DisplaySet set : layout.displaySetsOf(group))
                for (ImageBox box : set.boxes()) {
                    if (box.position() == null)
                        withoutPosition++;
                    else
                        boxes.add(new Drawn(set, box));
                }
            // those in front are drawn last. Of equals, the smaller one is in front, so that it can be seen; a stable sort leaves
            // those of one size in the order of the data set
            boxes.sort(Comparator.comparingInt((Drawn drawn) -> drawn.box().priority())
                    .thenComparingDouble(drawn -> drawn.box().position().area()).reversed());
            List<Remark> remarks = full ? remarks(withoutPosition) : List.of();
            Rectangle view = boxes.stream().map(drawn -> drawn.box().position()).reduce(frame, Rectangle::union);
            // as large as the words in the boxes, also where boxes far outside make the picture smaller
            double scale = Math.max(1, Math.max(view.width() * unitX, view.height() * unitY) / LONGER_SIDE);
            double remarkHeight = REMARK_HEIGHT * scale;
            double height = view.height() * unitY + 2 * MARGIN + remarks.size() * remarkHeight;
            double width = view.width() * unitX + 2 * MARGIN;
            svg.open("svg", "xmlns", "http://www.w3.org/2000/svg", "viewBox", Svg.number(x(view.left()) - MARGIN) + ' '
                    + Svg.number(y(view.top()) - MARGIN) + ' ' + Svg.number(width) + ' ' + Svg.number(height),
                    "width", width, "height", height, "role", "img", "lang", language.tag(),
                    "font-family", "system-ui, sans-serif", "aria-labelledby", "title description");
            svg.text("title", words.title(group), "id", "title");
            svg.text("desc", sentences(), "id", "description");
            layout.screens().forEach(this::screen);
            boxes.forEach(this::box);
            if (full)
                layout.scrollingOf(group).forEach(this::scrolling);
            double y = y(view.bottom()) + remarkHeight;
            for (Remark remark : remarks) {
                svg.text("text", remark.text(), "x", x(view.left()), "y", y, "font-size", REMARK_SIZE * scale, "fill", remark.color());
                y += remarkHeight;
            }
            return svg.close("svg").toString();
        }

        private String sentences() {
            Stream<String> boxes = layout.displaySetsOf(group).stream().flatMap(set -> set.boxes().stream().map(box -> sentence(set, box)));
            return Stream.concat(boxes, words.scrolling(group).stream()).collect(Collectors.joining(" "));
        }

        private String sentence(DisplaySet set, ImageBox box) {
            String sentence = words.sentence(set, box);
            return contents == null ? sentence : words.filled(sentence, contents(set, box));
        }

        private String contents(DisplaySet set, ImageBox box) {
            return contents.of(set.number(), box.number());
        }

        private boolean isEmpty(Drawn drawn) {
            return contents != null && contents(drawn.set(), drawn.box()).isEmpty();
        }

        private List<Remark> remarks(int withoutPosition) {
            List<Remark> remarks = new ArrayList<>();
            Stream.concat(words.screens().stream().limit(MAX_CAPTIONS), words.partialData().stream()).forEach(said -> remarks.add(new Remark(said, "#4a525b")));
            if (withoutPosition > 0)
                remarks.add(new Remark(words.withoutPosition(withoutPosition), WARNING));
            if (layout.leftOut() > 0)
                remarks.add(new Remark(words.leftOut(layout.leftOut()), WARNING));
            return remarks;
        }

        private double x(double position) {
            return position * unitX;
        }

        private double y(double position) {
            return (1 - position) * unitY;
        }

        private void screen(Screen screen) {
            Rectangle area = screen.position();
            svg.open("g", "class", "screen");
            String said = words.screen(screen);
            if (!said.isEmpty())
                svg.text("title", said);
            rectangle(area, 0, "fill", "#20242a", "stroke", "#5a6470", "stroke-width", 4);
            svg.close("g");
        }

        private void rectangle(Rectangle area, double inset, Object... attributes) {
            List<Object> all = new ArrayList<>(List.of("x", x(area.left()) + inset, "y", y(area.top()) + inset,
                    "width", Math.max(1, area.width() * unitX - 2 * inset),
                    "height", Math.max(1, area.height() * unitY - 2 * inset)));
            all.addAll(List.of(attributes));
            svg.empty("rect", all.toArray());
        }

        private void box(Drawn drawn) {
            Rectangle area = drawn.box().position();
            boolean inside = !layout.isOutside(area);
            PeriodColor color = PeriodColor.of(drawn.set().imageSet().period());
            boolean empty = isEmpty(drawn);
            svg.open("g", "class", (inside ? "box" : "box outside") + (empty ? " empty" : ""), "data-display-set", drawn.set().number(),
                    "data-image-box", drawn.box().number());
            String sentence = sentence(drawn.set(), drawn.box());
            svg.text("title", sentence);
            rectangle(area, 4, "rx", 3, "fill", empty ? EMPTY : color.fill, "stroke", inside ? color.stroke : WARNING,
                    "stroke-width", 2, "stroke-dasharray", inside && !empty ? "none" : "8 4");
            tiles(drawn.box(), color);
            double width = area.width() * unitX - 16;
            double height = area.height() * unitY - 16;
            if (width > 12 && height > 12) {
                // an SVG within the SVG clips what it holds
                svg.open("svg", "x", x(area.left()) + 8, "y", y(area.top()) + 8, "width", width, "height", height,
                        "overflow", "hidden");
                if (full)
                    label(drawn, width, height, empty ? EMPTY : color.fill);
                else
                    initial(drawn, width, height);
                svg.close("svg");
            }
            svg.close("g");
        }

        private void tiles(ImageBox box, PeriodColor color) {
            double width = box.position().width() * unitX - 8;
            double height = box.position().height() * unitY - 8;
            StringBuilder path = new StringBuilder();
            // closer together they would only be a gray area
            if (width / box.columns() >= 6)
                for (int column = 1; column < box.columns(); column++)
                    path.append('M').append(Svg.number(x(box.position().left()) + 4 + column * width / box.columns())).append(' ')
                            .append(Svg.number(y(box.position().top()) + 4)).append('v').append(Svg.number(height));
            if (height / box.rows() >= 6)
                for (int row = 1; row < box.rows(); row++)
                    path.append('M').append(Svg.number(x(box.position().left()) + 4)).append(' ')
                            .append(Svg.number(y(box.position().top()) + 4 + row * height / box.rows())).append('h')
                            .append(Svg.number(width));
            if (path.length() > 0)
                svg.empty("path", "d", path, "stroke", color.stroke, "stroke-opacity", "0.45", "fill", "none");
        }

        private void label(Drawn drawn, double width, double height, String background) {
            double size = Math.max(9, Math.min(17, Math.min(height / 6, width / 10)));
            double line = size * 1.3;
            double em = width / size;
            String label = drawn.set().label().isEmpty() ? drawn.set().imageSet().label() : drawn.set().label();
            List<String> badges = words.badges(drawn.set(), drawn.box());
            int room = (int) ((height - (badges.isEmpty() ? 0 : size * 1.8)) / line);
            double y = size;
            for (String text : TextBlock.lines(label, em / 1.1, Math.min(2, room))) {
                line(text, width / 2, y, size, "bold", background);
                y += line;
                room--;
            }
            String content = contents == null ? words.content(drawn.set(), drawn.box())
                    : words.contents(contents(drawn.set(), drawn.box()));
            for (String text : TextBlock.lines(content, em, Math.max(0, room))) {
                line(text, width / 2, y, size, "normal", background);
                y += line;
            }
            badges(badges, height, width, size * 0.8);
        }

        private void line(String text, double x, double y, double size, String weight, String background) {
            svg.text("text", text, "x", x, "y", y, "font-size", size, "font-weight", weight, "text-anchor", "middle",
                    "direction", TextBlock.isRightToLeft(text) ? "rtl" : "ltr", "fill", "#101418",
                    // keeps the lines between tiles off the letters
                    "stroke", background, "stroke-width", 4, "stroke-linejoin", "round", "paint-order", "stroke");
        }

        private void badges(List<String> badges, double height, double width, double size) {
            double x = 0;
            for (String badge : badges) {
                String text = TextBlock.cut(badge, width / size - 1);
                double badgeWidth = (TextBlock.width(text) + 1) * size;
                if (x > 0 && x + badgeWidth > width || height < size * 2)
                    return;
                svg.empty("rect", "class", "badge", "x", x, "y", height - size * 1.6, "width", badgeWidth,
                        "height", size * 1.6, "rx", size / 2, "fill", "#101418");
                svg.text("text", text, "x", x + badgeWidth / 2, "y", height - size * 0.45, "font-size", size,
                        "text-anchor", "middle", "fill", "#ffffff");
                x += badgeWidth + size / 2;
            }
        }

        private void initial(Drawn drawn, double width, double height) {
            String text = words.initial(drawn.set().imageSet().period());
            double size = Math.min(height * 0.6, width / Math.max(1, TextBlock.width(text) * 1.3));
            svg.text("text", text, "x", width / 2, "y", height / 2 + size * 0.35, "font-size", size, "text-anchor", "middle",
                    "fill", "#101418");
        }

        private void scrolling(List<DisplaySet> sets) {
            StringBuilder points = new StringBuilder();
            for (DisplaySet set : sets) {
                Rectangle area = set.boxes().stream().map(ImageBox::position).filter(Objects::nonNull).findFirst().orElseThrow();
                points.append(Svg.number(x(area.left() + SCROLLING_AT * area.width()))).append(',').append(Svg.number(y(area.centerY()))).append(' ');
            }
            svg.open("g", "class", "scrolling").text("title", words.scrollingTogether(sets));
            svg.empty("polyline", "points", points.toString().strip(), "fill", "none", "stroke", "#101418", "stroke-width", 3,
                    "stroke-dasharray", "3 6", "stroke-linecap", "round").close("g");
        }
    }

    /** Colors by what an image set takes its images from; told apart by the color-blind, and never the only sign. */
    private enum PeriodColor {

        CURRENT("#cfe5f7", "#0b5394"),
        PRIOR("#fde3c3", "#a65300"),
        OLDER_PRIOR("#d6f0dc", "#1d6b35"),
        BEFORE("#e9dcf5", "#5b2e91"),
        UNKNOWN("#e4e6e9", "#4a525b");

        private final String fill;
        private final String stroke;

        PeriodColor(String fill, String stroke) {
            this.fill = fill;
            this.stroke = stroke;
        }

        static PeriodColor of(Period period) {
            if (period instanceof Period.Current)
                return CURRENT;
            if (period instanceof Period.Priors priors)
                return priors.first() == 1 && priors.last() == 1 ? PRIOR : OLDER_PRIOR;
            return period instanceof Period.Unknown ? UNKNOWN : BEFORE;
        }
    }
}
