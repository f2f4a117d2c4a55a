-- After the end: whether it was really solved, how it was handled. Changeable, one for each case.
CREATE TABLE case_survey (
    case_id BLOB NOT NULL PRIMARY KEY REFERENCES case_file (id) ON DELETE CASCADE,
    -- when the letter that asks was queued
    asked_at TEXT,
    solved TEXT CHECK (solved IN ('yes', 'partly', 'no')),
    -- what was said with it, sealed by data/secret.key
    said BLOB,
    answered_at TEXT,
    rating INTEGER CHECK (rating BETWEEN 1 AND 5),
    rated_at TEXT,
    CHECK ((solved IS NULL) = (answered_at IS NULL)),
    CHECK ((rating IS NULL) = (rated_at IS NULL))
) STRICT;

-- 举报奖励: one claim for each report. Money in yuan. Who claims stands nowhere: the query code is enough.
CREATE TABLE case_reward (
    case_id BLOB NOT NULL PRIMARY KEY REFERENCES case_file (id) ON DELETE CASCADE,
    state TEXT NOT NULL CHECK (state IN ('claimed', 'proposed', 'granted', 'denied')),
    level TEXT CHECK (level IN ('first', 'second', 'third')),
    fine INTEGER,
    amount INTEGER,
    proposed_by BLOB,
    -- reason of the answer, or how it is paid, or why it was given back: sealed by data/secret.key
    said BLOB,
    claimed_at TEXT NOT NULL,
    decided_at TEXT,
    version INTEGER NOT NULL,
    CHECK ((level IS NULL) = (amount IS NULL)),
    CHECK ((decided_at IS NOT NULL) = (state IN ('granted', 'denied')))
) STRICT;
CREATE INDEX case_reward_state ON case_reward (state);
