package org.hpqr.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.hpqr.bench.Figures.Figure;

/** Shows figures: on the console, and in docs/performance.md with its plot. */
final class Report {

    private static final String BEGIN = "<!-- figures, written by bench.sh -->\n";
    private static final String END = "<!-- end of figures -->";

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

    /** Puts the figures between the two marks in {@code performance.md}, and writes {@code performance.svg} beside it. */
    void writeTo(Path docs) throws IOException {
        Path page = docs.resolve("performance.md");
        String text = Files.readString(page);
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin)
            throw new IOException(page + " lacks the marks between which the figures stand");
        Files.writeString(page, text.substring(0, begin + BEGIN.length()) + '\n' + markdown() + '\n' + text.substring(end));
        Files.writeString(docs.resolve("performance.svg"), new Plot(figures).svg());
    }

    private String markdown() {
        StringBuilder text = new StringBuilder();
        figures.machine.forEach((name, value) -> text.append("* ").append(name).append(": ").append(value).append('\n'));
        text.append("\n### Goals\n\n").append(Goals.table(figures));
        for (int objects : figures.figures.stream().map(figure -> figure.objects).distinct().sorted().toList()) {
            text.append(String.format(Locale.ROOT, "%n### With %,d objects%n%n", objects));
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
