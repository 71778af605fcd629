package org.hpqr.web.rs;

import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.AbstractServerConnection;
import io.undertow.server.HttpServerExchange;
import io.undertow.servlet.ServletExtension;
import io.undertow.servlet.api.DeploymentInfo;
import jakarta.servlet.ServletContext;

/**
 * Hides the next requests of a client that pipelines (RFC 9112 9.3.2) while a request is answered. If a connection takes only a part
 * of the header of a response, Undertow 2.3 (HttpResponseConduit) closes it; but where it sees another request already, it sends
 * its whole buffer afterwards: NUL bytes, or what was in it for others.
 */
public class PipelinedRequests implements ServletExtension {

    @Override
    public void handleDeployment(DeploymentInfo deployment, ServletContext context) {
        deployment.addInitialHandlerChainWrapper(next -> exchange -> {
            exchange.addResponseCommitListener(PipelinedRequests::hide);
            next.handleRequest(exchange);
        });
    }

    private static void hide(HttpServerExchange exchange) {
        // else they are, or begin with, the body of this request
        if (!exchange.isRequestComplete() || !(exchange.getConnection() instanceof AbstractServerConnection connection))
            return;
        PooledByteBuffer requests = connection.getExtraBytes();
        if (requests == null)
            return;
        connection.setExtraBytes(null);
        exchange.addExchangeCompleteListener((answered, listener) -> {
            connection.setExtraBytes(requests);
            listener.proceed();
        });
    }
}
