package org.hpqr.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.hpqr.bench.Figures.Figure;

/** Draws what an operation costs against the number of objects stored, both on logarithmic scales. */
final class Plot {

    private static final int WIDTH = 760;
    private static final int HEIGHT = 440;
    private static final int LEFT = 70;
    private static final int RIGHT = 230;
    private static final int TOP = 40;
    private static final int BOTTOM = 50;
    private static final int ASSOCIATIONS = 4;
    private static final List<String> COLOURS = List.of("#1b6ca8", "#c8553d", "#3a7d44", "#7b4b94", "#8a6d1d", "#444444");

    /** What is drawn. */
    private record Line(String name, String scenario, ToDoubleFunction<Figure> milliseconds) {
    }

    private static final List<Line> LINES = List.of(
            new Line("C-STORE", Scenarios.STORE, Plot::median),
            new Line("mix of Q1 to Q11", Scenarios.MIX, Plot::median),
            new Line("C-GET of 1", Scenarios.retrieve("C-GET", "1", false), Plot::median),
            new Line("definition find, 5 matches", Scenarios.DEFINITION, Plot::median),
            new Line("keyed find, 1 match", Scenarios.KEYED, Plot::median),
            new Line("universal find, one match", Scenarios.UNIVERSAL, figure -> median(figure) / Figures.median(figure.items)));

    private final Figures figures;
    private double least = Double.MAX_VALUE;
    private double most;
    private double fewest = Double.MAX_VALUE;
    private double greatest;

    Plot(Figures figures) {
        this.figures = figures;
    }

    private static double median(Figure figure) {
        return Figures.median(figure.p50);
    }

    String svg() {
        List<List<Figure>> lines = new ArrayList<>();
        for (Line line : LINES) {
            List<Figure> points = figures.figures.stream().filter(figure -> figure.scenario.equals(line.scenario())
                    && figure.associations == ASSOCIATIONS).sorted((a, b) -> Integer.compare(a.objects, b.objects)).toList();
            lines.add(points);
            for (Figure point : points) {
                double value = line.milliseconds().applyAsDouble(point);
                least = Math.min(least, value);
                most = Math.max(most, value);
                fewest = Math.min(fewest, point.objects);
                greatest = Math.max(greatest, point.objects);
            }
        }
        least = Math.pow(10, Math.floor(Math.log10(least)));
        most = Math.pow(10, Math.ceil(Math.log10(most)));
        StringBuilder svg = new StringBuilder();
        svg.append(String.format(Locale.ROOT, "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" "
                + "font-family=\"sans-serif\" font-size=\"12\">%n<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>%n", WIDTH, HEIGHT));
        text(svg, LEFT, 22, "start", "black", "Time of an operation at " + ASSOCIATIONS + " associations (median, ms) against objects stored");
        for (double value = least; value <= most * 1.001; value *= 10) {
            stroke(svg, LEFT, y(value), WIDTH - RIGHT, y(value), "#dddddd");
            text(svg, LEFT - 8, y(value) + 4, "end", "black", value >= 1 ? String.format(Locale.ROOT, "%.0f", value) : String.valueOf(value));
        }
        figures.figures.stream().map(figure -> figure.objects).distinct().sorted().forEach(objects -> {
            stroke(svg, x(objects), TOP, x(objects), HEIGHT - BOTTOM, "#dddddd");
            text(svg, x(objects), HEIGHT - BOTTOM + 20, "middle", "black", String.format(Locale.ROOT, "%,d", objects));
        });
        for (int i = 0; i < LINES.size(); i++)
            line(svg, LINES.get(i), lines.get(i), COLOURS.get(i));
        return svg.append("</svg>\n").toString();
    }

    private void line(StringBuilder svg, Line line, List<Figure> points, String colour) {
        if (points.isEmpty())
            return;
        StringBuilder path = new StringBuilder();
        for (Figure point : points) {
            double x = x(point.objects);
            double y = y(line.milliseconds().applyAsDouble(point));
            path.append(String.format(Locale.ROOT, "%s%.1f %.1f", path.isEmpty() ? "M" : " L", x, y));
            svg.append(String.format(Locale.ROOT, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"/>%n", x, y, colour));
        }
        svg.append(String.format(Locale.ROOT, "<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>%n", path, colour));
        Figure last = points.get(points.size() - 1);
        double value = line.milliseconds().applyAsDouble(last);
        text(svg, x(last.objects) + 10, y(value) + 4, "start", colour, String.format(Locale.ROOT, "%s: %.3g", line.name(), value));
    }

    private double x(double objects) {
        double share = greatest == fewest ? 0 : Math.log(objects / fewest) / Math.log(greatest / fewest);
        return LEFT + 20 + share * (WIDTH - LEFT - RIGHT - 40);
    }

    private double y(double value) {
        return HEIGHT - BOTTOM - Math.log(value / least) / Math.log(most / least) * (HEIGHT - TOP - BOTTOM);
    }

    private static void stroke(StringBuilder svg, double x1, double y1, double x2, double y2, String colour) {
        svg.append(String.format(Locale.ROOT, "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\"/>%n", x1, y1, x2, y2, colour));
    }

    private static void text(StringBuilder svg, double x, double y, String anchor, String colour, String text) {
        svg.append(String.format(Locale.ROOT, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" fill=\"%s\">%s</text>%n", x, y, anchor, colour, text));
    }
}
