-- Baskets: what a browser uploads before there is a case. Only the hash of the browser's token is here.
CREATE TABLE evidence_basket (
    hash BLOB NOT NULL PRIMARY KEY,
    touched_at TEXT NOT NULL
) STRICT;
CREATE INDEX evidence_basket_touched ON evidence_basket (touched_at);

-- Evidence files. Content is in data/evidence/<id>, encrypted by a key that data/secret.key gives.
CREATE TABLE evidence (
    id BLOB NOT NULL PRIMARY KEY,
    -- until it is bound to a case
    basket BLOB REFERENCES evidence_basket (hash) ON DELETE CASCADE,
    case_id BLOB,
    side TEXT NOT NULL CHECK (side IN ('citizen', 'desk')),
    -- its name on the sender's machine, sealed by data/secret.key
    name BLOB NOT NULL,
    kind TEXT CHECK (kind IN ('jpeg', 'png', 'pdf', 'mp4', 'mov')),
    -- as announced; once it is ready, of the cleaned content
    bytes INTEGER NOT NULL,
    -- of the cleaned content, in plain
    sha256 TEXT,
    state TEXT NOT NULL CHECK (state IN ('receiving', 'ready', 'refused')),
    refusal TEXT,
    -- how much has come, and how long the file of sealed pieces is with it
    received_bytes INTEGER NOT NULL,
    sealed_bytes INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    CHECK ((basket IS NULL) <> (case_id IS NULL)),
    CHECK (state <> 'ready' OR (kind IS NOT NULL AND sha256 IS NOT NULL)),
    CHECK ((state = 'refused') = (refusal IS NOT NULL)),
    CHECK (case_id IS NULL OR state = 'ready')
) STRICT;
CREATE INDEX evidence_of_basket ON evidence (basket);
CREATE INDEX evidence_of_case ON evidence (case_id, created_at);
