-- Rounds of votes (你点我检, 你点我查) and surveys.
CREATE TABLE poll (
    id BLOB NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('sampling', 'inspection', 'survey')),
    state TEXT NOT NULL CHECK (state IN ('draft', 'proposed', 'approved', 'open', 'ended', 'stopped')),
    -- 期, given when it is approved
    issue INTEGER,
    -- JSON: title, text, questions; fixed once approved
    content TEXT NOT NULL,
    first_day TEXT NOT NULL,
    last_day TEXT NOT NULL,
    -- JSON lists: who wrote it; keys of marks of personal data that were confirmed
    editors TEXT NOT NULL,
    confirmed TEXT NOT NULL,
    -- why it was given back; why it was stopped, public
    returned TEXT,
    stopped TEXT,
    -- voices taken
    voices INTEGER NOT NULL,
    -- JSON: the result; never changed
    outcome TEXT,
    ended_at TEXT,
    demo INTEGER NOT NULL,
    version INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    UNIQUE (kind, issue)
) STRICT;
CREATE INDEX poll_state ON poll (state, last_day);
CREATE TRIGGER poll_fixed BEFORE UPDATE ON poll
WHEN (OLD.outcome IS NOT NULL AND NEW.outcome IS NOT OLD.outcome)
    OR (OLD.state NOT IN ('draft', 'proposed') AND (NEW.content <> OLD.content OR NEW.first_day <> OLD.first_day
        OR NEW.last_day <> OLD.last_day))
BEGIN SELECT RAISE(ABORT, 'poll: fixed'); END;

-- Exact counts while a round is open; answer -1 counts those who answered the question. Gone at its end.
CREATE TABLE poll_count (
    poll_id BLOB NOT NULL REFERENCES poll (id) ON DELETE CASCADE,
    question INTEGER NOT NULL,
    answer INTEGER NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (poll_id, question, answer)
) STRICT, WITHOUT ROWID;

-- The key by which marks of a period ('2026-11-25', or 'round') are made, sealed. It goes with the period: what was made
-- by it can't be told of anybody afterwards.
CREATE TABLE poll_key (
    poll_id BLOB NOT NULL REFERENCES poll (id) ON DELETE CASCADE,
    period TEXT NOT NULL,
    sealed BLOB NOT NULL,
    PRIMARY KEY (poll_id, period)
) STRICT, WITHOUT ROWID;
-- Browsers that had their voice in a period: keyed hashes, nothing beside them, in no order of time.
CREATE TABLE poll_mark (
    poll_id BLOB NOT NULL REFERENCES poll (id) ON DELETE CASCADE,
    period TEXT NOT NULL,
    mark BLOB NOT NULL,
    PRIMARY KEY (poll_id, period, mark)
) STRICT, WITHOUT ROWID;
-- Voices of a network on a day: keyed hashes.
CREATE TABLE poll_network (
    poll_id BLOB NOT NULL REFERENCES poll (id) ON DELETE CASCADE,
    period TEXT NOT NULL,
    network BLOB NOT NULL,
    proved INTEGER NOT NULL,
    unproved INTEGER NOT NULL,
    PRIMARY KEY (poll_id, period, network)
) STRICT, WITHOUT ROWID;
-- Suggestions and answers in words, sealed, for officers only; in no order of time.
CREATE TABLE poll_text (
    id BLOB NOT NULL PRIMARY KEY,
    poll_id BLOB NOT NULL REFERENCES poll (id) ON DELETE CASCADE,
    question INTEGER NOT NULL,
    text BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX poll_text_of ON poll_text (poll_id, question);
-- What a result led to: proposed by one officer, public when another confirmed it.
CREATE TABLE poll_link (
    id BLOB NOT NULL PRIMARY KEY,
    poll_id BLOB NOT NULL REFERENCES poll (id) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('publication', 'operator')),
    target_id BLOB NOT NULL,
    proposed_by BLOB NOT NULL,
    confirmed_by BLOB,
    created_at TEXT NOT NULL,
    UNIQUE (poll_id, target_id)
) STRICT;
CREATE INDEX poll_link_target ON poll_link (target_id);
