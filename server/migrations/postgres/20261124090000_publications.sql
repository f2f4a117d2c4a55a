-- One row: the position of the newest change. Its lock makes the order of the feed total.
CREATE TABLE change_counter (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    position BIGINT NOT NULL
);
INSERT INTO change_counter (id, position) VALUES (1, 0);

-- Every change to public content, in the transaction of the change. Index and caches follow this and nothing else.
CREATE TABLE change (
    position BIGINT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    entity_id UUID NOT NULL,
    action TEXT NOT NULL CHECK (action IN ('put', 'removed')),
    at TIMESTAMPTZ NOT NULL
);

CREATE TABLE operator (
    id UUID NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL UNIQUE,
    address TEXT,
    province TEXT,
    uscc TEXT,
    licence TEXT,
    public BOOLEAN NOT NULL DEFAULT FALSE,
    created_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX operator_public ON operator (public, id);

CREATE TABLE bulletin (
    id UUID NOT NULL PRIMARY KEY,
    import_key TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    issue_no TEXT,
    published_on DATE NOT NULL,
    year INTEGER NOT NULL,
    source TEXT NOT NULL,
    intro TEXT,
    notes TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('draft', 'published')),
    demo BOOLEAN NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX bulletin_newest ON bulletin (state, published_on DESC, id DESC);

-- Files as published; their bytes lie under data/files by hash.
CREATE TABLE original (
    bulletin_id UUID NOT NULL REFERENCES bulletin (id) ON DELETE CASCADE,
    sha256 TEXT NOT NULL,
    name TEXT NOT NULL,
    size BIGINT NOT NULL,
    added_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (bulletin_id, sha256)
);
CREATE INDEX original_hash ON original (sha256);

-- Computed from the samples in the transaction that changes them, never typed in.
CREATE TABLE bulletin_tally (
    bulletin_id UUID NOT NULL REFERENCES bulletin (id) ON DELETE CASCADE,
    grp TEXT NOT NULL,
    passed BIGINT NOT NULL,
    failed BIGINT NOT NULL,
    PRIMARY KEY (bulletin_id, grp)
);

CREATE TABLE sample (
    id UUID NOT NULL PRIMARY KEY,
    bulletin_id UUID NOT NULL REFERENCES bulletin (id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    identity TEXT NOT NULL,
    content TEXT NOT NULL,
    number TEXT,
    product TEXT NOT NULL,
    brand TEXT,
    spec TEXT,
    category TEXT,
    producer_name TEXT,
    producer_address TEXT,
    producer_province TEXT,
    producer_id UUID REFERENCES operator (id),
    seller_name TEXT,
    seller_address TEXT,
    seller_province TEXT,
    seller_id UUID REFERENCES operator (id),
    platform TEXT,
    shop TEXT,
    date_kind TEXT,
    date_text TEXT,
    date_day DATE,
    lot TEXT,
    shelf_life TEXT,
    sampled_on DATE,
    grp TEXT NOT NULL CHECK (grp IN ('food', 'tableware', 'rapid_test', 'evaluation')),
    verdict TEXT NOT NULL CHECK (verdict IN ('passed', 'failed')),
    laboratory TEXT,
    task TEXT,
    stage TEXT,
    notice_number TEXT,
    publisher TEXT NOT NULL,
    published_on DATE NOT NULL,
    year INTEGER NOT NULL,
    remark TEXT
);
CREATE UNIQUE INDEX sample_place ON sample (bulletin_id, verdict, ordinal);
CREATE INDEX sample_producer ON sample (producer_id, published_on DESC, id DESC);
CREATE INDEX sample_seller ON sample (seller_id, published_on DESC, id DESC);
CREATE INDEX sample_newest ON sample (published_on DESC, id DESC);

CREATE TABLE failed_item (
    sample_id UUID NOT NULL REFERENCES sample (id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    item TEXT NOT NULL,
    family TEXT NOT NULL,
    result TEXT,
    result_number DOUBLE PRECISION,
    result_unit TEXT,
    bound TEXT,
    bound_number DOUBLE PRECISION,
    bound_unit TEXT,
    PRIMARY KEY (sample_id, ordinal)
);
