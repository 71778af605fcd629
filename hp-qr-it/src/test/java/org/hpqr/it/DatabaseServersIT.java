package org.hpqr.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.hpqr.testkit.database.DatabaseServer;
import org.hpqr.testkit.database.MariaDbServer;
import org.hpqr.testkit.database.PostgresServer;
import org.hpqr.testkit.dicom.Peer;
import org.hpqr.testkit.samples.SampleProtocols;
import org.hpqr.testkit.server.StandaloneServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server as it is shipped, with its drivers, on each database server that it takes: what {@code --db} is for. */
class DatabaseServersIT {

    @TempDir
    private Path data;

    @Test
    void storesFindsAndSendsOnPostgresql() throws Exception {
        assumeTrue(PostgresServer.isInstalled(), "NOT TESTED ON PostgreSQL: it is not there");
        try (DatabaseServer database = new PostgresServer()) {
            storesFindsAndSends("postgresql", DatabaseServer.USER, database);
        }
    }

    @Test
    void storesFindsAndSendsOnMariaDb() throws Exception {
        assumeTrue(MariaDbServer.isInstalled(), "NOT TESTED ON MariaDB: it is not there");
        try (DatabaseServer database = new MariaDbServer()) {
            database.execute("CREATE USER somebody IDENTIFIED BY 'secret'");
            database.execute("GRANT ALL ON hpqr.* TO somebody");
            storesFindsAndSends("mariadb", "somebody", database);
        }
    }

    private void storesFindsAndSends(String product, String user, DatabaseServer database) throws Exception {
        database.execute("CREATE DATABASE hpqr");
        Map<String, String> variables = Map.of("HPQR_DB", product, "HPQR_DB_URL", database.url("hpqr"),
                "HPQR_DB_USER", user, "HPQR_DB_PASSWORD", "secret");
        Attributes protocol = SampleProtocols.utf8();
        try (StandaloneServer server = StandaloneServer.start(data, variables); Peer peer = new Peer(server.port())) {
            assertEquals(0, peer.store(protocol, UID.ExplicitVRLittleEndian).status());

            Attributes keys = new Attributes();
            keys.setString(Tag.SpecificCharacterSet, protocol.getVR(Tag.SpecificCharacterSet), "ISO_IR 192");
            keys.setString(Tag.HangingProtocolName, protocol.getVR(Tag.HangingProtocolName), protocol.getString(Tag.HangingProtocolName));
            keys.setNull(Tag.SOPInstanceUID, protocol.getVR(Tag.SOPInstanceUID));
            List<Peer.Response> found = peer.find(keys).all();
            assertEquals(2, found.size(), "one match and the end");
            String uid = found.get(0).data().getString(Tag.SOPInstanceUID);
            assertEquals(protocol.getString(Tag.SOPInstanceUID), uid);

            assertEquals(0, peer.get(Peer.uids(uid)).last().status());
            assertEquals(List.of(protocol), peer.received);
            assertEquals(0, server.stop(), server.process()::output);
        }
    }
}
