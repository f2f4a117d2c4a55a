-- After the end: whether it was really solved, how it was handled. Changeable, one for each case.
CREATE TABLE case_survey (
    case_id UUID NOT NULL PRIMARY KEY REFERENCES case_file (id) ON DELETE CASCADE,
    -- when the letter that asks was queued
    asked_at TIMESTAMPTZ,
    solved TEXT CHECK (solved IN ('yes', 'partly', 'no')),
    -- what was said with it, sealed by data/secret.key
    said BYTEA,
    answered_at TIMESTAMPTZ,
    rating BIGINT CHECK (rating BETWEEN 1 AND 5),
    rated_at TIMESTAMPTZ,
    CHECK ((solved IS NULL) = (answered_at IS NULL)),
    CHECK ((rating IS NULL) = (rated_at IS NULL))
);

-- 举报奖励: one claim for each report. Money in yuan. Who claims stands nowhere: the query code is enough.
CREATE TABLE case_reward (
    case_id UUID NOT NULL PRIMARY KEY REFERENCES case_file (id) ON DELETE CASCADE,
    state TEXT NOT NULL CHECK (state IN ('claimed', 'proposed', 'granted', 'denied')),
    level TEXT CHECK (level IN ('first', 'second', 'third')),
    fine BIGINT,
    amount BIGINT,
    proposed_by UUID,
    -- reason of the answer, or how it is paid, or why it was given back: sealed by data/secret.key
    said BYTEA,
    claimed_at TIMESTAMPTZ NOT NULL,
    decided_at TIMESTAMPTZ,
    version BIGINT NOT NULL,
    CHECK ((level IS NULL) = (amount IS NULL)),
    CHECK ((decided_at IS NOT NULL) = (state IN ('granted', 'denied')))
);
CREATE INDEX case_reward_state ON case_reward (state);
