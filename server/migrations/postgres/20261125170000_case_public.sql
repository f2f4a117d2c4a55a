-- Closed complaints that the public sees (order 121 art. 38), after a review. Nothing of whoever complained.
CREATE TABLE case_public (
    case_id UUID NOT NULL PRIMARY KEY REFERENCES case_file (id) ON DELETE CASCADE,
    operator_id UUID NOT NULL REFERENCES operator (id) ON DELETE CASCADE,
    problem TEXT NOT NULL,
    result TEXT NOT NULL,
    department TEXT NOT NULL,
    ended_on DATE NOT NULL,
    -- keys of marks of the redaction check that the officer confirmed (JSON)
    confirmed TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('proposed', 'returned', 'public', 'taken_down', 'expired')),
    proposed_by UUID NOT NULL,
    -- why it was given back or taken down: between officers
    reason TEXT,
    public_until DATE,
    version BIGINT NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX case_public_operator ON case_public (operator_id, state, ended_on);
CREATE INDEX case_public_state ON case_public (state, updated_at);
-- the same name elsewhere
CREATE INDEX case_person_name ON case_person (name_hash);
