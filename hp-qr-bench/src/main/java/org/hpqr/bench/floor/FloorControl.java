package org.hpqr.bench.floor;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * By what the benchmark gives constants and runs bare loops: HTTP on 127.0.0.1. {@code POST /name?argument&argument},
 * answered with text; the times of a loop one line a thread, in nanoseconds.
 */
final class FloorControl {

    private final HttpServer server;
    private final Constants constants;
    private final BareLoops loops;
    private byte[] object;
    private byte[] match;

    FloorControl(int port, Constants constants, BareLoops loops) throws IOException {
        this.constants = constants;
        this.loops = loops;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        int status = 200;
        String answer;
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String query = exchange.getRequestURI().getQuery();
            try {
                answer = perform(exchange.getRequestURI().getPath(), query == null ? new String[0] : query.split("&"), body);
            } catch (IOException | SQLException | RuntimeException e) {
                status = 500;
                StringWriter trace = new StringWriter();
                e.printStackTrace(new PrintWriter(trace));
                answer = trace.toString();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            byte[] encoded = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, encoded.length == 0 ? -1 : encoded.length);
            exchange.getResponseBody().write(encoded);
        }
    }

    private String perform(String command, String[] arguments, byte[] body)
            throws IOException, SQLException, InterruptedException {
        switch (command) {
            case "/match" -> constants.match(match = body);
            case "/object" -> constants.object(object = body);
            case "/analyze" -> loops.analyze();
            case "/forget" -> loops.forget(arguments[0]);
            case "/select" -> {
                List<String> uids = new String(body, StandardCharsets.UTF_8).lines().toList();
                return lines(loops.select(Integer.parseInt(arguments[0]), Long.parseLong(arguments[1]), uids));
            }
            case "/durable" -> {
                return lines(loops.durable(Integer.parseInt(arguments[0]), Long.parseLong(arguments[1]), object, match));
            }
            default -> throw new IllegalArgumentException(command);
        }
        return "";
    }

    private static String lines(List<List<Long>> times) {
        return times.stream().map(thread -> thread.stream().map(String::valueOf).collect(Collectors.joining(" ")))
                .collect(Collectors.joining("\n"));
    }
}
