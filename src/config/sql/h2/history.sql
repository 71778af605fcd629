-- For DBAs who run V1__hanging_protocols.sql by hand: tells hp-qr (Flyway) that version 1 is there. Run it after that script.
-- Then hpqr.schema may be validate, and later versions may be left to migrate.

CREATE TABLE "hp_schema_history" (
    "installed_rank" INTEGER NOT NULL,
    "version"        VARCHAR(50),
    "description"    VARCHAR(200) NOT NULL,
    "type"           VARCHAR(20) NOT NULL,
    "script"         VARCHAR(1000) NOT NULL,
    "checksum"       INTEGER,
    "installed_by"   VARCHAR(100) NOT NULL,
    "installed_on"   TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL,
    "execution_time" INTEGER NOT NULL,
    "success"        BOOLEAN NOT NULL,
    CONSTRAINT "hp_schema_history_pk" PRIMARY KEY ("installed_rank")
);

CREATE INDEX "hp_schema_history_s_idx" ON "hp_schema_history" ("success");

INSERT INTO "hp_schema_history" ("installed_rank", "version", "description", "type", "script", "installed_by", "execution_time", "success")
VALUES (1, '1', 'by hand', 'BASELINE', 'by hand', CURRENT_USER, 0, TRUE);
