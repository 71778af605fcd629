package org.hpqr.dimse;

import static org.hpqr.dimse.GetScpTest.assertStatus;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.function.UnaryOperator;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.h2.jdbcx.JdbcConnectionPool;
import org.hpqr.database.BusyDatabase;
import org.hpqr.database.OtherQuery;
import org.hpqr.spi.HpSettings;
import org.hpqr.testkit.dicom.Peer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A C-FIND that waits for a database that works for minutes (PS3.4 K.4.1.1.4, K.4.1.2): everything ends it at once. */
class LongFindTest {

    private final Attributes identifier = new Attributes();
    private BusyDatabase busy;
    private JdbcConnectionPool pool;
    private TestServer server;
    private Peer peer;

    private void start(BusyDatabase database) throws Exception {
        identifier.setNull(Tag.SOPInstanceUID, VR.UI);
        busy = database;
        pool = database.create();
        server = new TestServer(UnaryOperator.identity(),
                own -> TestServer.catalogue(OtherQuery.in(pool, database.endless())));
        server.settings.put(HpSettings.MAX_CONCURRENT_FINDS, 1);
        peer = new Peer(server.port);
    }

    @AfterEach
    void stop() {
        // none of them is there if there is no such database here
        if (peer != null)
            peer.close();
        if (server != null)
            server.close();
        if (pool != null)
            pool.dispose();
    }

    @ParameterizedTest
    @EnumSource
    void cancelled(BusyDatabase database) throws Exception {
        start(database);
        Peer.Pending find = begin(peer);
        find.cancel();
        Peer.Response last = find.next();
        assertStatus(0xFE00, last);
        assertNull(last.data());
        checkThatEverythingIsFree("queried 0 FE00H");
    }

    /** Asked in another way than for everything, as few matches are expected; no value is bound in this statement. */
    @ParameterizedTest
    @EnumSource
    void cancelledWhileItSearches(BusyDatabase database) throws Exception {
        start(database);
        identifier.setString(Tag.HangingProtocolName, VR.SH, "*a*b*");
        Peer.Pending find = begin(peer);
        find.cancel();
        assertStatus(0xFE00, find.next());
        checkThatEverythingIsFree("queried 0 FE00H");
    }

    @ParameterizedTest
    @EnumSource
    void associationAborted(BusyDatabase database) throws Exception {
        start(database);
        begin(peer);
        peer.association.abort();
        checkThatEverythingIsFree("queried 0 FE00H");
    }

    @ParameterizedTest
    @EnumSource
    void connectionLost(BusyDatabase database) throws Exception {
        start(database);
        begin(peer);
        peer.association.getSocket().close();
        checkThatEverythingIsFree("queried 0 FE00H");
    }

    @ParameterizedTest
    @EnumSource
    void timedOut(BusyDatabase database) throws Exception {
        start(database);
        server.settings.put(HpSettings.FIND_TIMEOUT, 1);
        assertStatus(0xA700, peer.find(identifier).next());
        server.settings.remove(HpSettings.FIND_TIMEOUT);
        checkThatEverythingIsFree("queried 0 A700H");
    }

    private Peer.Pending begin(Peer scu) throws Exception {
        Peer.Pending find = scu.find(identifier);
        busy.awaitWorking(pool);
        return find;
    }

    private void checkThatEverythingIsFree(String audited) throws Exception {
        server.awaitAudit(audited);
        assertTrue(pool.getActiveConnections() <= 1, "the statement goes on for others, for a while");
        try (Peer another = new Peer(server.port)) {
            Peer.Pending find = begin(another);
            find.cancel();
            assertStatus(0xFE00, find.next());
        }
    }
}
