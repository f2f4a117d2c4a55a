-- What somebody writes before they send it, sealed by data/secret.key, found by the hash of their browser's token.
-- Deleted 48 hours after the last word.
CREATE TABLE case_draft (
    token_hash BYTEA NOT NULL PRIMARY KEY,
    id UUID NOT NULL,
    sealed BYTEA NOT NULL,
    version BIGINT NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX case_draft_expires ON case_draft (expires_at);

-- Keyed hash of what was written, by which an officer sees the same text sent again. Deleted with the persons.
CREATE TABLE case_text (
    case_id UUID NOT NULL PRIMARY KEY REFERENCES case_file (id) ON DELETE CASCADE,
    hash BYTEA NOT NULL,
    at TIMESTAMPTZ NOT NULL
);
CREATE INDEX case_text_hash ON case_text (hash, at);
