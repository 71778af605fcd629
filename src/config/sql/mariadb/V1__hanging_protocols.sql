-- hp-qr schema, version 1. Columns hold decoded text without padding; NULL is an unknown value, but for name: a blank.
-- irregular = 1: a searchable value does not fit its column (several values, too long, not representable), so that
-- matching may not rely on the columns of that object.

CREATE TABLE hp_object (
    pk                BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    version           BIGINT NOT NULL,
    sop_iuid          VARCHAR(64) NOT NULL,
    sop_cuid          VARCHAR(64) NOT NULL,
    name              VARCHAR(64) NOT NULL,
    hp_level          VARCHAR(16),
    description       VARCHAR(255),
    creator           VARCHAR(255),
    creation_datetime VARCHAR(64),
    priors            INTEGER,
    screens           INTEGER,
    user_code         VARCHAR(255),
    user_scheme       VARCHAR(64),
    user_version      VARCHAR(64),
    user_group        VARCHAR(64),
    irregular         SMALLINT NOT NULL,
    attrs             LONGBLOB NOT NULL,
    content_digest    CHAR(64) NOT NULL,
    storage_id        VARCHAR(64) NOT NULL,
    storage_path      VARCHAR(255) NOT NULL,
    transfer_syntax   VARCHAR(64) NOT NULL,
    object_size       BIGINT NOT NULL,
    object_digest     CHAR(64) NOT NULL,
    source_aet        VARCHAR(64),
    created_time      DATETIME(3) NOT NULL,
    updated_time      DATETIME(3) NOT NULL,
    CONSTRAINT hp_object_sop_iuid UNIQUE (sop_iuid)
) ENGINE=InnoDB ROW_FORMAT=DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

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
    modality    VARCHAR(16),
    laterality  VARCHAR(16),
    CONSTRAINT hp_definition_pk PRIMARY KEY (hp_fk, item_number),
    CONSTRAINT hp_definition_fk FOREIGN KEY (hp_fk) REFERENCES hp_object (pk)
) ENGINE=InnoDB ROW_FORMAT=DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE INDEX hp_definition_modality ON hp_definition (modality, laterality, hp_fk);

-- One row for each code of an item. The modality is that of the item, once more: one index tells the few codes of a region
-- and a modality, and the object and the item they are of.
CREATE TABLE hp_definition_code (
    hp_fk          BIGINT NOT NULL,
    item_number    INTEGER NOT NULL,
    code_number    INTEGER NOT NULL,
    role           VARCHAR(16) NOT NULL,
    modality       VARCHAR(16),
    code_value     VARCHAR(255),
    scheme         VARCHAR(64),
    scheme_version VARCHAR(64),
    CONSTRAINT hp_definition_code_pk PRIMARY KEY (hp_fk, item_number, code_number),
    CONSTRAINT hp_definition_code_fk FOREIGN KEY (hp_fk, item_number) REFERENCES hp_definition (hp_fk, item_number)
) ENGINE=InnoDB ROW_FORMAT=DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE INDEX hp_definition_code_value ON hp_definition_code (code_value, role, modality, hp_fk, item_number);

-- One row with a random UUID, made at the first start: what objects in a storage directory belong to.
CREATE TABLE hp_database (
    pk INTEGER NOT NULL PRIMARY KEY,
    id CHAR(36) NOT NULL
) ENGINE=InnoDB ROW_FORMAT=DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
