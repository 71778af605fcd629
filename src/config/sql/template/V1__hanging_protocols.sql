-- hp-qr schema, version 1.

CREATE TABLE hp_object (
    pk              <key>,
    sop_iuid        <text 64> NOT NULL,
    -- which row of hp_change counted the last change of this object, and what it counted
    shard           <int> NOT NULL,
    change_number   <long> NOT NULL,
    -- 0 stored, 1 retired, 2 removed
    state           <int> NOT NULL,
    -- how often the object was changed, and what that was when the content came that is stored
    version         <long> NOT NULL,
    content_version <long> NOT NULL,
    -- what a C-FIND may return, in Explicit VR Little Endian, and how many bytes that are
    attrs           <bytes>,
    attrs_size      <int> NOT NULL,
    content_digest  <char 64> NOT NULL,
    transfer_syntax <text 64> NOT NULL,
    -- the DICOM file: its bytes, or where they are in the storage of the server
    content         <bytes>,
    storage_id      <text 64>,
    storage_path    <text 255>,
    object_size     <long> NOT NULL,
    object_digest   <char 64> NOT NULL,
    -- who stored the content, and when an object was stored under this UID first and last (UTC)
    source_aet      <text 64>,
    source_user     <text 255>,
    source_address  <text 64>,
    created_time    <time> NOT NULL,
    updated_time    <time> NOT NULL,
    CONSTRAINT hp_object_sop_iuid UNIQUE (sop_iuid)
)<table>;

CREATE INDEX hp_object_change ON hp_object (shard, change_number);
CREATE INDEX hp_object_storage_path ON hp_object (storage_path);

-- What became of objects: contents that were replaced, which can be stored again, and changes of state.
CREATE TABLE hp_history (
    pk              <key>,
    sop_iuid        <text 64> NOT NULL,
    -- what hp_object.version became by it
    version         <long> NOT NULL,
    -- 0 stored, 1 retired, 2 restored, 3 recovered from the storage
    event           <int> NOT NULL,
    -- when (UTC), and who did it
    event_time      <time> NOT NULL,
    source_aet      <text 64>,
    source_user     <text 255>,
    source_address  <text 64>,
    -- the content that came by it, as in hp_object, or NULL
    content_digest  <char 64>,
    transfer_syntax <text 64>,
    content         <bytes>,
    storage_id      <text 64>,
    storage_path    <text 255>,
    object_size     <long>,
    object_digest   <char 64>,
    CONSTRAINT hp_history_version UNIQUE (sop_iuid, version)
)<table>;

CREATE INDEX hp_history_storage_path ON hp_history (storage_path);

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

-- One row: how far the integrity check has come. Times are milliseconds since 1970, so that no time zone matters.
CREATE TABLE hp_integrity_check (
    pk           <int> NOT NULL PRIMARY KEY,
    -- when the check of all objects began (NULL: never), how many of them it has read, and the pk of the last one
    begun_millis <long>,
    checked      <long> NOT NULL,
    last_pk      <long> NOT NULL
)<table>;

INSERT INTO hp_integrity_check (pk, begun_millis, checked, last_pk) VALUES (1, NULL, 0, 0);

-- What the integrity check has found, until it is fixed.
CREATE TABLE hp_damaged_object (
    sop_iuid     <text 64> NOT NULL,
    problem      <text 255> NOT NULL,
    found_millis <long> NOT NULL,
    CONSTRAINT hp_damaged_object_pk PRIMARY KEY (sop_iuid)
)<table>;
