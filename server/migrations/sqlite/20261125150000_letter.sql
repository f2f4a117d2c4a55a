-- Letters to be sent: kept in the transaction of the act that they tell of, sent by a worker.
CREATE TABLE letter (
    id BLOB NOT NULL PRIMARY KEY,
    -- what the letter is: the same letter can't be kept twice
    key TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    -- what it concerns
    about BLOB,
    -- address and content, sealed by data/secret.key; gone some time after the end
    to_sealed BLOB,
    body_sealed BLOB,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'sending', 'sent', 'failed')),
    -- attempts begun; with the id it names the one worker that may end an attempt
    attempts INTEGER NOT NULL,
    due_at TEXT NOT NULL,
    -- until when the attempt is its worker's alone
    lease_until TEXT,
    -- no attempt is made after this
    expires_at TEXT NOT NULL,
    -- code of the last failure; no personal data
    last_error TEXT,
    created_at TEXT NOT NULL,
    sent_at TEXT
) STRICT;
CREATE INDEX letter_due ON letter (state, due_at, id);
CREATE INDEX letter_about ON letter (about);
