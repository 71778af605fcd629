package org.hpqr.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.hpqr.bench.Figures.Figure;

/** Shows figures: on the console, and in docs: a page with its plot, and all rows. */
final class Report {

    private static final String BEGIN = "<!-- figures, written by bench.sh -->\n";
    private static final String END = "<!-- end of figures -->";

    /** What the page shows of a run. */
    private static final List<String> HEADLINE = List.of(Scenarios.KEYED, Scenarios.DEFINITION, Scenarios.UNIVERSAL,
            Scenarios.retrieve("C-GET", "1", false), Scenarios.retrieve("C-GET", "20", false),
            Scenarios.retrieve("C-MOVE", "20", false), Scenarios.STORE);

    private final Figures figures;

    Report(Figures figures) {
        this.figures = figures;
    }

    /** One figure for the console. */
    static String line(Figure figure) {
        return String.format(Locale.ROOT, "%7d  %-34s %2d %10.1f/s %11.1f items/s  p50 %8.3f p95 %8.3f p99 %8.3f ms  cpu %7.1f + %6.1f us",
                figure.objects, figure.scenario, figure.associations, figure.rate(), figure.itemRate(),
                Figures.median(figure.p50), Figures.median(figure.p95), Figures.median(figure.p99),
                Figures.median(figure.serverCpu), Figures.median(figure.databaseCpu));
    }

    /**
     * Puts goals and headline figures between the two marks in {@code performance.md}, writes {@code performance.svg} beside it,
     * and all rows into {@code evidence/<date of the run>/benchmark.md}.
     */
    void writeTo(Path docs) throws IOException {
        Path page = docs.resolve("performance.md");
        String text = Files.readString(page);
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin)
            throw new IOException(page + " lacks the marks between which the figures are");
        String date = figures.machine.getOrDefault("date", "undated");
        Path rows = docs.resolve("evidence").resolve(date).resolve("benchmark.md");
        Files.createDirectories(rows.getParent());
        Files.writeString(rows, "# Benchmark of " + date + "\n\nWhat is measured: [benchmark](../../benchmark.md).\n\n" + machine() + rows());
        Files.writeString(page, text.substring(0, begin + BEGIN.length()) + '\n' + machine() + '\n' + headline()
                + "\nAll rows: [evidence](evidence/" + date + "/benchmark.md).\n\n### Goals\n\n" + Goals.table(figures)
                + '\n' + text.substring(end));
        Files.writeString(docs.resolve("performance.svg"), new Plot(figures).svg());
    }

    private String machine() {
        StringBuilder text = new StringBuilder();
        figures.machine.forEach((name, value) -> text.append("* ").append(name).append(": ").append(value).append('\n'));
        return text.toString();
    }

    private String headline() {
        StringBuilder text = new StringBuilder("| Operation | Protocols | a second, 16 associations | median, ms | 99 %, ms |\n"
                + "|---|--:|--:|--:|--:|\n");
        for (String scenario : HEADLINE)
            figures.figures.stream().filter(figure -> figure.scenario.equals(scenario) && figure.associations == 16)
                    .forEach(figure -> text.append(String.format(Locale.ROOT, "| %s | %,d | %s | %s | %s |%n", scenario,
                            figure.objects, number(figure.rate()), number(Figures.median(figure.p50)),
                            number(Figures.median(figure.p99)))));
        return text.toString();
    }

    private String rows() {
        StringBuilder text = new StringBuilder();
        for (int objects : figures.figures.stream().map(figure -> figure.objects).distinct().sorted().toList()) {
            text.append(String.format(Locale.ROOT, "%n## With %,d objects%n%n", objects));
            text.append("| what | associations | a second | matches or objects a second | p50 ms | p95 ms | p99 ms | "
                    + "server µs | PostgreSQL µs |\n|---|--:|--:|--:|--:|--:|--:|--:|--:|\n");
            List<Figure> of = figures.figures.stream().filter(figure -> figure.objects == objects).toList();
            of.forEach(figure -> text.append(row(figure)));
        }
        return text.toString();
    }

    private static String row(Figure figure) {
        boolean several = Figures.median(figure.items) > 1;
        return String.format(Locale.ROOT, "| %s | %d | %s | %s | %s | %s | %s | %,.0f | %,.0f |%n", figure.scenario,
                figure.associations, number(figure.rate()), several ? number(figure.itemRate()) : "",
                number(Figures.median(figure.p50)), number(Figures.median(figure.p95)), number(Figures.median(figure.p99)),
                Figures.median(figure.serverCpu), Figures.median(figure.databaseCpu));
    }

    /** Three digits, or all before the point. */
    private static String number(double value) {
        return value >= 100 ? String.format(Locale.ROOT, "%,.0f", value) : String.format(Locale.ROOT, value >= 10 ? "%.1f" : "%.2f", value);
    }
}
