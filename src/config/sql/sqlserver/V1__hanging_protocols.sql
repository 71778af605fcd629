-- hp-qr schema, version 1. Columns hold decoded text without padding; NULL is an unknown value, but for name: a blank.
-- irregular = 1: a searchable value does not fit its column (several values, too long, not representable), so that
-- matching may not rely on the columns of that object.

CREATE TABLE hp_object (
    pk                BIGINT IDENTITY NOT NULL PRIMARY KEY,
    sop_iuid          NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    -- which row of hp_change counts its changes, and what it counted at the last one
    shard             INTEGER NOT NULL,
    change_number     BIGINT NOT NULL,
    -- 0 stored, 1 retired, 2 removed
    state             INTEGER NOT NULL,
    -- how often the object was changed
    version           BIGINT NOT NULL,
    sop_cuid          NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    name              NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    hp_level          NVARCHAR(16) COLLATE Latin1_General_100_BIN2,
    description       NVARCHAR(255) COLLATE Latin1_General_100_BIN2,
    creator           NVARCHAR(255) COLLATE Latin1_General_100_BIN2,
    creation_datetime NVARCHAR(64) COLLATE Latin1_General_100_BIN2,
    priors            INTEGER,
    screens           INTEGER,
    user_code         NVARCHAR(255) COLLATE Latin1_General_100_BIN2,
    user_scheme       NVARCHAR(64) COLLATE Latin1_General_100_BIN2,
    user_version      NVARCHAR(64) COLLATE Latin1_General_100_BIN2,
    user_group        NVARCHAR(64) COLLATE Latin1_General_100_BIN2,
    irregular         SMALLINT NOT NULL,
    -- what a C-FIND may return, in Explicit VR Little Endian
    attrs             VARBINARY(MAX) NOT NULL,
    attrs_size        INTEGER NOT NULL,
    content_digest    NCHAR(64) NOT NULL,
    transfer_syntax   NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    -- the DICOM file: its bytes, or where they are in the storage of the server
    content           VARBINARY(MAX),
    storage_id        NVARCHAR(64) COLLATE Latin1_General_100_BIN2,
    storage_path      NVARCHAR(255) COLLATE Latin1_General_100_BIN2,
    object_size       BIGINT NOT NULL,
    object_digest     NCHAR(64) NOT NULL,
    source_aet        NVARCHAR(64) COLLATE Latin1_General_100_BIN2,
    created_time      DATETIME2(3) NOT NULL,
    updated_time      DATETIME2(3) NOT NULL,
    CONSTRAINT hp_object_sop_iuid UNIQUE (sop_iuid)
);

CREATE INDEX hp_object_change ON hp_object (shard, change_number);
CREATE INDEX hp_object_name ON hp_object (name, sop_iuid);
CREATE INDEX hp_object_level ON hp_object (hp_level);
CREATE INDEX hp_object_user_code ON hp_object (user_code, user_scheme);
CREATE INDEX hp_object_user_group ON hp_object (user_group);
CREATE INDEX hp_object_irregular ON hp_object (irregular);
CREATE INDEX hp_object_storage_path ON hp_object (storage_path);

-- One row for each item of the Hanging Protocol Definition Sequence.
CREATE TABLE hp_definition (
    hp_fk       BIGINT NOT NULL,
    item_number INTEGER NOT NULL,
    modality    NVARCHAR(16) COLLATE Latin1_General_100_BIN2,
    laterality  NVARCHAR(16) COLLATE Latin1_General_100_BIN2,
    CONSTRAINT hp_definition_pk PRIMARY KEY (hp_fk, item_number),
    CONSTRAINT hp_definition_fk FOREIGN KEY (hp_fk) REFERENCES hp_object (pk)
);

CREATE INDEX hp_definition_modality ON hp_definition (modality, laterality, hp_fk);

-- One row for each code of an item. The modality is that of the item, once more: one index tells the few codes of a region
-- and a modality, and the object and the item they are of.
CREATE TABLE hp_definition_code (
    hp_fk          BIGINT NOT NULL,
    item_number    INTEGER NOT NULL,
    code_number    INTEGER NOT NULL,
    role           NVARCHAR(16) COLLATE Latin1_General_100_BIN2 NOT NULL,
    modality       NVARCHAR(16) COLLATE Latin1_General_100_BIN2,
    code_value     NVARCHAR(255) COLLATE Latin1_General_100_BIN2,
    scheme         NVARCHAR(64) COLLATE Latin1_General_100_BIN2,
    scheme_version NVARCHAR(64) COLLATE Latin1_General_100_BIN2,
    CONSTRAINT hp_definition_code_pk PRIMARY KEY (hp_fk, item_number, code_number),
    CONSTRAINT hp_definition_code_fk FOREIGN KEY (hp_fk, item_number) REFERENCES hp_definition (hp_fk, item_number)
);

CREATE INDEX hp_definition_code_value ON hp_definition_code (code_value, role, modality, hp_fk, item_number);

-- How many changes the objects of each shard have seen. A transaction that changes an object first adds one here, so the
-- changes of a shard come one after the other.
CREATE TABLE hp_change (
    shard INTEGER NOT NULL PRIMARY KEY,
    n     BIGINT NOT NULL
);

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
    id NCHAR(36) NOT NULL
);
