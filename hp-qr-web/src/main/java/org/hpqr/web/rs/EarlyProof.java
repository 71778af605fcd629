package org.hpqr.web.rs;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.servlet.ServletExtension;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.handlers.ServletRequestContext;
import io.undertow.util.AttachmentKey;
import io.undertow.util.Methods;
import io.undertow.util.SameThreadExecutor;
import io.undertow.util.StatusCodes;
import io.undertow.util.WorkerUtils;
import jakarta.servlet.ServletContext;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.hpqr.catalogue.Proof;

/**
 * Has a search and a retrieve ask for its {@link Proof} as soon as the request has come, by the I/O thread that has read it, and gives
 * the request to a worker thread when the proof is there. Otherwise the worker would be woken to ask for the proof, and once
 * more when it is there, which costs as much as a small answer.
 */
public class EarlyProof implements ServletExtension {

    private static final String SOURCE = EarlyProof.class.getName();
    private static final String PATH = "/rs" + WebApplication.HANGING_PROTOCOLS;
    private static final AttachmentKey<Proof> PROOF = AttachmentKey.create(Proof.class);

    private final long momentMillis;
    private final Map<Thread, Waiting> waiting = new ConcurrentHashMap<>();

    /** For the container. */
    public EarlyProof() {
        this(Proof.MOMENT_MILLIS);
    }

    /** @param momentMillis after twice that time a worker has the request, whether the proof is there or not */
    EarlyProof(long momentMillis) {
        this.momentMillis = momentMillis;
    }

    /** @param source of proofs; empty: the server is not ready */
    static void enable(ServletContext context, Supplier<Optional<Proof>> source) {
        context.setAttribute(SOURCE, source);
    }

    /** The proof of this thread's request, once; empty if none was asked for. */
    static Optional<Proof> take() {
        ServletRequestContext request = ServletRequestContext.current();
        return request == null ? Optional.empty() : Optional.ofNullable(request.getExchange().removeAttachment(PROOF));
    }

    @Override
    public void handleDeployment(DeploymentInfo deployment, ServletContext context) {
        deployment.addInitialHandlerChainWrapper(next -> exchange -> handle(exchange, next, context));
    }

    private void handle(HttpServerExchange exchange, HttpHandler next, ServletContext context) throws Exception {
        Optional<Proof> proof = needsProof(exchange) ? prove(context) : Optional.empty();
        if (proof.isEmpty()) {
            next.handleRequest(exchange);
            return;
        }
        exchange.putAttachment(PROOF, proof.get());
        exchange.dispatch(SameThreadExecutor.INSTANCE, () -> waiting.computeIfAbsent(Thread.currentThread(), ioThread -> new Waiting())
                .add(new Request(exchange, next, proof.get())));
    }

    /** A request that no worker has yet. */
    private static final class Request {

        private final HttpServerExchange exchange;
        private final HttpHandler next;
        private final Proof proof;
        private final long since = System.nanoTime();
        private final AtomicBoolean given = new AtomicBoolean();

        private Request(HttpServerExchange exchange, HttpHandler next, Proof proof) {
            this.exchange = exchange;
            this.next = next;
            this.proof = proof;
        }

        /** Gives it to a worker, if that was not done. */
        private void give() {
            if (!given.compareAndSet(false, true))
                return;
            try {
                exchange.dispatch(next);
            } catch (RuntimeException | Error e) {
                // no worker takes it, as the server stops or has no memory
                exchange.setStatusCode(StatusCodes.SERVICE_UNAVAILABLE);
                exchange.endExchange();
            }
        }
    }

    /**
     * The requests of an I/O thread that wait for their proofs, and only for a moment. Used by that thread only; a timer for each
     * request would wake another thread.
     */
    private final class Waiting {

        private final Queue<Request> requests = new ArrayDeque<>();
        private boolean watched;

        private void add(Request request) {
            try {
                while (!requests.isEmpty() && requests.peek().proof.isOver())
                    requests.remove();
                requests.add(request);
                request.proof.then(request::give);
                if (!watched)
                    watch(request);
            } catch (RuntimeException | Error e) {
                request.give();
            }
        }

        private void watch(Request request) {
            WorkerUtils.executeAfter(request.exchange.getIoThread(), this::check, momentMillis, TimeUnit.MILLISECONDS);
            watched = true;
        }

        private void check() {
            watched = false;
            long latest = System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(momentMillis);
            while (!requests.isEmpty() && (requests.peek().proof.isOver() || requests.peek().since - latest <= 0))
                requests.remove().give();
            if (!requests.isEmpty())
                watch(requests.peek());
        }
    }

    private static boolean needsProof(HttpServerExchange exchange) {
        return exchange.isInIoThread() && exchange.getRequestMethod().equals(Methods.GET) && exchange.getRelativePath().contains(PATH);
    }

    @SuppressWarnings("unchecked")
    private static Optional<Proof> prove(ServletContext context) {
        Object source = context.getAttribute(SOURCE);
        try {
            return source == null ? Optional.empty() : ((Supplier<Optional<Proof>>) source).get();
        } catch (RuntimeException e) {
            // the worker will fail, too, and answers that
            return Optional.empty();
        }
    }
}
