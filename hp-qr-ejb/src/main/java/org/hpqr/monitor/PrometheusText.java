package org.hpqr.monitor;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.hpqr.monitor.OperationMetrics.Durations;
import org.hpqr.status.HpService;

/** Prometheus' text exposition format, version 0.0.4. Names begin with {@value #PREFIX}. */
final class PrometheusText {

    private static final String PREFIX = "hpqr_";

    private final StringBuilder text = new StringBuilder();

    @Override
    public String toString() {
        return text.toString();
    }

    /** A gauge; left out if it is negative, as then it is not known. */
    PrometheusText value(String name, String help, long value) {
        if (value >= 0) {
            head(name, "gauge", help);
            line(name, "", value);
        }
        return this;
    }

    /** What is wrong stands in comments, as samples are numbers. */
    PrometheusText health(Health health) {
        Map<String, String> problems = health.getProblems();
        head("up", "gauge", "1 if nothing is wrong");
        line("up", "", health.isUp() ? 1 : 0);
        head("check", "gauge", "1 if this part is healthy");
        problems.forEach((part, problem) -> {
            if (!problem.isEmpty())
                text.append("# ").append(part).append(": ").append(problem.replaceAll("\\s+", " ")).append('\n');
            line("check", "{part=\"" + part + "\"}", problem.isEmpty() ? 1 : 0);
        });
        return this;
    }

    PrometheusText operations(OperationMetrics metrics) {
        head("operations_total", "counter", "Operations that have ended");
        metrics.endings().forEach((ending, count) -> line("operations_total", "{operation=\"" + nameOf(ending.service())
                + "\",status=\"" + String.format("%04X", ending.status().code()) + "\"}", count));
        head("operation_seconds", "histogram", "Time that operations took");
        for (HpService service : HpService.values())
            durations(nameOf(service), metrics.durations(service));
        return this;
    }

    /** Counts of the server; those whose names end with {@code _total} only ever grow. */
    PrometheusText server(Map<String, Long> counts) {
        counts.forEach((name, count) -> {
            text.append("# TYPE ").append(PREFIX).append(name).append(name.endsWith("_total") ? " counter\n" : " gauge\n");
            line(name, "", count);
        });
        return this;
    }

    private void durations(String operation, Durations durations) {
        long count = 0;
        for (int i = 0; i < durations.classes().length; i++) {
            count += durations.classes()[i].sum();
            String bound = i == OperationMetrics.BOUNDS_MILLIS.length ? "+Inf" : seconds(OperationMetrics.BOUNDS_MILLIS[i]);
            line("operation_seconds_bucket", "{operation=\"" + operation + "\",le=\"" + bound + "\"}", count);
        }
        text.append(PREFIX).append("operation_seconds_sum{operation=\"").append(operation).append("\"} ")
                .append(durations.totalNanos().sum() / (double) TimeUnit.SECONDS.toNanos(1)).append('\n');
        line("operation_seconds_count", "{operation=\"" + operation + "\"}", count);
    }

    private static String seconds(long millis) {
        return String.valueOf(millis / 1000.0);
    }

    private static String nameOf(HpService service) {
        return service.name().toLowerCase(Locale.ROOT);
    }

    private void head(String name, String type, String help) {
        text.append("# HELP ").append(PREFIX).append(name).append(' ').append(help).append('\n')
                .append("# TYPE ").append(PREFIX).append(name).append(' ').append(type).append('\n');
    }

    private void line(String name, String labels, long value) {
        text.append(PREFIX).append(name).append(labels).append(' ').append(value).append('\n');
    }
}
