package org.hpqr.arc.it;

import org.jboss.as.arquillian.api.ServerSetupTask;
import org.jboss.as.arquillian.container.ManagementClient;
import org.jboss.as.controller.client.helpers.Operations;
import org.jboss.dmr.ModelNode;

/** The WildFly is the one of the standalone server; its EAR has to go before an archive can come. */
public class WithoutStandaloneServer implements ServerSetupTask {

    @Override
    public void setup(ManagementClient client, String containerId) throws Exception {
        ModelNode deployment = Operations.createAddress("deployment", "hp-qr.ear");
        for (String operation : new String[] {"undeploy", "remove"}) {
            ModelNode result = client.getControllerClient().execute(Operations.createOperation(operation, deployment));
            if (!Operations.isSuccessfulOutcome(result))
                throw new IllegalStateException(Operations.getFailureDescription(result).asString());
        }
    }

    @Override
    public void tearDown(ManagementClient client, String containerId) {
        // the server ends with the test
    }
}
