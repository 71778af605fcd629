package org.hpqr.bench;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The figures of a run, as they stand in its JSON file. Runs can be made in parts and put together. */
final class Figures {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /** What it was measured on; of the last part. */
    public Map<String, String> machine = new TreeMap<>();
    public List<Figure> figures = new ArrayList<>();

    /** The figures of one scenario at one number of associations: one number for each round. */
    static final class Figure {

        public String scenario;
        public int objects;
        public int associations;
        public String heap = "";
        /** Operations a second. */
        public List<Double> rates = new ArrayList<>();
        /** Matches or objects in an operation. */
        public List<Double> items = new ArrayList<>();
        /** Milliseconds an operation takes. */
        public List<Double> p50 = new ArrayList<>();
        public List<Double> p95 = new ArrayList<>();
        public List<Double> p99 = new ArrayList<>();
        /** Microseconds of processor time an operation takes: in the server's Java, and in PostgreSQL. */
        public List<Double> serverCpu = new ArrayList<>();
        public List<Double> databaseCpu = new ArrayList<>();

        void add(Window window) {
            rates.add(round(window.rate()));
            items.add(round(window.items()));
            p50.add(round(percentile(window.nanos(), 50) / 1e6));
            p95.add(round(percentile(window.nanos(), 95) / 1e6));
            p99.add(round(percentile(window.nanos(), 99) / 1e6));
            serverCpu.add(round(window.serverCpu() / 1e3));
            databaseCpu.add(round(window.databaseCpu() / 1e3));
        }

        /** Operations a second: the median of the rounds. */
        double rate() {
            return median(rates);
        }

        /** Matches or objects a second. */
        double itemRate() {
            double[] products = new double[rates.size()];
            Arrays.setAll(products, i -> rates.get(i) * items.get(i));
            return median(Arrays.stream(products).boxed().toList());
        }

        @JsonIgnore
        List<Object> key() {
            return List.of(scenario, objects, associations, heap);
        }
    }

    Optional<Figure> find(String scenario, int objects, int associations) {
        return figures.stream().filter(figure -> figure.scenario.equals(scenario) && figure.objects == objects
                && figure.associations == associations).findFirst();
    }

    /** Adds the figures of another part; what is in both is taken from the other. */
    void merge(Figures other) {
        machine.putAll(other.machine);
        Map<List<Object>, Figure> merged = new LinkedHashMap<>();
        figures.forEach(figure -> merged.put(figure.key(), figure));
        other.figures.forEach(figure -> merged.put(figure.key(), figure));
        figures = new ArrayList<>(merged.values());
    }

    static Figures read(Path file) throws IOException {
        return JSON.readValue(file.toFile(), Figures.class);
    }

    void write(Path file) throws IOException {
        JSON.writeValue(file.toFile(), this);
    }

    static double median(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static long percentile(long[] sorted, int percent) {
        return sorted[(int) Math.min(sorted.length - 1L, (long) Math.ceil(sorted.length * percent / 100.0) - 1)];
    }

    private static double round(double value) {
        return Math.round(value * 1_000) / 1_000.0;
    }
}
