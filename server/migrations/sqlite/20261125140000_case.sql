-- 投诉 and 举报. Nothing personal stands here: who asks is in case_person, what was written in case_event, both sealed.
CREATE TABLE case_file (
    id BLOB NOT NULL PRIMARY KEY,
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
    twin_id BLOB REFERENCES case_file (id),
    -- into which it was merged
    merged_into BLOB REFERENCES case_file (id),
    source TEXT NOT NULL,
    -- number and state at the national platform
    national_no TEXT,
    national_state TEXT,
    -- the bureau that received it, and that which handles it since when
    receiving_bureau TEXT NOT NULL,
    handling_bureau TEXT NOT NULL,
    handed_on TEXT,
    -- whom it is about: a known operator, or as described; key of the name for finding the same one
    operator_id BLOB REFERENCES operator (id) ON DELETE SET NULL,
    party TEXT NOT NULL,
    party_key TEXT NOT NULL,
    problem TEXT NOT NULL,
    district TEXT NOT NULL,
    -- what was written (JSON of domain::case::Content), sealed by data/secret.key; deleted with the persons
    content BLOB,
    -- a report without a name
    is_anonymous INTEGER NOT NULL,
    -- whether the author wants to be told
    wants_news INTEGER NOT NULL,
    officer_id BLOB,
    -- query code: Argon2id as PHC string; none for cases opened by the bureau itself
    code_hash TEXT,
    -- hash of the form's token and the half: a form sent again makes no second case
    form_token BLOB UNIQUE,
    received_at TEXT NOT NULL,
    received_on TEXT NOT NULL,
    -- the month of receipt, for statistics
    month TEXT NOT NULL,
    closed_at TEXT,
    closed_on TEXT,
    -- the first date that runs, strictest reading; none where nothing is left to do
    next_due TEXT,
    -- kept after the end until then, by the rule of retention
    personal_until TEXT,
    version INTEGER NOT NULL,
    updated_at TEXT NOT NULL
) STRICT;
CREATE INDEX case_file_inbox ON case_file (next_due, received_at);
CREATE INDEX case_file_officer ON case_file (officer_id, next_due);
CREATE INDEX case_file_party ON case_file (party_key, received_on);
CREATE INDEX case_file_operator ON case_file (operator_id, received_on);
CREATE INDEX case_file_month ON case_file (month, kind, state);
CREATE INDEX case_file_personal ON case_file (personal_until);

-- Who asks: everything sealed by data/secret.key. Deleted by the rule of retention.
CREATE TABLE case_person (
    id BLOB NOT NULL PRIMARY KEY,
    case_id BLOB NOT NULL REFERENCES case_file (id) ON DELETE CASCADE,
    role TEXT NOT NULL CHECK (role IN ('author', 'agent', 'represented')),
    -- JSON of name, telephone, address, mail
    contact BLOB NOT NULL,
    -- keyed hashes, by which an officer sees the same telephone or address elsewhere (order 121 art. 17 (4))
    phone_hash BLOB,
    address_hash BLOB,
    name_hash BLOB
) STRICT;
CREATE INDEX case_person_of ON case_person (case_id);
CREATE INDEX case_person_phone ON case_person (phone_hash);
CREATE INDEX case_person_address ON case_person (address_hash);

-- What happened, in order; what was said with it, sealed. Only ever added to.
CREATE TABLE case_event (
    id BLOB NOT NULL PRIMARY KEY,
    case_id BLOB NOT NULL REFERENCES case_file (id) ON DELETE CASCADE,
    seq INTEGER NOT NULL,
    act TEXT NOT NULL,
    actor TEXT NOT NULL CHECK (actor IN ('citizen', 'officer', 'clock')),
    officer_id BLOB,
    -- ground, outcome, receiver, mode, bureau: JSON, nothing personal
    detail TEXT NOT NULL,
    said BLOB,
    at TEXT NOT NULL,
    UNIQUE (case_id, seq)
) STRICT;

-- The dates of the clocks, made again from case_file.standing whenever a case or a calendar changes.
CREATE TABLE case_clock (
    case_id BLOB NOT NULL REFERENCES case_file (id) ON DELETE CASCADE,
    place INTEGER NOT NULL,
    step TEXT NOT NULL,
    due_on TEXT NOT NULL,
    internal_on TEXT NOT NULL,
    act_by TEXT NOT NULL,
    estimated INTEGER NOT NULL,
    calendar_version TEXT NOT NULL,
    met_on TEXT,
    -- whether officer and lead were reminded, and told that it is late
    reminded_at TEXT,
    escalated_at TEXT,
    PRIMARY KEY (case_id, place)
) STRICT;
CREATE INDEX case_clock_due ON case_clock (met_on, act_by);

-- Who opened the case and whom they unmasked, when: the citizen reads it.
CREATE TABLE case_look (
    id BLOB NOT NULL PRIMARY KEY,
    case_id BLOB NOT NULL REFERENCES case_file (id) ON DELETE CASCADE,
    officer_id BLOB NOT NULL,
    is_unmasking INTEGER NOT NULL,
    at TEXT NOT NULL
) STRICT;
CREATE INDEX case_look_of ON case_look (case_id, at);
