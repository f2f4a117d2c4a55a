-- Rounds of votes (你点我检, 你点我查) and surveys.
CREATE TABLE poll (
    id UUID NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('sampling', 'inspection', 'survey')),
    state TEXT NOT NULL CHECK (state IN ('draft', 'proposed', 'approved', 'open', 'ended', 'stopped')),
    -- 期, given when it is approved
    issue INTEGER,
    -- JSON: title, text, questions; fixed once approved
    content TEXT NOT NULL,
    first_day DATE NOT NULL,
    last_day DATE NOT NULL,
    -- JSON lists: who wrote it; keys of marks of personal data that were confirmed
    editors TEXT NOT NULL,
    confirmed TEXT NOT NULL,
    -- why it was given back; why it was stopped, public
    returned TEXT,
    stopped TEXT,
    -- voices taken
    voices BIGINT NOT NULL,
    -- JSON: the result; never changed
    outcome TEXT,
    ended_at TIMESTAMPTZ,
    demo BOOLEAN NOT NULL,
    version BIGINT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    UNIQUE (kind, issue)
);
CREATE INDEX poll_state ON poll (state, last_day);
CREATE FUNCTION poll_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'poll: fixed';
END $$;
CREATE TRIGGER poll_fixed BEFORE UPDATE ON poll FOR EACH ROW
WHEN ((OLD.outcome IS NOT NULL AND NEW.outcome IS DISTINCT FROM OLD.outcome)
    OR (OLD.state NOT IN ('draft', 'proposed') AND (NEW.content <> OLD.content OR NEW.first_day <> OLD.first_day
        OR NEW.last_day <> OLD.last_day)))
EXECUTE FUNCTION poll_refuse();

-- Exact counts while a round is open; answer -1 counts those who answered the question. Gone at its end.
CREATE TABLE poll_count (
    poll_id UUID NOT NULL REFERENCES poll (id) ON DELETE CASCADE,
    question INTEGER NOT NULL,
    answer INTEGER NOT NULL,
    count BIGINT NOT NULL,
    PRIMARY KEY (poll_id, question, answer)
);

-- The key by which marks of a period ('2026-11-25', or 'round') are made, sealed. It goes with the period: what was made
-- by it can't be told of anybody afterwards.
CREATE TABLE poll_key (
    poll_id UUID NOT NULL REFERENCES poll (id) ON DELETE CASCADE,
    period TEXT NOT NULL,
    sealed BYTEA NOT NULL,
    PRIMARY KEY (poll_id, period)
);
-- Browsers that had their voice in a period: keyed hashes, nothing beside them, in no order of time.
CREATE TABLE poll_mark (
    poll_id UUID NOT NULL REFERENCES poll (id) ON DELETE CASCADE,
    period TEXT NOT NULL,
    mark BYTEA NOT NULL,
    PRIMARY KEY (poll_id, period, mark)
);
-- Voices of a network on a day: keyed hashes.
CREATE TABLE poll_network (
    poll_id UUID NOT NULL REFERENCES poll (id) ON DELETE CASCADE,
    period TEXT NOT NULL,
    network BYTEA NOT NULL,
    proved BIGINT NOT NULL,
    unproved BIGINT NOT NULL,
    PRIMARY KEY (poll_id, period, network)
);
-- Suggestions and answers in words, sealed, for officers only; in no order of time.
CREATE TABLE poll_text (
    id UUID NOT NULL PRIMARY KEY,
    poll_id UUID NOT NULL REFERENCES poll (id) ON DELETE CASCADE,
    question INTEGER NOT NULL,
    text BYTEA NOT NULL
);
CREATE INDEX poll_text_of ON poll_text (poll_id, question);
-- What a result led to: proposed by one officer, public when another confirmed it.
CREATE TABLE poll_link (
    id UUID NOT NULL PRIMARY KEY,
    poll_id UUID NOT NULL REFERENCES poll (id) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('publication', 'operator')),
    target_id UUID NOT NULL,
    proposed_by UUID NOT NULL,
    confirmed_by UUID,
    created_at TIMESTAMPTZ NOT NULL,
    UNIQUE (poll_id, target_id)
);
CREATE INDEX poll_link_target ON poll_link (target_id);
