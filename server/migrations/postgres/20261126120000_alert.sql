-- Who is told of what (订阅). Nothing else is kept of anybody; an ended subscription is no row.
CREATE TABLE subscription (
    id UUID NOT NULL PRIMARY KEY,
    -- what is followed, as domain::alert::Topic writes it
    topic TEXT COLLATE "C" NOT NULL,
    pace TEXT NOT NULL CHECK (pace IN ('now', 'daily', 'weekly')),
    address_sealed BYTEA NOT NULL,
    -- keyed hash: the same address and topic is one subscription
    address_hash BYTEA NOT NULL,
    -- letters about the subscription itself, and the last of them
    asked BIGINT NOT NULL,
    asked_at TIMESTAMPTZ NOT NULL,
    confirmed_at TIMESTAMPTZ,
    -- what happens after this position of the feed is told
    since BIGINT NOT NULL,
    -- a pace that was left, and from where on its last digest is still owed
    owed TEXT,
    owed_since BIGINT NOT NULL DEFAULT 0,
    created_at TIMESTAMPTZ NOT NULL,
    UNIQUE (address_hash, topic)
);
CREATE INDEX subscription_topic ON subscription (topic, id);
CREATE INDEX subscription_waiting ON subscription (confirmed_at, created_at);

-- How far the letters of each pace are. While a round of letters is on its way: where it ends, and whose letter was the last.
CREATE TABLE alert_round (
    pace TEXT NOT NULL PRIMARY KEY,
    position BIGINT NOT NULL,
    upto BIGINT,
    after_topic TEXT COLLATE "C" NOT NULL DEFAULT '',
    after_id UUID NOT NULL,
    -- day of the last digest
    day DATE
);
INSERT INTO alert_round (pace, position, after_id)
SELECT p.pace, c.position, '00000000-0000-0000-0000-000000000000'::uuid FROM change_counter c
CROSS JOIN (SELECT 'now' AS pace UNION ALL SELECT 'daily' UNION ALL SELECT 'weekly') p;

-- Which publications were told to whoever follows a topic: they are told as well that one is withdrawn or removed.
CREATE TABLE alert_told (
    publication_id UUID NOT NULL,
    topic TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (publication_id, topic)
);
CREATE INDEX alert_told_topic ON alert_told (topic);
