-- For DBAs who run V1__hanging_protocols.sql by hand: tells hp-qr (Flyway) that version 1 is there. Run it after that script.
-- Then hpqr.schema may be validate, and later versions may be left to migrate.

CREATE TABLE "hp_schema_history" (
    "installed_rank" <int> NOT NULL,
    "version"        <history text 50>,
    "description"    <history text 200> NOT NULL,
    "type"           <history text 20> NOT NULL,
    "script"         <history text 1000> NOT NULL,
    "checksum"       <int>,
    "installed_by"   <history text 100> NOT NULL,
    "installed_on"   <history time> NOT NULL,
    "execution_time" <int> NOT NULL,
    "success"        <boolean> NOT NULL,
    CONSTRAINT "hp_schema_history_pk" PRIMARY KEY ("installed_rank")
);

CREATE INDEX "hp_schema_history_s_idx" ON "hp_schema_history" ("success");

INSERT INTO "hp_schema_history" ("installed_rank", "version", "description", "type", "script", "installed_by", "execution_time", "success")
VALUES (1, '1', 'by hand', 'BASELINE', 'by hand', <user>, 0, <true>);
