package org.hpqr.model;

import jakarta.persistence.CascadeType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderBy;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.hpqr.spi.ObjectLocation;

/** Row of {@code hp_object}: one Hanging Protocol instance. */
@Entity
@Table(name = "hp_object")
class HangingProtocol {

    /** What stands for an unknown name: text without padding is never that, and Oracle takes an empty one for NULL. */
    static final String UNKNOWN_NAME = " ";

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long pk;

    @Version
    private long version;

    @Column(name = "sop_iuid", updatable = false)
    private String sopInstanceUid;

    @Column(name = "sop_cuid")
    private String sopClassUid;

    private String name;

    /** LEVEL is a word of Oracle's. */
    @Column(name = "hp_level")
    private String level;

    private String description;

    private String creator;

    @Column(name = "creation_datetime")
    private String creationDateTime;

    private Integer priors;

    private Integer screens;

    @Column(name = "user_code")
    private String userCode;

    @Column(name = "user_scheme")
    private String userScheme;

    @Column(name = "user_version")
    private String userVersion;

    @Column(name = "user_group")
    private String userGroup;

    /** 0 or 1: a number, because not every database of the archive has a boolean type. */
    private short irregular;

    private byte[] attrs;

    @Column(name = "content_digest")
    private String contentDigest;

    @Column(name = "storage_id")
    private String storageId;

    @Column(name = "storage_path")
    private String storagePath;

    @Column(name = "transfer_syntax")
    private String transferSyntax;

    @Column(name = "object_size")
    private long objectSize;

    @Column(name = "object_digest")
    private String objectDigest;

    @Column(name = "source_aet")
    private String sourceAet;

    /** UTC, so that a change of the server's time zone changes nothing. */
    @Column(name = "created_time", updatable = false)
    private LocalDateTime createdTime;

    @Column(name = "updated_time")
    private LocalDateTime updatedTime;

    @OneToMany(mappedBy = "protocol", cascade = CascadeType.ALL, orphanRemoval = true)
    @OrderBy("itemNumber")
    private List<ProtocolDefinition> definitions = new ArrayList<>();

    /** For JPA. */
    protected HangingProtocol() {
    }

    HangingProtocol(IndexedProtocol index, StoredInstance instance, String sourceAet) {
        this.sopInstanceUid = index.sopInstanceUid();
        this.createdTime = now();
        hold(index, instance, sourceAet);
    }

    /** Takes over another content under the same SOP Instance UID. */
    void hold(IndexedProtocol index, StoredInstance instance, String sourceAet) {
        sopClassUid = index.sopClassUid();
        name = index.name().isEmpty() ? UNKNOWN_NAME : index.name();
        level = index.level();
        description = index.description();
        creator = index.creator();
        creationDateTime = index.creationDateTime();
        priors = index.priors();
        screens = index.screens();
        userCode = index.userCode() == null ? null : index.userCode().value();
        userScheme = index.userCode() == null ? null : index.userCode().scheme();
        userVersion = index.userCode() == null ? null : index.userCode().version();
        userGroup = index.userGroup();
        irregular = (short) (index.irregular() ? 1 : 0);
        attrs = index.attrs();
        contentDigest = instance.contentDigest();
        storageId = instance.location().storageId();
        storagePath = instance.location().path();
        transferSyntax = instance.transferSyntax();
        objectSize = instance.location().size();
        objectDigest = instance.location().digest();
        this.sourceAet = sourceAet;
        updatedTime = now();
        definitions.clear();
        for (IndexedDefinition definition : index.definitions())
            definitions.add(new ProtocolDefinition(this, definitions.size() + 1, definition));
    }

    StoredInstance instance() {
        return new StoredInstance(sopInstanceUid, transferSyntax, contentDigest,
                new ObjectLocation(storageId, storagePath, objectSize, objectDigest));
    }

    /** {@code false} as long as it holds its first content. */
    boolean wasReplaced() {
        return version > 0;
    }

    private static LocalDateTime now() {
        return LocalDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.MILLIS);
    }
}
