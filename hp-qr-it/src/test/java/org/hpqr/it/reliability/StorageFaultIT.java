package org.hpqr.it.reliability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.hpqr.it.reliability.ServerDatabase.OfServer;
import org.hpqr.testkit.database.StoredContent;
import org.hpqr.testkit.dicom.Destination;
import org.hpqr.testkit.dicom.Peer;
import org.hpqr.testkit.samples.RandomProtocols;
import org.hpqr.testkit.server.ExternalProcess;
import org.hpqr.testkit.server.StandaloneServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The disk of the database is full, or damages an object: A700 or a failed sub-operation as long as that lasts, and service
 * again afterwards, without a restart.
 */
@Order(2)
class StorageFaultIT {

    private static final int MEGABYTE = 1 << 20;
    private static final int DISK_MEGABYTES = 48;
    private static final int OBJECTS = 5;
    private static final int PADDING = 0x00750001;

    private final List<Attributes> objects = new ArrayList<>(new RandomProtocols(7).next(OBJECTS));

    @TempDir
    private Path data;

    @TempDir
    private Path disk;

    private boolean mounted;
    private OfServer database;
    private Destination destination;
    private StandaloneServer server;
    private Peer peer;

    @AfterEach
    void stop() {
        if (peer != null)
            peer.close();
        if (server != null)
            server.close();
        if (destination != null)
            destination.close();
        if (database != null)
            database.close();
        if (mounted)
            run("umount", "--lazy", disk.toString());
    }

    /** H2 closes its file when it cannot write to it, and opens it again. Log and status are on that disk, too. */
    @Test
    void fullDiskOfH2() throws Exception {
        mount();
        start(disk.resolve("data"), Map.of());
        fullDisk();
    }

    @Test
    void fullDiskOfPostgresql() throws Exception {
        mount();
        run("chown", "nobody", disk.toString());
        database = ServerDatabase.postgresql();
        database.server.execute("CREATE TABLESPACE small LOCATION '" + disk + "'");
        database.server.execute("ALTER DATABASE " + OfServer.DATABASE + " SET TABLESPACE small");
        start(data, database.variables());
        fullDisk();
    }

    private void fullDisk() throws Exception {
        storeAll();
        Path filler = disk.resolve("filler");
        fill(filler);

        int stored = 0;
        int status;
        while ((status = store(large(stored))) == 0)
            assertTrue(++stored < DISK_MEGABYTES, "the disk is full");
        assertEquals(0xA700, status);
        assertEquals(0xA700, store(large(stored)), "as long as it is full");
        assertAllAreGot(stored);

        Files.delete(filler);
        assertEquals(0, store(large(stored)), "there is space again");
        assertAllAreGot(stored + 1);
    }

    @Test
    void damagedObjectsFailAloneAndAreFixedByBeingStoredAgain() throws Exception {
        database = ServerDatabase.postgresql();
        start(data, database.variables());
        storeAll();
        List<String> damaged = List.of(uid(objects.get(1)), uid(objects.get(3)));
        try (Connection connection = database.server.connect(OfServer.DATABASE)) {
            for (String uid : damaged)
                StoredContent.damage(connection, uid);
        }

        for (Peer.Response response : List.of(get(), move())) {
            assertEquals(List.of(0xB000, OBJECTS - 2), List.of(response.status(), completed(response)));
            assertEquals(Set.copyOf(damaged), Set.copyOf(failed(response)));
        }
        for (String uid : damaged)
            server.process().awaitLine(line -> line.contains("WARN") && line.contains(uid));

        storeAll();
        assertAllAreGot(0);
    }

    private void start(Path dataDirectory, Map<String, String> settings) throws Exception {
        destination = new Destination();
        Map<String, String> variables = new HashMap<>(settings);
        variables.put("HPQR_MOVE_DESTINATIONS", Destination.AE_TITLE + "=127.0.0.1:" + destination.port);
        server = StandaloneServer.start(dataDirectory, variables);
        peer = new Peer(server.port());
    }

    /** A small file system of its own, for which one has to be root. */
    private void mount() {
        if (!System.getProperty("user.name").equals("root")) {
            String message = "NOT TESTED WITH A FULL DISK: only root can mount one";
            System.err.println(message);
            abort(message);
        }
        run("mount", "-t", "tmpfs", "-o", "size=" + DISK_MEGABYTES + 'm', "hpqr-it", disk.toString());
        mounted = true;
    }

    private void run(String... command) {
        ExternalProcess.run(data, List.of(command));
    }

    private static void fill(Path filler) {
        try {
            Files.write(filler, new byte[DISK_MEGABYTES * MEGABYTE]);
        } catch (IOException e) {
            // this is what full means
        }
    }

    private void storeAll() throws Exception {
        for (Attributes object : objects)
            assertEquals(0, store(object));
    }

    private int store(Attributes object) throws Exception {
        return peer.store(object, UID.ExplicitVRLittleEndian).status();
    }

    /** Of one megabyte that cannot be compressed. */
    private static Attributes large(int number) {
        RandomProtocols protocols = new RandomProtocols(9);
        protocols.next(number);
        Attributes object = protocols.next();
        byte[] padding = new byte[MEGABYTE];
        new Random(number).nextBytes(padding);
        object.setBytes("HPQR IT", PADDING, VR.OB, padding);
        return object;
    }

    private Peer.Response get() throws Exception {
        return peer.get(Peer.uids(uids())).last();
    }

    private Peer.Response move() throws Exception {
        return peer.move(Peer.uids(uids()), Destination.AE_TITLE).last();
    }

    /** The small ones, and so many large ones. */
    private void assertAllAreGot(int large) throws Exception {
        List<String> expected = new ArrayList<>(List.of(uids()));
        for (int i = 0; i < large; i++)
            expected.add(uid(large(i)));
        assertEquals(Set.copyOf(expected), ServedObjects.found(peer));
        assertEquals(expected.size(), ServedObjects.got(peer, expected).size());
    }

    private String[] uids() {
        return objects.stream().map(StorageFaultIT::uid).toArray(String[]::new);
    }

    private static String uid(Attributes object) {
        return object.getString(Tag.SOPInstanceUID);
    }

    private static int completed(Peer.Response response) {
        return response.command().getInt(Tag.NumberOfCompletedSuboperations, -1);
    }

    private static List<String> failed(Peer.Response response) {
        assertTrue(response.data() != null, () -> "no failed list: " + response.command());
        return List.of(response.data().getStrings(Tag.FailedSOPInstanceUIDList));
    }
}
