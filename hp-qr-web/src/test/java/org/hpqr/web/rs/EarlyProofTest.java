package org.hpqr.web.rs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.hpqr.catalogue.Catalogue;
import org.hpqr.catalogue.Proof;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When a worker thread gets a request, of a database that fails as soon as the test lets it. */
@Timeout(60)
class EarlyProofTest {

    private static final long PATIENCE_MILLIS = 60_000;
    private static final long HESITATION_MILLIS = 200;
    private static final String SEARCH = "/aets/HPQR/rs/hanging-protocols?SOPInstanceUID=1.2.3";

    private final CountDownLatch answer = new CountDownLatch(1);
    private final CountDownLatch reached = new CountDownLatch(1);
    private final AtomicInteger asked = new AtomicInteger();
    private final Catalogue catalogue = new Catalogue((DataSource) Proxy.newProxyInstance(EarlyProofTest.class.getClassLoader(),
            new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> connection()), Thread::new, TimeUnit.HOURS.toNanos(1));
    private ServletServer server;

    private Connection connection() throws SQLException, InterruptedException {
        answer.await();
        // time for a worker that should still wait
        reached.await(HESITATION_MILLIS, TimeUnit.MILLISECONDS);
        throw new SQLException("the test wants this");
    }

    /** Says what a worker finds. */
    private final class WorkerServlet extends HttpServlet {

        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().write(EarlyProof.take().map(this::outcome).orElse("not asked for") + ", "
                    + EarlyProof.take().map(this::outcome).orElse("none is left"));
            reached.countDown();
        }

        private String outcome(Proof proof) {
            try {
                proof.await(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(1));
                return "made";
            } catch (SQLException e) {
                return "failed";
            } catch (TimeoutException e) {
                return "under way";
            }
        }
    }

    private void start(long momentMillis, Supplier<Optional<Proof>> source) throws Exception {
        server = new ServletServer(new EarlyProof(momentMillis), new WorkerServlet());
        EarlyProof.enable(server.context(), () -> {
            asked.incrementAndGet();
            return source.get();
        });
    }

    private Optional<Proof> prove() {
        return Optional.of(catalogue.prove());
    }

    private String answer(String method, String path) throws IOException, InterruptedException {
        int port = server.address().getPort();
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(method, BodyPublishers.noBody()).build(), BodyHandlers.ofString()).body();
    }

    @AfterEach
    void stop() {
        answer.countDown();
        catalogue.close();
        server.close();
    }

    @Test
    void aWorkerGetsASearchWhenItsProofIsThereOrHasFailed() throws Exception {
        answer.countDown();
        start(PATIENCE_MILLIS, this::prove);
        assertEquals("failed, none is left", answer("GET", SEARCH));
        assertEquals("failed, none is left", answer("GET", "/aets/HPQR/rs/hanging-protocols/1.2.3"));
    }

    @Test
    void whileTheDatabaseHangsAWorkerGetsItAfterAMoment() throws Exception {
        start(1, this::prove);
        assertEquals("under way, none is left", answer("GET", SEARCH));
    }

    @Test
    void whatNeedsNoProofDoesNotWait() throws Exception {
        start(PATIENCE_MILLIS, this::prove);
        assertEquals("not asked for, none is left", answer("POST", SEARCH));
        assertEquals("not asked for, none is left", answer("GET", "/aets/HPQR/rs"));
        assertEquals(0, asked.get());
    }

    @Test
    void aServerThatIsNotReadyAsksForNone() throws Exception {
        start(PATIENCE_MILLIS, Optional::empty);
        assertEquals("not asked for, none is left", answer("GET", SEARCH));
        assertEquals(1, asked.get());
    }

    /** Such as one that is stopping: the worker finds out by itself, and answers that. */
    @Test
    void aServerThatFailsToAskLeavesThatToTheWorker() throws Exception {
        start(PATIENCE_MILLIS, () -> {
            throw new IllegalStateException("the test wants this");
        });
        assertEquals("not asked for, none is left", answer("GET", SEARCH));
    }
}
