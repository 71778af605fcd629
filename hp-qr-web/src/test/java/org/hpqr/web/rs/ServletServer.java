package org.hpqr.web.rs;

import io.undertow.Undertow;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.ServletExtension;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.util.ImmediateInstanceFactory;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import java.net.InetSocketAddress;
import org.xnio.Options;

/** The HTTP server of WildFly with one servlet for all paths, and one extension. */
final class ServletServer implements AutoCloseable {

    /** In bytes: soon full, if the client does not read. */
    private static final int SEND_BUFFER = 2_048;

    private final Undertow undertow;
    private final ServletContext context;

    /** Starts it. */
    ServletServer(ServletExtension extension, HttpServlet servlet) throws ServletException {
        // with this class loader it finds no extension by itself
        ClassLoader platform = ClassLoader.getPlatformClassLoader();
        DeploymentInfo deployment = Servlets.deployment().setDeploymentName("test").setContextPath("/").setClassLoader(platform)
                .addServletExtension(extension)
                .addServlet(Servlets.servlet("test", servlet.getClass(), new ImmediateInstanceFactory<>(servlet)).addMapping("/*"));
        DeploymentManager manager = Servlets.newContainer().addDeployment(deployment);
        Thread.currentThread().setContextClassLoader(platform);
        manager.deploy();
        Thread.currentThread().setContextClassLoader(ServletServer.class.getClassLoader());
        context = manager.getDeployment().getServletContext();
        undertow = Undertow.builder().addHttpListener(0, "127.0.0.1").setSocketOption(Options.SEND_BUFFER, SEND_BUFFER)
                .setHandler(manager.start()).build();
        undertow.start();
    }

    ServletContext context() {
        return context;
    }

    InetSocketAddress address() {
        return (InetSocketAddress) undertow.getListenerInfo().get(0).getAddress();
    }

    @Override
    public void close() {
        undertow.stop();
    }
}
