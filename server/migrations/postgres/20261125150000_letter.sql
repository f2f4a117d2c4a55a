-- Letters to be sent: kept in the transaction of the act that they tell of, sent by a worker.
CREATE TABLE letter (
    id UUID NOT NULL PRIMARY KEY,
    -- what the letter is: the same letter can't be kept twice
    key TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    -- what it concerns
    about UUID,
    -- address and content, sealed by data/secret.key; gone some time after the end
    to_sealed BYTEA,
    body_sealed BYTEA,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'sending', 'sent', 'failed')),
    -- attempts begun; with the id it names the one worker that may end an attempt
    attempts BIGINT NOT NULL,
    due_at TIMESTAMPTZ NOT NULL,
    -- until when the attempt is its worker's alone
    lease_until TIMESTAMPTZ,
    -- no attempt is made after this
    expires_at TIMESTAMPTZ NOT NULL,
    -- code of the last failure; no personal data
    last_error TEXT,
    created_at TIMESTAMPTZ NOT NULL,
    sent_at TIMESTAMPTZ
);
CREATE INDEX letter_due ON letter (state, due_at, id);
CREATE INDEX letter_about ON letter (about);
