package org.hpqr.arc.it;

import org.jboss.as.arquillian.api.ServerSetupTask;
import org.jboss.as.arquillian.container.ManagementClient;
import org.jboss.as.controller.client.helpers.Operations;
import org.jboss.dmr.ModelNode;

/**
 * The WildFly is the one of the standalone server. Its EAR has to go before an archive can come, and so has the login of its
 * web module: WildFly deploys no EAR with a web module that has an OpenID Connect client and one that has none.
 */
public class WithoutStandaloneServer implements ServerSetupTask {

    @Override
    public void setup(ManagementClient client, String containerId) throws Exception {
        ModelNode deployment = Operations.createAddress("deployment", "hp-qr.ear");
        execute(client, Operations.createOperation("undeploy", deployment));
        execute(client, Operations.createOperation("remove", deployment));
        execute(client, Operations.createOperation("remove",
                Operations.createAddress("subsystem", "elytron-oidc-client", "secure-deployment", "hp-qr-web.war")));
    }

    private static void execute(ManagementClient client, ModelNode operation) throws Exception {
        ModelNode result = client.getControllerClient().execute(operation);
        if (!Operations.isSuccessfulOutcome(result))
            throw new IllegalStateException(Operations.getFailureDescription(result).asString());
    }

    @Override
    public void tearDown(ManagementClient client, String containerId) {
        // the server ends with the test
    }
}
