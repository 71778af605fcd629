package org.hpqr.bench;

import static org.hpqr.bench.Scenarios.retrieve;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.hpqr.bench.Figures.Figure;

/** The ratios that are to be reached, and what they are in some figures. */
final class Goals {

    private static final int OBJECTS = 12_000;
    private static final int FEW = 2_000;
    private static final int MANY = 100_000;
    private static final List<Integer> ASSOCIATIONS = List.of(4, 16);

    private Goals() {
    }

    /**
     * One ratio.
     *
     * @param atLeast whether it has to be {@code goal} or more; else it has to be that or less
     * @param value   what it is at a number of associations; empty if it was not measured
     */
    record Goal(String name, boolean atLeast, double goal, Value value) {

        boolean isReached(double ratio) {
            return atLeast ? ratio >= goal : ratio <= goal;
        }

        String bound() {
            return (atLeast ? "at least " : "at most ") + text(goal);
        }

        String text(double ratio) {
            return goal < 1 ? String.format(Locale.ROOT, "%.0f %%", ratio * 100) : String.format(Locale.ROOT, "%.1f", ratio);
        }
    }

    /** Looks a ratio up. */
    interface Value {
        Optional<Double> at(Figures figures, int associations);
    }

    static final List<Goal> ALL = List.of(
            atLeast("keyed find, 1 match / constant find, 1 match", 0.25, Scenarios.KEYED, Scenarios.CONSTANT_1, Figure::rate),
            atLeast("keyed find, 1 match / C-ECHO", 0.12, Scenarios.KEYED, Scenarios.ECHO, Figure::rate),
            atLeast("definition find, 5 matches / constant find, 5 matches", 0.18, Scenarios.DEFINITION, Scenarios.CONSTANT_5,
                    Figure::rate),
            new Goal("keyed find: rate at 16 / rate at 4 associations", true, 1.0,
                    scaling(Scenarios.KEYED, Figure::rate, Figure::rate)),
            new Goal("keyed find: p99 at 16 / p50 at 4 associations", false, 8.0,
                    scaling(Scenarios.KEYED, figure -> Figures.median(figure.p99), figure -> Figures.median(figure.p50))),
            new Goal("definition find: rate at 16 / rate at 4 associations", true, 1.0,
                    scaling(Scenarios.DEFINITION, Figure::rate, Figure::rate)),
            new Goal("definition find: p99 at 16 / p50 at 4 associations", false, 8.0,
                    scaling(Scenarios.DEFINITION, figure -> Figures.median(figure.p99), figure -> Figures.median(figure.p50))),
            atLeast("universal find / constant find, N matches: matches a second", 0.22, Scenarios.UNIVERSAL,
                    Scenarios.CONSTANT_ALL, Figure::itemRate),
            retrieves("C-GET", 1, 0.40),
            retrieves("C-GET", 20, 0.50),
            retrieves("C-MOVE", 20, 0.50),
            atLeast("C-STORE / file synced, row committed", 0.70, Scenarios.STORE, Scenarios.BARE_STORE, Figure::rate),
            new Goal("keyed find with 100,000 objects / with 2,000", true, 0.77, (figures, associations) ->
                    ratio(figures.find(Scenarios.KEYED, MANY, associations), figures.find(Scenarios.KEYED, FEW, associations),
                            Figure::rate, Figure::rate)),
            new Goal("processor time of the server's Java: keyed find / C-ECHO", false, 9.0, (figures, associations) ->
                    ratio(figures.find(Scenarios.KEYED, OBJECTS, associations), figures.find(Scenarios.ECHO, OBJECTS, associations),
                            figure -> Figures.median(figure.serverCpu), figure -> Figures.median(figure.serverCpu))));

    private static Goal atLeast(String name, double goal, String scenario, String floor, ToDoubleFunction<Figure> of) {
        return new Goal(name, true, goal, (figures, associations) -> ratio(figures.find(scenario, OBJECTS, associations),
                figures.find(floor, OBJECTS, associations), of, of));
    }

    private static Goal retrieves(String operation, int objects, double goal) {
        String count = String.valueOf(objects);
        return atLeast(operation + ' ' + count + " / " + retrieve(operation, count, true), goal,
                retrieve(operation, count, false), retrieve(operation, count, true), Figure::rate);
    }

    /** Between 16 and 4 associations: one value, shown under 16. */
    private static Value scaling(String scenario, ToDoubleFunction<Figure> at16, ToDoubleFunction<Figure> at4) {
        return (figures, associations) -> associations == 4 ? Optional.empty()
                : ratio(figures.find(scenario, OBJECTS, 16), figures.find(scenario, OBJECTS, 4), at16, at4);
    }

    private static Optional<Double> ratio(Optional<Figure> figure, Optional<Figure> floor, ToDoubleFunction<Figure> ofFigure,
                                          ToDoubleFunction<Figure> ofFloor) {
        return figure.isEmpty() || floor.isEmpty() ? Optional.empty()
                : Optional.of(ofFigure.applyAsDouble(figure.get()) / ofFloor.applyAsDouble(floor.get()));
    }

    /** A table in Markdown. */
    static String table(Figures figures) {
        StringBuilder table = new StringBuilder("| figure | goal | at 4 associations | at 16 associations |\n|---|---|---|---|\n");
        for (Goal goal : ALL) {
            table.append("| ").append(goal.name()).append(" | ").append(goal.bound()).append(" |");
            for (int associations : ASSOCIATIONS) {
                table.append(' ').append(goal.value().at(figures, associations)
                        .map(ratio -> goal.text(ratio) + (goal.isReached(ratio) ? "" : ", **missed**")).orElse("")).append(" |");
            }
            table.append('\n');
        }
        return table.toString();
    }
}
