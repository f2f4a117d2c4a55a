-- Where an operator is and what it is; names that turned out to be one operator.
ALTER TABLE operator ADD COLUMN kind TEXT;
ALTER TABLE operator ADD COLUMN district TEXT;
ALTER TABLE operator ADD COLUMN address_key TEXT;
-- millionths of a degree, WGS 84
ALTER TABLE operator ADD COLUMN lat_e6 INTEGER;
ALTER TABLE operator ADD COLUMN lon_e6 INTEGER;
-- the operator that it is the same as; nothing moves, so a merge can be undone
ALTER TABLE operator ADD COLUMN merged_into BLOB REFERENCES operator (id);
CREATE INDEX operator_merged ON operator (merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX operator_uscc ON operator (uscc);
CREATE INDEX operator_address ON operator (address_key);

-- Registers (登记名册) by the code of their file: each is one publication, each import a revision of it.
CREATE TABLE register (
    code TEXT NOT NULL PRIMARY KEY,
    publication_id BLOB NOT NULL UNIQUE REFERENCES publication (id) ON DELETE CASCADE,
    -- entries of the public edition, and those with a point
    entries INTEGER NOT NULL,
    points INTEGER NOT NULL
) STRICT;

-- Entries of registers, as public.
CREATE TABLE register_entry (
    id BLOB NOT NULL PRIMARY KEY,
    publication_id BLOB NOT NULL REFERENCES publication (id) ON DELETE CASCADE,
    -- code of the register
    register TEXT NOT NULL,
    -- what makes it the same entry in the next edition
    entry_key TEXT NOT NULL,
    ordinal INTEGER NOT NULL,
    title TEXT NOT NULL,
    operator_id BLOB REFERENCES operator (id),
    district TEXT,
    lat_e6 INTEGER,
    lon_e6 INTEGER,
    -- JSON object of cells by column
    cells TEXT NOT NULL,
    -- 128 bits of SHA-256 over its line in the public log, hexadecimal
    content TEXT NOT NULL,
    -- values of facets, `column=value` between unit separators (U+001F)
    facets TEXT NOT NULL,
    -- what is searched within the register
    words TEXT NOT NULL,
    -- the entry's day, and the last day on which it is shown
    on_day TEXT,
    until_day TEXT,
    UNIQUE (register, entry_key)
) STRICT;
CREATE INDEX register_entry_order ON register_entry (register, ordinal, id);
CREATE INDEX register_entry_operator ON register_entry (operator_id);
CREATE INDEX register_entry_publication ON register_entry (publication_id, ordinal, id);
CREATE INDEX register_entry_until ON register_entry (until_day);
-- The leaf of the act in which an entry went; for what went with its publication the publication tells.
ALTER TABLE tombstone ADD COLUMN place INTEGER;

-- Cameras of bright kitchens (明厨亮灶) and of factories and warehouses that show themselves.
CREATE TABLE camera (
    id BLOB NOT NULL PRIMARY KEY,
    operator_id BLOB NOT NULL REFERENCES operator (id),
    -- cutting, cooking …; its kind of place follows from it
    position TEXT NOT NULL,
    -- tells it from others of the same position
    label TEXT,
    ordinal INTEGER NOT NULL,
    -- what the picture shows, for those who don't see it
    described TEXT,
    -- hls: played here; link: opened elsewhere, at whose site
    way TEXT NOT NULL CHECK (way IN ('hls', 'link')),
    provider TEXT,
    -- where the picture comes from; of hls never given out
    address_sealed BLOB NOT NULL,
    -- JSON: weekly hours, days off
    hours TEXT NOT NULL,
    -- the last day of its repair, and what is said of it
    mended_until TEXT,
    mended_note TEXT,
    -- a sign tells people of the camera (PIPL art. 26)
    told INTEGER NOT NULL,
    public INTEGER NOT NULL,
    -- who last wrote where it leads and stands; somebody else makes it public
    written_by BLOB,
    -- what the prober knows of it, JSON, and when it last looked
    state TEXT,
    looked_at TEXT,
    next_look_at TEXT,
    -- when officers were told that it is off in its hours
    told_off_at TEXT,
    version INTEGER NOT NULL,
    demo INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
) STRICT;
CREATE INDEX camera_operator ON camera (operator_id, ordinal);
CREATE INDEX camera_due ON camera (next_look_at);
-- A day of a camera: seconds of its hours that were looked at, seconds that the picture was live, and looks. 90 days are kept.
CREATE TABLE camera_day (
    camera_id BLOB NOT NULL REFERENCES camera (id) ON DELETE CASCADE,
    day TEXT NOT NULL,
    expected INTEGER NOT NULL,
    live INTEGER NOT NULL,
    looks INTEGER NOT NULL,
    PRIMARY KEY (camera_id, day)
) STRICT;
CREATE INDEX camera_day_old ON camera_day (day);
