package org.hpqr.database;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.LocalDateTime;
import org.hpqr.spi.ObjectLocation;

/** Row of {@code hp_object}, as far as it tells what is stored and where. It is only read; {@link ObjectRows} writes. */
@Entity
@Table(name = "hp_object")
class HangingProtocol {

    @Id
    private Long pk;

    @Column(name = "sop_iuid")
    private String sopInstanceUid;

    @Column(name = "state")
    private int state;

    @Column(name = "version")
    private long version;

    @Column(name = "content_version")
    private long contentVersion;

    @Column(name = "updated_time")
    private LocalDateTime updatedTime;

    @Column(name = "source_aet")
    private String sourceAet;

    @Column(name = "source_user")
    private String sourceUser;

    @Column(name = "source_address")
    private String sourceAddress;

    @Column(name = "transfer_syntax")
    private String transferSyntax;

    @Column(name = "content_digest")
    private String contentDigest;

    @Column(name = "storage_id")
    private String storageId;

    @Column(name = "storage_path")
    private String storagePath;

    @Column(name = "object_size")
    private long objectSize;

    @Column(name = "object_digest")
    private String objectDigest;

    /** For the persistence provider. */
    protected HangingProtocol() {
    }

    long pk() {
        return pk;
    }

    /** How it came that it has the content that it has. */
    HistoryEntry current() {
        StoredInstance now = instance();
        return new HistoryEntry(contentVersion, HistoryEvent.STORED, updatedTime, new ChangedBy(sourceAet, sourceUser, sourceAddress),
                new ContentVersion(sopInstanceUid, contentVersion, transferSyntax, contentDigest, now.location(), objectSize, objectDigest));
    }

    StoredInstance instance() {
        return new StoredInstance(sopInstanceUid, ObjectState.values()[state], version, transferSyntax, contentDigest,
                storageId == null ? null : new ObjectLocation(storageId, storagePath), objectSize, objectDigest);
    }
}
