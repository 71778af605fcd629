package org.hpqr.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.hpqr.access.Permissions;
import org.hpqr.catalogue.Catalogue;
import org.hpqr.database.ChangedBy;
import org.hpqr.database.CommitSync;
import org.hpqr.database.DatabaseException;
import org.hpqr.database.ExternalStorage;
import org.hpqr.database.HangingProtocolRepository;
import org.hpqr.database.NewVersion;
import org.hpqr.database.ObjectReader;
import org.hpqr.dataset.DatasetCodec;
import org.hpqr.spi.GivenSettings;
import org.hpqr.spi.HpSettings.ValidationLevel;
import org.hpqr.spi.HpSettings;
import org.hpqr.spi.OpenPolicy;
import org.hpqr.spi.Settings;
import org.hpqr.status.HpFailure;
import org.hpqr.status.HpStatus;
import org.junit.jupiter.api.Test;

/** Large objects are written to the database one at a time, as it takes many times their size. */
class LargeWriteTest {

    private static final int SMALL = 1_024;
    private static final int LARGE = HangingProtocolReceiver.LARGE + 1_024;
    private static final String FIRST = "2.25.1";
    private static final String SECOND = "2.25.2";

    private static final ExternalStorage NONE = new ExternalStorage(null);

    private static final Settings NOT_VALIDATING = new GivenSettings(Map.of(HpSettings.VALIDATION, ValidationLevel.OFF));

    private static final CommitSync NO_DISK = new CommitSync() {
        @Override
        public void sync() {
            // nothing is written
        }
    };

    private static final Catalogue EMPTY = new Catalogue() {
        @Override
        public boolean mayContain(String sopInstanceUid) {
            return false;
        }
    };

    private final Rows rows = new Rows();

    @Test
    void largeOneWaitsForItsLimitOnlyAndSmallOnePasses() throws Exception {
        HangingProtocolReceiver receiver = receiver(Duration.ZERO);
        FutureTask<Outcome> first = start(() -> store(receiver, FIRST, LARGE));
        rows.firstIsWritten.await();
        HpFailure failure = assertThrows(HpFailure.class, () -> store(receiver, SECOND, LARGE));
        assertEquals(HpStatus.OUT_OF_RESOURCES, failure.status());
        assertEquals("No memory is free for the data set", failure.comment());
        assertEquals(Outcome.ADDED, store(receiver, SECOND, SMALL));
        rows.firstMayEnd.countDown();
        assertEquals(Outcome.ADDED, first.get());
        assertEquals(Outcome.ADDED, store(receiver, SECOND, LARGE));
    }

    @Test
    void largeOneIsWrittenAfterTheOther() throws Exception {
        HangingProtocolReceiver receiver = new HangingProtocolReceiver(NONE, rows, new ObjectReader(NONE, rows), NOT_VALIDATING,
                new OpenPolicy(), NO_DISK, EMPTY);
        FutureTask<Outcome> first = start(() -> store(receiver, FIRST, LARGE));
        rows.firstIsWritten.await();
        FutureTask<Outcome> second = new FutureTask<>(() -> store(receiver, SECOND, LARGE));
        Thread thread = start(second);
        while (thread.getState() != Thread.State.TIMED_WAITING && !second.isDone())
            Thread.yield();
        rows.firstMayEnd.countDown();
        assertEquals(Outcome.ADDED, first.get());
        assertEquals(Outcome.ADDED, second.get());
        assertEquals(1, rows.mostAtOnce.get());
    }

    @Test
    void oneThatFailsLetsTheNextPass() throws Exception {
        HangingProtocolReceiver receiver = receiver(Duration.ZERO);
        rows.firstMayEnd.countDown();
        rows.failing = true;
        assertThrows(HpFailure.class, () -> store(receiver, FIRST, LARGE));
        rows.failing = false;
        assertEquals(Outcome.ADDED, store(receiver, FIRST, LARGE));
    }

    private HangingProtocolReceiver receiver(Duration maxWait) {
        return new HangingProtocolReceiver(NONE, rows, new ObjectReader(NONE, rows), NOT_VALIDATING, new OpenPolicy(), NO_DISK, EMPTY, maxWait);
    }

    private static FutureTask<Outcome> start(Callable<Outcome> store) {
        FutureTask<Outcome> task = new FutureTask<>(store);
        start(task);
        return task;
    }

    private static Thread start(FutureTask<Outcome> task) {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static Outcome store(HangingProtocolReceiver receiver, String uid, int size) throws HpFailure, IOException {
        Attributes dataset = new Attributes();
        dataset.setString(Tag.SOPClassUID, VR.UI, UID.HangingProtocolStorage);
        dataset.setString(Tag.SOPInstanceUID, VR.UI, uid);
        dataset.setBytes(Tag.PixelData, VR.OW, new byte[size]);
        return receiver.receive(new ReceivedObject("HPQR", ChangedBy.aeTitle("WS1"), UID.HangingProtocolStorage, uid,
                UID.ExplicitVRLittleEndian, DatasetCodec.encode(dataset, UID.ExplicitVRLittleEndian)), Permissions.ALL);
    }

    /** A table in which the writing of the first object ends when the test says so. */
    private static final class Rows extends HangingProtocolRepository {

        private final CountDownLatch firstIsWritten = new CountDownLatch(1);
        private final CountDownLatch firstMayEnd = new CountDownLatch(1);
        private final AtomicInteger atOnce = new AtomicInteger();
        private final AtomicInteger mostAtOnce = new AtomicInteger();
        private volatile boolean failing;

        @Override
        public void add(NewVersion object) {
            mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
            try {
                if (failing)
                    throw new DatabaseException(new SQLException("failed"));
                if (object.sopInstanceUid().equals(FIRST)) {
                    firstIsWritten.countDown();
                    firstMayEnd.await();
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            } finally {
                atOnce.decrementAndGet();
            }
        }

        @Override
        public boolean isAnswering() {
            return false;
        }
    }
}
