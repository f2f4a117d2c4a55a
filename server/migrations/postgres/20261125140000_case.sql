-- 投诉 and 举报. Nothing personal stands here: who asks is in case_person, what was written in case_event, both sealed.
CREATE TABLE case_file (
    id UUID NOT NULL PRIMARY KEY,
    -- what the citizen is told: day and random signs
    number TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('complaint', 'report')),
    rule TEXT NOT NULL CHECK (rule IN ('R20', 'R121')),
    state TEXT NOT NULL,
    -- the rules' view: officer, clocks, where a question returns (JSON of domain::case::Case)
    standing TEXT NOT NULL,
    -- ground of a refusal or an end, outcome, receiver: a code of domain::case
    result TEXT,
    -- the other half of a submission that held both, or the complaint in which a clue was found
    twin_id UUID REFERENCES case_file (id),
    -- into which it was merged
    merged_into UUID REFERENCES case_file (id),
    source TEXT NOT NULL,
    -- number and state at the national platform
    national_no TEXT,
    national_state TEXT,
    -- the bureau that received it, and that which handles it since when
    receiving_bureau TEXT NOT NULL,
    handling_bureau TEXT NOT NULL,
    handed_on DATE,
    -- whom it is about: a known operator, or as described; key of the name for finding the same one
    operator_id UUID REFERENCES operator (id) ON DELETE SET NULL,
    party TEXT NOT NULL,
    party_key TEXT NOT NULL,
    problem TEXT NOT NULL,
    district TEXT NOT NULL,
    -- what was written (JSON of domain::case::Content), sealed by data/secret.key; deleted with the persons
    content BYTEA,
    -- a report without a name
    is_anonymous BOOLEAN NOT NULL,
    -- whether the author wants to be told
    wants_news BOOLEAN NOT NULL,
    officer_id UUID,
    -- query code: Argon2id as PHC string; none for cases opened by the bureau itself
    code_hash TEXT,
    -- hash of the form's token and the half: a form sent again makes no second case
    form_token BYTEA UNIQUE,
    received_at TIMESTAMPTZ NOT NULL,
    received_on DATE NOT NULL,
    -- the month of receipt, for statistics
    month TEXT NOT NULL,
    closed_at TIMESTAMPTZ,
    closed_on DATE,
    -- the first date that runs, strictest reading; none where nothing is left to do
    next_due DATE,
    -- kept after the end until then, by the rule of retention
    personal_until DATE,
    version BIGINT NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX case_file_inbox ON case_file (next_due, received_at);
CREATE INDEX case_file_officer ON case_file (officer_id, next_due);
CREATE INDEX case_file_party ON case_file (party_key, received_on);
CREATE INDEX case_file_operator ON case_file (operator_id, received_on);
CREATE INDEX case_file_month ON case_file (month, kind, state);
CREATE INDEX case_file_personal ON case_file (personal_until);

-- Who asks: everything sealed by data/secret.key. Deleted by the rule of retention.
CREATE TABLE case_person (
    id UUID NOT NULL PRIMARY KEY,
    case_id UUID NOT NULL REFERENCES case_file (id) ON DELETE CASCADE,
    role TEXT NOT NULL CHECK (role IN ('author', 'agent', 'represented')),
    -- JSON of name, telephone, address, mail
    contact BYTEA NOT NULL,
    -- keyed hashes, by which an officer sees the same telephone or address elsewhere (order 121 art. 17 (4))
    phone_hash BYTEA,
    address_hash BYTEA,
    name_hash BYTEA
);
CREATE INDEX case_person_of ON case_person (case_id);
CREATE INDEX case_person_phone ON case_person (phone_hash);
CREATE INDEX case_person_address ON case_person (address_hash);

-- What happened, in order; what was said with it, sealed. Only ever added to.
CREATE TABLE case_event (
    id UUID NOT NULL PRIMARY KEY,
    case_id UUID NOT NULL REFERENCES case_file (id) ON DELETE CASCADE,
    seq BIGINT NOT NULL,
    act TEXT NOT NULL,
    actor TEXT NOT NULL CHECK (actor IN ('citizen', 'officer', 'clock')),
    officer_id UUID,
    -- ground, outcome, receiver, mode, bureau: JSON, nothing personal
    detail TEXT NOT NULL,
    said BYTEA,
    at TIMESTAMPTZ NOT NULL,
    UNIQUE (case_id, seq)
);

-- The dates of the clocks, made again from case_file.standing whenever a case or a calendar changes.
CREATE TABLE case_clock (
    case_id UUID NOT NULL REFERENCES case_file (id) ON DELETE CASCADE,
    place BIGINT NOT NULL,
    step TEXT NOT NULL,
    due_on DATE NOT NULL,
    internal_on DATE NOT NULL,
    act_by DATE NOT NULL,
    estimated BOOLEAN NOT NULL,
    calendar_version TEXT NOT NULL,
    met_on DATE,
    -- whether officer and lead were reminded, and told that it is late
    reminded_at TIMESTAMPTZ,
    escalated_at TIMESTAMPTZ,
    PRIMARY KEY (case_id, place)
);
CREATE INDEX case_clock_due ON case_clock (met_on, act_by);

-- Who opened the case and whom they unmasked, when: the citizen reads it.
CREATE TABLE case_look (
    id UUID NOT NULL PRIMARY KEY,
    case_id UUID NOT NULL REFERENCES case_file (id) ON DELETE CASCADE,
    officer_id UUID NOT NULL,
    is_unmasking BOOLEAN NOT NULL,
    at TIMESTAMPTZ NOT NULL
);
CREATE INDEX case_look_of ON case_look (case_id, at);
