-- What somebody writes before they send it, sealed by data/secret.key, found by the hash of their browser's token.
-- Deleted 48 hours after the last word.
CREATE TABLE case_draft (
    token_hash BLOB NOT NULL PRIMARY KEY,
    id BLOB NOT NULL,
    sealed BLOB NOT NULL,
    version INTEGER NOT NULL,
    expires_at TEXT NOT NULL
) STRICT;
CREATE INDEX case_draft_expires ON case_draft (expires_at);

-- Keyed hash of what was written, by which an officer sees the same text sent again. Deleted with the persons.
CREATE TABLE case_text (
    case_id BLOB NOT NULL PRIMARY KEY REFERENCES case_file (id) ON DELETE CASCADE,
    hash BLOB NOT NULL,
    at TEXT NOT NULL
) STRICT;
CREATE INDEX case_text_hash ON case_text (hash, at);
