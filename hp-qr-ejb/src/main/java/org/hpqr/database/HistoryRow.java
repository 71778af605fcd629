package org.hpqr.database;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.LocalDateTime;
import org.hpqr.spi.ObjectLocation;

/** Row of {@code hp_history}, but for the bytes. It is only read; {@link HistoryRows} writes. */
@Entity
@Table(name = "hp_history")
class HistoryRow {

    @Id
    private Long pk;

    @Column(name = "sop_iuid")
    private String sopInstanceUid;

    @Column(name = "version")
    private long version;

    @Column(name = "event")
    private int event;

    @Column(name = "event_time")
    private LocalDateTime time;

    @Column(name = "source_aet")
    private String sourceAet;

    @Column(name = "source_user")
    private String sourceUser;

    @Column(name = "source_address")
    private String sourceAddress;

    @Column(name = "content_digest")
    private String contentDigest;

    @Column(name = "transfer_syntax")
    private String transferSyntax;

    @Column(name = "storage_id")
    private String storageId;

    @Column(name = "storage_path")
    private String storagePath;

    @Column(name = "object_size")
    private Long objectSize;

    @Column(name = "object_digest")
    private String objectDigest;

    /** For the persistence provider. */
    protected HistoryRow() {
    }

    HistoryEntry entry() {
        ContentVersion content = objectDigest == null ? null : new ContentVersion(sopInstanceUid, version, transferSyntax, contentDigest,
                storageId == null ? null : new ObjectLocation(storageId, storagePath), objectSize, objectDigest);
        return new HistoryEntry(version, HistoryEvent.values()[event], time, new ChangedBy(sourceAet, sourceUser, sourceAddress),
                content);
    }
}
