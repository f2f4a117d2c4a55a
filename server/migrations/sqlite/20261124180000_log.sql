-- What was public, revision by revision. Content and salt go when the law removes a record; the row and its leaf stay.
CREATE TABLE revision (
    entity_id BLOB NOT NULL,
    number INTEGER NOT NULL,
    kind TEXT NOT NULL,
    content TEXT,
    salt BLOB,
    -- the samples of a bulletin: one JSON line each, gzip
    lines BLOB,
    reason TEXT,
    at TEXT NOT NULL,
    PRIMARY KEY (entity_id, number)
) STRICT;

-- Number of leaves. Its lock makes the order of the log total and without gaps.
CREATE TABLE log_counter (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    leaves INTEGER NOT NULL
) STRICT;
INSERT INTO log_counter (id, leaves) VALUES (1, 0);

-- Public acts in the order of the Merkle tree, written in the transaction of the act.
CREATE TABLE log_leaf (
    place INTEGER NOT NULL PRIMARY KEY,
    entity_id BLOB NOT NULL,
    revision INTEGER NOT NULL,
    act TEXT NOT NULL CHECK (act IN ('publish', 'correct', 'withdraw', 'remove')),
    entry TEXT NOT NULL
) STRICT;
CREATE INDEX log_leaf_entity ON log_leaf (entity_id, place);
