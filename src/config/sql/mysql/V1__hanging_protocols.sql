-- hp-qr schema, version 1.

CREATE TABLE hp_object (
    pk              BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    sop_iuid        VARCHAR(64) NOT NULL,
    -- which row of hp_change counted the last change of this object, and what it counted
    shard           INTEGER NOT NULL,
    change_number   BIGINT NOT NULL,
    -- 0 stored, 1 retired, 2 removed
    state           INTEGER NOT NULL,
    -- how often the object was changed, and what that was when the content came that is stored
    version         BIGINT NOT NULL,
    content_version BIGINT NOT NULL,
    -- what a C-FIND may return, in Explicit VR Little Endian, and how many bytes that are
    attrs           LONGBLOB,
    attrs_size      INTEGER NOT NULL,
    content_digest  CHAR(64) NOT NULL,
    transfer_syntax VARCHAR(64) NOT NULL,
    -- the DICOM file: its bytes, or where they are in the storage of the server
    content         LONGBLOB,
    storage_id      VARCHAR(64),
    storage_path    VARCHAR(255),
    object_size     BIGINT NOT NULL,
    object_digest   CHAR(64) NOT NULL,
    -- who stored the content, and when an object was stored under this UID first and last (UTC)
    source_aet      VARCHAR(64),
    source_user     VARCHAR(255),
    source_address  VARCHAR(64),
    created_time    DATETIME(3) NOT NULL,
    updated_time    DATETIME(3) NOT NULL,
    CONSTRAINT hp_object_sop_iuid UNIQUE (sop_iuid)
) ENGINE=InnoDB ROW_FORMAT=DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE INDEX hp_object_change ON hp_object (shard, change_number);
CREATE INDEX hp_object_storage_path ON hp_object (storage_path);

-- What became of objects: contents that were replaced, which can be stored again, and changes of state.
CREATE TABLE hp_history (
    pk              BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    sop_iuid        VARCHAR(64) NOT NULL,
    -- what hp_object.version became by it
    version         BIGINT NOT NULL,
    -- 0 stored, 1 retired, 2 restored, 3 recovered from the storage
    event           INTEGER NOT NULL,
    -- when (UTC), and who did it
    event_time      DATETIME(3) NOT NULL,
    source_aet      VARCHAR(64),
    source_user     VARCHAR(255),
    source_address  VARCHAR(64),
    -- the content that came by it, as in hp_object, or NULL
    content_digest  CHAR(64),
    transfer_syntax VARCHAR(64),
    content         LONGBLOB,
    storage_id      VARCHAR(64),
    storage_path    VARCHAR(255),
    object_size     BIGINT,
    object_digest   CHAR(64),
    CONSTRAINT hp_history_version UNIQUE (sop_iuid, version)
) ENGINE=InnoDB ROW_FORMAT=DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE INDEX hp_history_storage_path ON hp_history (storage_path);

-- How many changes the objects of each shard have seen. A transaction that changes an object first adds one here, so the
-- changes of a shard come one after the other.
CREATE TABLE hp_change (
    shard INTEGER NOT NULL PRIMARY KEY,
    n     BIGINT NOT NULL
) ENGINE=InnoDB ROW_FORMAT=DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

INSERT INTO hp_change (shard, n) VALUES (0, 0);
INSERT INTO hp_change (shard, n) VALUES (1, 0);
INSERT INTO hp_change (shard, n) VALUES (2, 0);
INSERT INTO hp_change (shard, n) VALUES (3, 0);
INSERT INTO hp_change (shard, n) VALUES (4, 0);
INSERT INTO hp_change (shard, n) VALUES (5, 0);
INSERT INTO hp_change (shard, n) VALUES (6, 0);
INSERT INTO hp_change (shard, n) VALUES (7, 0);
INSERT INTO hp_change (shard, n) VALUES (8, 0);
INSERT INTO hp_change (shard, n) VALUES (9, 0);
INSERT INTO hp_change (shard, n) VALUES (10, 0);
INSERT INTO hp_change (shard, n) VALUES (11, 0);
INSERT INTO hp_change (shard, n) VALUES (12, 0);
INSERT INTO hp_change (shard, n) VALUES (13, 0);
INSERT INTO hp_change (shard, n) VALUES (14, 0);
INSERT INTO hp_change (shard, n) VALUES (15, 0);

-- One row with a random UUID, made at the first start: tells this database from every other.
CREATE TABLE hp_database (
    pk INTEGER NOT NULL PRIMARY KEY,
    id CHAR(36) NOT NULL
) ENGINE=InnoDB ROW_FORMAT=DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- One row: how far the integrity check has come. Times are milliseconds since 1970, so that no time zone matters.
CREATE TABLE hp_integrity_check (
    pk           INTEGER NOT NULL PRIMARY KEY,
    -- when the check of all objects began (NULL: never), how many of them it has read, and the pk of the last one
    begun_millis BIGINT,
    checked      BIGINT NOT NULL,
    last_pk      BIGINT NOT NULL
) ENGINE=InnoDB ROW_FORMAT=DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

INSERT INTO hp_integrity_check (pk, begun_millis, checked, last_pk) VALUES (1, NULL, 0, 0);

-- What the integrity check has found, until it is fixed.
CREATE TABLE hp_damaged_object (
    sop_iuid     VARCHAR(64) NOT NULL,
    problem      VARCHAR(255) NOT NULL,
    found_millis BIGINT NOT NULL,
    CONSTRAINT hp_damaged_object_pk PRIMARY KEY (sop_iuid)
) ENGINE=InnoDB ROW_FORMAT=DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
