-- Every publication of every kind: what is public of it, and the work that leads to its next public act.
CREATE TABLE publication (
    id BLOB NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    standing TEXT NOT NULL CHECK (standing IN ('never', 'public', 'withdrawn', 'removed')),
    -- of what is public; of what never was, of the work
    title TEXT NOT NULL,
    source TEXT NOT NULL,
    published_on TEXT,
    year INTEGER,
    -- JSON of what is public; a bulletin keeps its own in bulletin and sample
    content TEXT,
    -- the day on which it is removed by rule
    remove_on TEXT,
    demo INTEGER NOT NULL,
    -- JSON of the open work, with its stage and the time of a scheduled act in columns of their own
    work TEXT,
    stage TEXT CHECK (stage IN ('draft', 'submitted', 'approved', 'scheduled')),
    due_at TEXT,
    -- raised by every write: two officers can't overwrite each other unseen
    version INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
) STRICT;
CREATE INDEX publication_newest ON publication (kind, standing, published_on DESC, id DESC);
CREATE INDEX publication_open ON publication (stage, updated_at DESC);
CREATE INDEX publication_remove ON publication (remove_on);

INSERT INTO publication (id, kind, standing, title, source, published_on, year, demo, version, created_at, updated_at)
SELECT id, 'bulletin', CASE state WHEN 'published' THEN 'public' ELSE 'never' END, title, source, published_on, year,
    demo, 1, created_at, updated_at FROM bulletin;

-- Operators and samples that public content names.
CREATE TABLE publication_operator (
    publication_id BLOB NOT NULL REFERENCES publication (id) ON DELETE CASCADE,
    operator_id BLOB NOT NULL REFERENCES operator (id),
    PRIMARY KEY (publication_id, operator_id)
) STRICT;
CREATE INDEX publication_of_operator ON publication_operator (operator_id);
CREATE TABLE publication_sample (
    publication_id BLOB NOT NULL REFERENCES publication (id) ON DELETE CASCADE,
    sample_id BLOB NOT NULL REFERENCES sample (id) ON DELETE CASCADE,
    PRIMARY KEY (publication_id, sample_id)
) STRICT;
CREATE INDEX publication_of_sample ON publication_sample (sample_id);
CREATE INDEX sample_number ON sample (number);

-- Files of publications; their bytes lie under data/attachments by id.
CREATE TABLE attachment (
    id BLOB NOT NULL PRIMARY KEY,
    publication_id BLOB NOT NULL REFERENCES publication (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    -- its text layers, for the check before publication
    text TEXT NOT NULL,
    -- JSON list of what keeps it from being published, as sentences
    concerns TEXT NOT NULL,
    -- whether public content lists it
    public INTEGER NOT NULL,
    added_at TEXT NOT NULL
) STRICT;
CREATE INDEX attachment_publication ON attachment (publication_id);

-- Ids of samples and files that were removed with their publication: their addresses answer 410.
CREATE TABLE tombstone (
    id BLOB NOT NULL PRIMARY KEY,
    publication_id BLOB NOT NULL REFERENCES publication (id)
) STRICT;
