package org.hpqr.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.hpqr.database.ChangedBy;
import org.hpqr.database.HangingProtocolRepository;
import org.hpqr.database.Inventory;
import org.hpqr.database.NewVersion;
import org.hpqr.database.StoredInstance;
import org.hpqr.spi.ObjectLocation;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.OverProtocol;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The EAR as it is shipped, from inside the server: this class is deployed beside it and uses its classes and beans. */
@Order(2)
@ExtendWith(ArquillianExtension.class)
class DeployedPluginIT {

    private static final String UID = "2.25.1";

    @Resource(lookup = "java:/PacsDS")
    private DataSource dataSource;

    @EJB(lookup = "java:global/hp-qr/hp-qr-ejb/Inventory")
    private Inventory inventory;

    @Deployment
    @OverProtocol("jmx-as7")
    static JavaArchive test() {
        return ShrinkWrap.create(JavaArchive.class, "test.jar")
                .addClass(DeployedPluginIT.class)
                .addAsManifestResource(new StringAsset("Dependencies: deployment.hp-qr.ear.hp-qr-ejb.jar\n"), "MANIFEST.MF");
    }

    @Test
    void repositoryOfTheEarWritesToItsDatabase() {
        assertNull(System.getProperty("it.server"), "this runs in the server");
        HangingProtocolRepository repository = new HangingProtocolRepository(dataSource);
        repository.add(new NewVersion(UID, new byte[] {1}, "1.2.840.10008.1.2.1", "0".repeat(64), new byte[1],
                new ObjectLocation("files", "00/00"), ChangedBy.aeTitle("WS1")));
        StoredInstance instance = repository.find(UID);
        assertEquals(UID, instance.sopInstanceUid());
        List<StoredInstance> all = new ArrayList<>();
        inventory.forEach(all::add);
        assertEquals(List.of(instance), all);
        assertEquals(1, inventory.count());
    }

}
