package org.hpqr.standalone.control;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.dcm4che3.data.UID;
import org.hpqr.control.Frame;
import org.hpqr.database.DatabaseException;
import org.hpqr.database.HangingProtocolRepository;
import org.hpqr.database.Inventory;
import org.hpqr.database.ObjectReader;
import org.hpqr.database.ObjectState;
import org.hpqr.database.StoredInstance;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends every stored object, one after the other: only one is in memory. An object that is stored meanwhile may be left out;
 * one that is replaced meanwhile is sent as it was or as it is.
 */
public final class ExportOperation implements ControlOperation {

    private static final Logger LOG = LoggerFactory.getLogger(ExportOperation.class);

    private final Inventory inventory;
    private final HangingProtocolRepository repository;
    private final ObjectReader reader;
    private final ControlAudit audit;

    public ExportOperation(Inventory inventory, HangingProtocolRepository repository, ObjectReader reader, ControlAudit audit) {
        this.inventory = inventory;
        this.repository = repository;
        this.reader = reader;
        this.audit = audit;
    }

    @Override
    public void run(Frame request, String user, DataInputStream in, DataOutputStream out) throws IOException {
        Frame.of(Frame.Kind.READY, "", String.valueOf(inventory.countAll())).write(out);
        long[] counts = {0, 0};
        try {
            inventory.forEach(instance -> {
                Frame frame = frame(instance);
                counts[frame.kind() == Frame.Kind.OBJECT ? 0 : 1]++;
                try {
                    frame.write(out);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } finally {
            audit.exported(user, counts[0], counts[1]);
        }
        Frame.end("").write(out);
    }

    private Frame frame(StoredInstance instance) {
        String uid = instance.sopInstanceUid();
        try {
            byte[] file = reader.read(instance).toFile(UID.HangingProtocolStorage, uid);
            return new Frame(Frame.Kind.OBJECT, uid, instance.state() == ObjectState.RETIRED ? Frame.RETIRED : "", file);
        } catch (IOException e) {
            return failure(uid, e);
        } catch (DatabaseException e) {
            if (!repository.isAnswering())
                throw e;
            return failure(uid, e);
        }
    }

    private static Frame failure(String uid, Exception e) {
        LOG.warn("{} was not exported", uid, e);
        return Frame.of(Frame.Kind.FAILURE, uid, "it cannot be read: " + e.getMessage());
    }
}
