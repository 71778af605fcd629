package org.hpqr.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FiguresTest {

    private static Figures.Figure figure(String scenario, int objects, int associations, double... rates) {
        Figures.Figure figure = new Figures.Figure();
        figure.scenario = scenario;
        figure.objects = objects;
        figure.associations = associations;
        // 100 operations of 1, 2, 3 ... ms
        for (double rate : rates)
            figure.add(new Window(LongStream.rangeClosed(1, 100).map(millis -> millis * 1_000_000).toArray(), rate, 5, 2_000, 1_000));
        return figure;
    }

    private static Figures figures(Figures.Figure... all) {
        Figures figures = new Figures();
        figures.figures.addAll(List.of(all));
        return figures;
    }

    @Test
    void aFigureIsTheMedianOfItsRounds() {
        Figures.Figure figure = figure(Scenarios.KEYED, 12_000, 4, 100, 900, 300);
        assertEquals(300, figure.rate());
        assertEquals(1_500, figure.itemRate());
        assertEquals(List.of(50.0, 50.0, 50.0), figure.p50);
        assertEquals(List.of(99.0, 99.0, 99.0), figure.p99);
        assertEquals(2.0, Figures.median(figure.serverCpu));
    }

    @Test
    void partsOfARunAreReadAgainAndPutTogether(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("figures.json");
        figures(figure(Scenarios.KEYED, 12_000, 4, 1), figure(Scenarios.ECHO, 12_000, 4, 7)).write(file);
        Figures together = Figures.read(file);
        together.merge(figures(figure(Scenarios.KEYED, 12_000, 4, 2), figure(Scenarios.KEYED, 100_000, 4, 3)));
        assertEquals(3, together.figures.size());
        assertEquals(2, together.find(Scenarios.KEYED, 12_000, 4).orElseThrow().rate());
        assertEquals(7, together.find(Scenarios.ECHO, 12_000, 4).orElseThrow().rate());
    }

    @Test
    void aGoalIsARatioOfMediansAndSaysIfItIsMissed() {
        Figures figures = figures(figure(Scenarios.KEYED, 12_000, 4, 46), figure(Scenarios.CONSTANT_1, 12_000, 4, 100),
                figure(Scenarios.KEYED, 12_000, 16, 49), figure(Scenarios.CONSTANT_1, 12_000, 16, 100));
        String row = Goals.table(figures).lines().filter(line -> line.startsWith("| keyed find, 1 match / constant find"))
                .findFirst().orElseThrow();
        assertEquals("| keyed find, 1 match / constant find, 1 match | at least 45 %, 50 % | 46 % | 49 %, **missed** |", row);
    }

    @Test
    void theReportStandsBetweenTheMarksOfThePage(@TempDir Path docs) throws Exception {
        Files.writeString(docs.resolve("performance.md"),
                "before\n<!-- figures, written by bench.sh -->\nold\n<!-- end of figures -->\nafter\n");
        Figures run = figures(figure(Scenarios.KEYED, 2_000, 4, 30), figure(Scenarios.KEYED, 12_000, 16, 20));
        run.machine.put("date", "2026-12-01");
        new Report(run).writeTo(docs);
        String page = Files.readString(docs.resolve("performance.md"));
        assertTrue(page.startsWith("before\n") && page.endsWith("<!-- end of figures -->\nafter\n"), page);
        assertTrue(page.contains("\n| keyed find, 1 match | 12,000 | 20.0 | 50.0 | 99.0 |\n") && !page.contains("old"), page);
        assertTrue(page.contains("(evidence/2026-12-01/benchmark.md)"), page);
        assertTrue(Files.readString(docs.resolve("evidence/2026-12-01/benchmark.md")).contains("\n## With 2,000 objects\n"), "rows");
        assertTrue(Files.readString(docs.resolve("performance.svg")).contains("keyed find, 1 match"), "a line in the plot");
    }
}
