package org.hpqr.bench;

import static org.hpqr.bench.Scenarios.retrieve;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
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
     * One figure that is to be reached.
     *
     * @param atLeast whether it has to be that or more; else it has to be that or less
     * @param at4     what it has to be at 4 associations
     * @param at16    at 16
     * @param value   what it is at a number of associations; empty if it was not measured
     */
    record Goal(String name, boolean atLeast, double at4, double at16, Value value) {

        Goal(String name, boolean atLeast, double goal, Value value) {
            this(name, atLeast, goal, goal, value);
        }

        boolean isReached(int associations, double ratio) {
            double goal = associations == 4 ? at4 : at16;
            return atLeast ? ratio >= goal : ratio <= goal;
        }

        String bound() {
            return (atLeast ? "at least " : "at most ") + text(at4) + (at4 == at16 ? "" : ", " + text(at16));
        }

        String text(double ratio) {
            return at4 < 1 ? String.format(Locale.ROOT, "%.0f %%", ratio * 100) : String.format(Locale.ROOT, "%.1f", ratio);
        }
    }

    /** Looks a figure up. */
    interface Value {
        Optional<Double> at(Figures figures, int associations);
    }

    static final List<Goal> ALL = List.of(
            new Goal("keyed find, 1 match / constant find, 1 match", true, 0.45, 0.50,
                    ratio(Scenarios.KEYED, Scenarios.CONSTANT_1, Figure::rate)),
            atLeast("keyed find, 1 match / C-ECHO", 0.20, Scenarios.KEYED, Scenarios.ECHO, Figure::rate),
            atLeast("definition find, 5 matches / constant find, 5 matches", 0.35, Scenarios.DEFINITION, Scenarios.CONSTANT_5,
                    Figure::rate),
            new Goal("keyed find: p99 at 16 / p50 at 4 associations", false, 12.0, scaling(Scenarios.KEYED)),
            new Goal("the same / that of the constant find, 1 match", false, 2.0, (figures, associations) ->
                    quotient(scaling(Scenarios.KEYED).at(figures, associations), scaling(Scenarios.CONSTANT_1).at(figures, associations))),
            atMost("server's processor time: keyed find / C-ECHO", 7.0, Scenarios.KEYED, Scenarios.ECHO, Goals::serverCpu),
            atMost("server's processor time: universal find / constant find, N matches", 3.0, Scenarios.UNIVERSAL,
                    Scenarios.CONSTANT_ALL, Goals::serverCpu),
            new Goal("PostgreSQL's processor time of a keyed find, µs", false, 30.0, databaseCpu(Scenarios.KEYED)),
            new Goal("PostgreSQL's processor time of a definition find, µs", false, 50.0, databaseCpu(Scenarios.DEFINITION)),
            retrieves("C-GET", 1, 0.45),
            retrieves("C-GET", 20, 0.55),
            retrieves("C-MOVE", 20, 0.55),
            atLeast("C-STORE / one committed row with the same bytes", 0.50, Scenarios.STORE, Scenarios.BARE_STORE, Figure::rate),
            new Goal("PostgreSQL's processor time of a C-STORE, µs", false, 400.0, databaseCpu(Scenarios.STORE)),
            atLeast("web search by UID / constant JSON answer of the same size", 0.60, WebScenarios.SEARCH, WebScenarios.CONSTANT_JSON, Figure::rate),
            atLeast("web retrieve of a file / constant body of the same size", 0.60, WebScenarios.RETRIEVE, WebScenarios.CONSTANT_FILE,
                    Figure::rate),
            atLeast("matches a second: web search / universal find", 0.33, WebScenarios.SEARCH_ALL, Scenarios.UNIVERSAL, Figure::rate),
            new Goal("keyed find with 100,000 objects / with 2,000", true, 0.95, (figures, associations) ->
                    quotient(figures.find(Scenarios.KEYED, MANY, associations).map(Figure::rate),
                            figures.find(Scenarios.KEYED, FEW, associations).map(Figure::rate))));

    private static Goal atLeast(String name, double goal, String scenario, String floor, Function<Figure, Double> of) {
        return new Goal(name, true, goal, ratio(scenario, floor, of));
    }

    private static Goal atMost(String name, double goal, String scenario, String floor, Function<Figure, Double> of) {
        return new Goal(name, false, goal, ratio(scenario, floor, of));
    }

    private static Goal retrieves(String operation, int objects, double goal) {
        String count = String.valueOf(objects);
        return atLeast(operation + ' ' + count + " / " + retrieve(operation, count, true), goal,
                retrieve(operation, count, false), retrieve(operation, count, true), Figure::rate);
    }

    private static double serverCpu(Figure figure) {
        return Figures.median(figure.serverCpu);
    }

    private static Value databaseCpu(String scenario) {
        return (figures, associations) -> figures.find(scenario, OBJECTS, associations)
                .map(figure -> Figures.median(figure.databaseCpu)).filter(micros -> micros > 0);
    }

    private static Value ratio(String scenario, String floor, Function<Figure, Double> of) {
        return (figures, associations) -> quotient(figures.find(scenario, OBJECTS, associations).map(of),
                figures.find(floor, OBJECTS, associations).map(of));
    }

    /** p99 at 16 by p50 at 4 associations: one value, shown under 16. */
    private static Value scaling(String scenario) {
        return (figures, associations) -> associations == 4 ? Optional.empty()
                : quotient(figures.find(scenario, OBJECTS, 16).map(figure -> Figures.median(figure.p99)),
                        figures.find(scenario, OBJECTS, 4).map(figure -> Figures.median(figure.p50)));
    }

    private static Optional<Double> quotient(Optional<Double> of, Optional<Double> by) {
        return of.isEmpty() || by.isEmpty() ? Optional.empty() : Optional.of(of.get() / by.get());
    }

    /** A table in Markdown. */
    static String table(Figures figures) {
        StringBuilder table = new StringBuilder("| figure | goal | at 4 associations | at 16 associations |\n|---|---|---|---|\n");
        for (Goal goal : ALL) {
            table.append("| ").append(goal.name()).append(" | ").append(goal.bound()).append(" |");
            for (int associations : ASSOCIATIONS) {
                table.append(' ').append(goal.value().at(figures, associations)
                        .map(ratio -> goal.text(ratio) + (goal.isReached(associations, ratio) ? "" : ", **missed**")).orElse("")).append(" |");
            }
            table.append('\n');
        }
        return table.toString();
    }
}
