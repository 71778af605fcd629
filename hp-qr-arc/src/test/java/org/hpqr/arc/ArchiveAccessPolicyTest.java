package org.hpqr.arc;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.dcm4che3.net.ApplicationEntity;
import org.dcm4che3.net.Device;
import org.dcm4che3.net.Dimse;
import org.dcm4chee.arc.conf.ArchiveAEExtension;
import org.hpqr.testkit.FreePort;
import org.hpqr.testkit.archive.ArchiveDevice;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ArchiveAccessPolicyTest {

    private final Device device = ArchiveDevice.create("dcm4chee-arc", FreePort.find());
    private final ArchiveAccessPolicy policy = new ArchiveAccessPolicy(device);

    @Test
    @DisplayName("without Accepted Move Destinations every destination is accepted, with them only those")
    void moveDestinations() throws Exception {
        ArchiveAEExtension ae = ArchiveDevice.addAE(device, "DCM4CHEE").getAEExtension(ArchiveAEExtension.class);
        try (Caller caller = new Caller(device, "DCM4CHEE")) {
            assertTrue(policy.mayMoveTo(caller.accepted(), "ANY"));
            ae.setAcceptedMoveDestinations("VIEWER");
            assertTrue(policy.mayMoveTo(caller.accepted(), "VIEWER"));
            assertFalse(policy.mayMoveTo(caller.accepted(), "ANY"));
        }
    }

    @Test
    @DisplayName("an AE of the archive serves whoever it accepted")
    void archiveAE() throws Exception {
        ArchiveDevice.addAE(device, "DCM4CHEE");
        try (Caller caller = new Caller(device, "DCM4CHEE")) {
            assertTrue(policy.mayInvoke(caller.accepted(), Dimse.C_FIND_RQ));
        }
    }

    @Test
    @DisplayName("another AE of the device serves nobody")
    void otherAE() throws Exception {
        ApplicationEntity plain = new ApplicationEntity("PLAIN");
        plain.setAssociationAcceptor(true);
        device.addApplicationEntity(plain);
        plain.addConnection(device.listConnections().get(0));
        try (Caller caller = new Caller(device, "PLAIN")) {
            assertFalse(policy.mayInvoke(caller.accepted(), Dimse.C_FIND_RQ));
            assertFalse(policy.mayMoveTo(caller.accepted(), "ANY"));
        }
    }
}
