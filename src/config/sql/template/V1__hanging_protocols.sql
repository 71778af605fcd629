-- hp-qr schema, version 1. Columns hold decoded text without padding; NULL is an unknown value, but for name: a blank.
-- irregular = 1: a searchable value does not fit its column (several values, too long, not representable), so that
-- matching may not rely on the columns of that object.

CREATE TABLE hp_object (
    pk                <key>,
    sop_iuid          <text 64> NOT NULL,
    -- which row of hp_change counts its changes, and what it counted at the last one
    shard             <int> NOT NULL,
    change_number     <long> NOT NULL,
    -- 0 stored, 1 retired, 2 removed
    state             <int> NOT NULL,
    -- how often the object was changed
    version           <long> NOT NULL,
    sop_cuid          <text 64> NOT NULL,
    name              <text 64> NOT NULL,
    hp_level          <text 16>,
    description       <text 255>,
    creator           <text 255>,
    creation_datetime <text 64>,
    priors            <int>,
    screens           <int>,
    user_code         <text 255>,
    user_scheme       <text 64>,
    user_version      <text 64>,
    user_group        <text 64>,
    irregular         <small> NOT NULL,
    -- what a C-FIND may return, in Explicit VR Little Endian
    attrs             <bytes> NOT NULL,
    attrs_size        <int> NOT NULL,
    content_digest    <char 64> NOT NULL,
    transfer_syntax   <text 64> NOT NULL,
    -- the DICOM file: its bytes, or where they are in the storage of the server
    content           <bytes>,
    storage_id        <text 64>,
    storage_path      <text 255>,
    object_size       <long> NOT NULL,
    object_digest     <char 64> NOT NULL,
    source_aet        <text 64>,
    created_time      <time> NOT NULL,
    updated_time      <time> NOT NULL,
    CONSTRAINT hp_object_sop_iuid UNIQUE (sop_iuid)
)<table>;

CREATE INDEX hp_object_change ON hp_object (shard, change_number);
CREATE INDEX hp_object_name ON hp_object (name, sop_iuid);
CREATE INDEX hp_object_level ON hp_object (hp_level);
CREATE INDEX hp_object_user_code ON hp_object (user_code, user_scheme);
CREATE INDEX hp_object_user_group ON hp_object (user_group);
CREATE INDEX hp_object_irregular ON hp_object (irregular);
CREATE INDEX hp_object_storage_path ON hp_object (storage_path);

-- One row for each item of the Hanging Protocol Definition Sequence.
CREATE TABLE hp_definition (
    hp_fk       <long> NOT NULL,
    item_number <int> NOT NULL,
    modality    <text 16>,
    laterality  <text 16>,
    CONSTRAINT hp_definition_pk PRIMARY KEY (hp_fk, item_number),
    CONSTRAINT hp_definition_fk FOREIGN KEY (hp_fk) REFERENCES hp_object (pk)
)<table>;

CREATE INDEX hp_definition_modality ON hp_definition (modality, laterality, hp_fk);

-- One row for each code of an item. The modality is that of the item, once more: one index tells the few codes of a region
-- and a modality, and the object and the item they are of.
CREATE TABLE hp_definition_code (
    hp_fk          <long> NOT NULL,
    item_number    <int> NOT NULL,
    code_number    <int> NOT NULL,
    role           <text 16> NOT NULL,
    modality       <text 16>,
    code_value     <text 255>,
    scheme         <text 64>,
    scheme_version <text 64>,
    CONSTRAINT hp_definition_code_pk PRIMARY KEY (hp_fk, item_number, code_number),
    CONSTRAINT hp_definition_code_fk FOREIGN KEY (hp_fk, item_number) REFERENCES hp_definition (hp_fk, item_number)
)<table>;

CREATE INDEX hp_definition_code_value ON hp_definition_code (code_value, role, modality, hp_fk, item_number);

-- How many changes the objects of each shard have seen. A transaction that changes an object first adds one here, so the
-- changes of a shard come one after the other.
CREATE TABLE hp_change (
    shard <int> NOT NULL PRIMARY KEY,
    n     <long> NOT NULL
)<table>;

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
    pk <int> NOT NULL PRIMARY KEY,
    id <char 36> NOT NULL
)<table>;
