"""Every format ever written, as the program wrote it then: kept as text, whatever the code says today."""

from __future__ import annotations

from typing import Final, LiteralString

# By number: the schema of a SQLite store, and rows in it.
WRITTEN: Final[dict[int, LiteralString]] = {
    1: """
PRAGMA journal_mode=DELETE;
BEGIN;
CREATE TABLE meta (
\tlineage VARCHAR(36) NOT NULL,
\tserial INTEGER NOT NULL,
\tformat INTEGER NOT NULL,
\twritten_at VARCHAR(32) NOT NULL,
\tsecret VARCHAR(64) NOT NULL,
\tPRIMARY KEY (lineage)
);
CREATE TABLE records (
\troot VARCHAR(200) NOT NULL,
\tpath TEXT NOT NULL,
\tapproved TEXT NOT NULL,
\tconfirmed TEXT,
\tPRIMARY KEY (root)
);
CREATE TABLE operations (
\tid INTEGER NOT NULL,
\t"plan" VARCHAR(64) NOT NULL,
\tserial INTEGER NOT NULL,
\taddress TEXT NOT NULL,
\top VARCHAR(8) NOT NULL,
\tfields TEXT NOT NULL,
\tstate VARCHAR(8) NOT NULL,
\topened_at VARCHAR(32) NOT NULL,
\tPRIMARY KEY (id)
);
CREATE INDEX operations_state ON operations (state);
CREATE TABLE history (
\tserial INTEGER NOT NULL,
\tevent VARCHAR(16) NOT NULL,
\tat VARCHAR(32) NOT NULL,
\t"by" TEXT,
\t"plan" VARCHAR(64) NOT NULL,
\t"commit" VARCHAR(64),
\tdocument TEXT NOT NULL,
\tPRIMARY KEY (serial)
);
CREATE INDEX ix_history_plan ON history ("plan");
PRAGMA application_id=1128813123;
PRAGMA user_version=1;
INSERT INTO meta VALUES ('11111111-2222-3333-4444-555555555555', 2, 1, '2016-10-01T08:00:00Z',
 '00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff');
INSERT INTO records VALUES ('1', 'structures/1.yaml',
 '{"type": "fiche-structure", "informations_generales": {"identifiant": "1", "libelle": "é"}}', NULL);
INSERT INTO operations VALUES (1, 'p1', 1, '1', 'create', '[{"path": "/nom", "before": null, "after": "é"}]', 'open',
 '2016-09-01T08:00:00Z');
INSERT INTO operations VALUES (2, 'p2', 2, '1', 'update', '[]', 'open', '2016-10-01T08:00:00Z');
INSERT INTO history VALUES (1, 'apply', '2016-09-01T08:00:00Z', NULL, 'p1', NULL, '{"digest": "p1"}');
INSERT INTO history VALUES (2, 'apply', '2016-10-01T08:00:00Z', 'Ada', 'p2', 'c', '{"digest": "p2"}');
COMMIT;
""",
    2: """
PRAGMA journal_mode=DELETE;
BEGIN;
CREATE TABLE meta (
\tlineage VARCHAR(36) NOT NULL,
\tserial INTEGER NOT NULL,
\tformat INTEGER NOT NULL,
\twritten_at VARCHAR(32) NOT NULL,
\tsecret VARCHAR(64) NOT NULL,
\tPRIMARY KEY (lineage)
);
CREATE TABLE records (
\troot TEXT NOT NULL,
\tpath TEXT NOT NULL,
\tapproved TEXT NOT NULL,
\tconfirmed TEXT,
\tPRIMARY KEY (root)
);
CREATE TABLE operations (
\tid INTEGER NOT NULL,
\t"plan" VARCHAR(64) NOT NULL,
\tserial INTEGER NOT NULL,
\taddress TEXT NOT NULL,
\top VARCHAR(8) NOT NULL,
\tfields TEXT NOT NULL,
\tstate VARCHAR(8) NOT NULL,
\topened_at VARCHAR(32) NOT NULL,
\tclosed_at VARCHAR(32),
\tclosed_by TEXT,
\treason TEXT,
\tPRIMARY KEY (id)
);
CREATE INDEX operations_state ON operations (state);
CREATE TABLE history (
\tserial INTEGER NOT NULL,
\tevent VARCHAR(16) NOT NULL,
\tat VARCHAR(32) NOT NULL,
\t"by" TEXT,
\t"plan" VARCHAR(64) NOT NULL,
\t"commit" VARCHAR(64),
\tdocument TEXT NOT NULL,
\tPRIMARY KEY (serial)
);
CREATE INDEX ix_history_plan ON history ("plan");
PRAGMA application_id=1128813123;
PRAGMA user_version=2;
INSERT INTO meta VALUES ('11111111-2222-3333-4444-555555555555', 2, 2, '2016-10-01T08:00:00Z',
 '00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff');
INSERT INTO records VALUES ('1', 'structures/1.yaml',
 '{"type": "fiche-structure", "informations_generales": {"identifiant": "1", "libelle": "é"}}', NULL);
INSERT INTO operations VALUES (1, 'p1', 1, '1', 'create', '[{"path": "/nom", "before": null, "after": "é"}]', 'open',
 '2016-09-01T08:00:00Z', NULL, NULL, NULL);
INSERT INTO operations VALUES (2, 'p2', 2, '1', 'update', '[]', 'open', '2016-10-01T08:00:00Z', NULL, NULL, NULL);
INSERT INTO history VALUES (1, 'apply', '2016-09-01T08:00:00Z', NULL, 'p1', NULL, '{"digest": "p1"}');
INSERT INTO history VALUES (2, 'apply', '2016-10-01T08:00:00Z', 'Ada', 'p2', 'c', '{"digest": "p2"}');
COMMIT;
""",
    3: """
PRAGMA journal_mode=DELETE;
BEGIN;
CREATE TABLE meta (
\tlineage VARCHAR(36) NOT NULL,
\tserial INTEGER NOT NULL,
\tformat INTEGER NOT NULL,
\twritten_at VARCHAR(32) NOT NULL,
\tsecret VARCHAR(64) NOT NULL,
\tPRIMARY KEY (lineage)
);
CREATE TABLE records (
\troot TEXT NOT NULL,
\tpath TEXT NOT NULL,
\tapproved TEXT NOT NULL,
\tconfirmed TEXT,
\tPRIMARY KEY (root)
);
CREATE TABLE operations (
\tid INTEGER NOT NULL,
\t"plan" VARCHAR(64) NOT NULL,
\tserial INTEGER NOT NULL,
\taddress TEXT NOT NULL,
\top VARCHAR(8) NOT NULL,
\tfields TEXT NOT NULL,
\tstate VARCHAR(8) NOT NULL,
\topened_at VARCHAR(32) NOT NULL,
\tclosed_at VARCHAR(32),
\tclosed_by TEXT,
\treason TEXT,
\tnoted VARCHAR(8),
\tPRIMARY KEY (id)
);
CREATE INDEX operations_state ON operations (state);
CREATE TABLE history (
\tserial INTEGER NOT NULL,
\tevent VARCHAR(16) NOT NULL,
\tat VARCHAR(32) NOT NULL,
\t"by" TEXT,
\t"plan" VARCHAR(64) NOT NULL,
\t"commit" VARCHAR(64),
\tdocument TEXT NOT NULL,
\tPRIMARY KEY (serial)
);
CREATE INDEX ix_history_plan ON history ("plan");
PRAGMA application_id=1128813123;
PRAGMA user_version=3;
INSERT INTO meta VALUES ('11111111-2222-3333-4444-555555555555', 2, 3, '2016-10-01T08:00:00Z',
 '00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff');
INSERT INTO records VALUES ('1', 'structures/1.yaml',
 '{"type": "fiche-structure", "informations_generales": {"identifiant": "1", "libelle": "é"}}', NULL);
INSERT INTO operations VALUES (1, 'p1', 1, '1', 'create', '[{"path": "/nom", "before": null, "after": "é"}]', 'open',
 '2016-09-01T08:00:00Z', NULL, NULL, NULL, NULL);
INSERT INTO operations VALUES (2, 'p2', 2, '1', 'update', '[]', 'open', '2016-10-01T08:00:00Z', NULL, NULL, NULL, NULL);
INSERT INTO history VALUES (1, 'apply', '2016-09-01T08:00:00Z', NULL, 'p1', NULL, '{"digest": "p1"}');
INSERT INTO history VALUES (2, 'apply', '2016-10-01T08:00:00Z', 'Ada', 'p2', 'c', '{"digest": "p2"}');
COMMIT;
""",
}
