package org.hpqr.it.web;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.hpqr.it.reliability.ServerDatabase;
import org.hpqr.testkit.FreePort;
import org.hpqr.testkit.server.StandaloneServer;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Starts the databases of the servers in arquillian.xml, and sets the properties that it refers to. To be named before Arquillian,
 * which reads that file when it is called first, starts the servers, and stops them before JUnit closes the databases.
 */
final class DeployedServers implements BeforeAllCallback {

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        // in the server, the class with the tests is run once more
        if (context.getConfigurationParameter(ArquillianExtension.RUNNING_INSIDE_ARQUILLIAN).isPresent())
            return;
        // all of them first: Arquillian reads them even if a database is not there, and the class is skipped
        for (String server : List.of("h2", "postgresql", "mariadb"))
            choosePorts(server);
        ExtensionContext.Store closedAfterwards = context.getStore(ExtensionContext.Namespace.create(DeployedServers.class));
        ServerDatabase.OfServer postgresql = ServerDatabase.postgresql();
        closedAfterwards.put("postgresql", postgresql);
        System.setProperty("it.postgresql.database", options(postgresql.variables()));
        ServerDatabase.OfServer mariaDb = ServerDatabase.mariaDb();
        closedAfterwards.put("mariadb", mariaDb);
        System.setProperty("it.mariadb.database", options(mariaDb.variables()));
    }

    private static void choosePorts(String server) {
        int managementPort = FreePort.find();
        int httpPort = FreePort.find();
        System.setProperty("it." + server + ".management.port", String.valueOf(managementPort));
        System.setProperty("it." + server + ".options", StandaloneServer.QUICK_START + " -Djboss.management.http.port=" + managementPort
                + " -Dhpqr.port=" + FreePort.find() + " -Dhpqr.http-port=" + httpPort + " -Djboss.http.enabled=true -Djboss.http.port=" + httpPort);
    }

    /** WildFly takes a system property with "env." in front for the environment variable. */
    private static String options(Map<String, String> variables) {
        return variables.entrySet().stream().map(variable -> "-Denv." + variable.getKey() + '=' + variable.getValue())
                .collect(Collectors.joining(" "));
    }
}
