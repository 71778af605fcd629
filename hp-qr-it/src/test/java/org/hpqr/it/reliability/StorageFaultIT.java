package org.hpqr.it.reliability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.hpqr.testkit.dicom.Destination;
import org.hpqr.testkit.dicom.Peer;
import org.hpqr.testkit.samples.RandomProtocols;
import org.hpqr.testkit.server.ExternalProcess;
import org.hpqr.testkit.server.StandaloneServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The disk that objects lie on is full, becomes read-only, vanishes, or loses an object: A700 or a failed sub-operation as
 * long as that lasts, and service again afterwards, without a restart.
 */
class StorageFaultIT {

    private static final int MEGABYTE = 1 << 20;
    private static final int OBJECTS = 5;
    private static final int PADDING = 0x00750001;

    private final List<Attributes> objects = new ArrayList<>(new RandomProtocols(7).next(OBJECTS));
    private final Attributes another = new RandomProtocols(8).next();

    @TempDir
    private Path data;

    @TempDir
    private Path disk;

    private boolean mounted;
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
        if (mounted)
            run("umount", "--lazy", disk.toString());
    }

    @Test
    void fullAndReadOnlyAndVanishedDisk() throws Exception {
        mount();
        start();
        storeAll();

        Path filler = disk.resolve("filler");
        fill(filler);
        assertEquals(0xA700, store(another), "full");
        assertEquals(0xA700, store(large()), "full in the middle");
        assertAllAreGot();
        Files.delete(filler);
        assertEquals(0, store(another), "there is space again");
        objects.add(another);

        // a disk with files that are open cannot be made read-only from outside, so a part of it is
        String incoming = storage().resolve("incoming").toString();
        run("mount", "--bind", incoming, incoming);
        run("mount", "-o", "remount,bind,ro", incoming);
        assertEquals(0xA700, store(large()), "read-only");
        assertAllAreGot();
        run("umount", incoming);

        Path elsewhere = disk.resolve("elsewhere");
        Files.move(storage(), elsewhere);
        assertEquals(0xA700, store(large()), "vanished");
        Peer.Response got = get();
        assertEquals(List.of(0xA702, 0, objects.size()), List.of(got.status(), completed(got), failed(got).size()));
        Files.move(elsewhere, storage());

        assertEquals(0, store(large()), "all is as it was");
        assertAllAreGot();
        StoredFiles files = new StoredFiles(disk);
        assertEquals(objects.size() + 1, files.complete().size(), "refused objects leave nothing behind");
        assertEquals(List.of(), files.incoming());
    }

    @Test
    void missingAndDamagedObjectsFailAloneAndAreMendedByBeingStoredAgain() throws Exception {
        start();
        storeAll();
        String missing = uid(objects.get(1));
        String damaged = uid(objects.get(3));
        Files.delete(file(missing));
        byte[] bytes = Files.readAllBytes(file(damaged));
        bytes[bytes.length - 1] ^= 1;
        Files.write(file(damaged), bytes);

        for (Peer.Response response : List.of(get(), move())) {
            assertEquals(List.of(0xB000, OBJECTS - 2), List.of(response.status(), completed(response)));
            assertEquals(Set.of(missing, damaged), Set.copyOf(failed(response)));
        }
        for (String uid : List.of(missing, damaged))
            server.process().awaitLine(line -> line.contains("WARN") && line.contains(uid));

        storeAll();
        assertAllAreGot();
    }

    private void start() throws Exception {
        destination = new Destination();
        Map<String, String> variables = new HashMap<>();
        variables.put("HPQR_STORAGE_DIRECTORY", storage().toString());
        variables.put("HPQR_MOVE_DESTINATIONS", Destination.AE_TITLE + "=127.0.0.1:" + destination.port);
        server = StandaloneServer.start(data, variables);
        peer = new Peer(server.port());
    }

    private Path storage() {
        return disk.resolve("objects");
    }

    /** A small file system of its own, for which one has to be root. */
    private void mount() {
        if (!System.getProperty("user.name").equals("root")) {
            String message = "NOT TESTED WITH A FULL DISK: only root can mount one";
            System.err.println(message);
            abort(message);
        }
        run("mount", "-t", "tmpfs", "-o", "size=" + 4 * MEGABYTE, "hpqr-it", disk.toString());
        mounted = true;
    }

    private void run(String... command) {
        ExternalProcess.run(data, List.of(command));
    }

    private static void fill(Path filler) {
        try {
            Files.write(filler, new byte[8 * MEGABYTE]);
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

    private static Attributes large() {
        Attributes object = new RandomProtocols(9).next();
        object.setBytes("HPQR IT", PADDING, VR.OB, new byte[MEGABYTE]);
        return object;
    }

    private Peer.Response get() throws Exception {
        return peer.get(Peer.uids(uids())).last();
    }

    private Peer.Response move() throws Exception {
        return peer.move(Peer.uids(uids()), Destination.AE_TITLE).last();
    }

    private void assertAllAreGot() throws Exception {
        assertEquals(OBJECTS, Inventory.got(peer, List.of(uids()).subList(0, OBJECTS)).size());
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

    /** The one that holds this object. */
    private Path file(String uid) throws IOException {
        for (Path file : new StoredFiles(disk).complete())
            if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(uid))
                return file;
        throw new AssertionError("no file holds " + uid);
    }
}
