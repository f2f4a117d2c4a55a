-- `name_key` is unique: of several operators with one name all but the first have their id behind a blank. This is the
-- name's key alone.
ALTER TABLE operator ADD COLUMN same_name TEXT NOT NULL DEFAULT '';
UPDATE operator SET same_name = name_key;
CREATE INDEX operator_same_name ON operator (same_name);
CREATE INDEX operator_licence ON operator (licence);
-- other names that were printed of it, one a line
ALTER TABLE operator ADD COLUMN aliases TEXT NOT NULL DEFAULT '';
-- the operator into which it was merged before that one was merged in turn: what an undo goes back to
ALTER TABLE operator ADD COLUMN merged_via UUID REFERENCES operator (id);
-- raised by every write of the desk
ALTER TABLE operator ADD COLUMN version BIGINT NOT NULL DEFAULT 1;

-- Pairs that may be one operator. A pair is asked once: what an officer decided stays.
CREATE TABLE operator_doubt (
    operator_id UUID NOT NULL REFERENCES operator (id) ON DELETE CASCADE,
    other_id UUID NOT NULL REFERENCES operator (id) ON DELETE CASCADE,
    reason TEXT NOT NULL,
    decision TEXT NOT NULL CHECK (decision IN ('open', 'same', 'different')),
    decided_by UUID,
    decided_at TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (operator_id, other_id)
);
CREATE INDEX operator_doubt_open ON operator_doubt (created_at, operator_id, other_id) WHERE decision = 'open';
CREATE INDEX operator_doubt_other ON operator_doubt (other_id);
