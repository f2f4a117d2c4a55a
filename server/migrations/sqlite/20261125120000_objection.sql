-- Requests for correction and replies by operators whom a publication names.
CREATE TABLE objection (
    id BLOB NOT NULL PRIMARY KEY,
    -- what the operator is told: day and random signs
    number TEXT NOT NULL UNIQUE,
    publication_id BLOB NOT NULL REFERENCES publication (id) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('correction', 'reply')),
    state TEXT NOT NULL CHECK (state IN ('received', 'asked', 'proposed', 'accepted', 'refused', 'withdrawn')),
    operator TEXT NOT NULL,
    -- what was asked or replied, sealed by data/secret.key; gone when a removed publication takes its replies along
    statement BLOB,
    -- a reply that is public
    public_text TEXT,
    -- sealed likewise; gone some time after the end of the case
    contact_name BLOB,
    contact_phone BLOB,
    contact_mail BLOB,
    contact_address BLOB,
    -- query code: Argon2id as PHC string
    code_hash TEXT NOT NULL,
    -- hash of the form's token: a form sent twice makes one case
    form_token BLOB NOT NULL UNIQUE,
    -- who proposed the reply, and the keys of marks (JSON list) that they confirmed one by one
    proposed_by BLOB,
    confirmed TEXT NOT NULL,
    received_at TEXT NOT NULL,
    decided_at TEXT,
    version INTEGER NOT NULL,
    updated_at TEXT NOT NULL
) STRICT;
CREATE INDEX objection_publication ON objection (publication_id, state);
CREATE INDEX objection_open ON objection (state, received_at);
CREATE INDEX objection_decided ON objection (decided_at);

-- What was asked, answered and given as a reason, in order; sealed.
CREATE TABLE objection_message (
    id BLOB NOT NULL PRIMARY KEY,
    objection_id BLOB NOT NULL REFERENCES objection (id) ON DELETE CASCADE,
    author TEXT NOT NULL CHECK (author IN ('operator', 'desk', 'reviewer')),
    text BLOB NOT NULL,
    at TEXT NOT NULL
) STRICT;
CREATE INDEX objection_message_of ON objection_message (objection_id, at);
