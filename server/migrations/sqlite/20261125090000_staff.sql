-- Officers of the bureau. Rows stay forever: the audit trail names them. A name is given once.
CREATE TABLE staff (
    id BLOB NOT NULL PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    display_name TEXT NOT NULL,
    -- codes of roles, separated by blanks
    roles TEXT NOT NULL,
    -- Argon2id as PHC string; none until the set-up link is used
    password TEXT,
    password_at TEXT,
    -- secret of the second factor, sealed by data/secret.key
    totp BLOB,
    -- newest time step whose code was used: none is taken twice
    totp_step INTEGER NOT NULL DEFAULT 0,
    -- failures in a row, and until when they lock
    failures INTEGER NOT NULL DEFAULT 0,
    locked_until TEXT,
    -- by an administrator
    locked INTEGER NOT NULL DEFAULT 0,
    seen_at TEXT,
    created_at TEXT NOT NULL
) STRICT;

-- One link an account at most; using it takes it away.
CREATE TABLE setup_link (
    staff_id BLOB NOT NULL PRIMARY KEY REFERENCES staff (id),
    token_hash BLOB NOT NULL UNIQUE,
    expires_at TEXT NOT NULL
) STRICT;

CREATE TABLE recovery_code (
    staff_id BLOB NOT NULL REFERENCES staff (id),
    hash BLOB NOT NULL,
    used_at TEXT,
    PRIMARY KEY (staff_id, hash)
) STRICT;

CREATE TABLE session (
    id BLOB NOT NULL PRIMARY KEY,
    token_hash BLOB NOT NULL UNIQUE,
    staff_id BLOB NOT NULL REFERENCES staff (id),
    -- code: the second factor is awaited
    stage TEXT NOT NULL CHECK (stage IN ('code', 'full')),
    created_at TEXT NOT NULL,
    seen_at TEXT NOT NULL,
    address TEXT,
    agent TEXT NOT NULL
) STRICT;
CREATE INDEX session_staff ON session (staff_id);

-- Number and hash of the newest entry, and of the newest that was pruned. Its lock makes the order total.
CREATE TABLE audit_counter (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    place INTEGER NOT NULL,
    hash BLOB NOT NULL,
    pruned INTEGER NOT NULL,
    pruned_hash BLOB NOT NULL
) STRICT;
INSERT INTO audit_counter (id, place, hash, pruned, pruned_hash) VALUES (1, 0, x'', 0, x'');

-- Append-only. `hash` is SHA-256 of the hash before and `entry`; the other columns repeat what `entry` says, for looking up.
CREATE TABLE audit (
    place INTEGER NOT NULL PRIMARY KEY,
    at TEXT NOT NULL,
    staff_id BLOB,
    deed TEXT NOT NULL,
    kind TEXT,
    object TEXT,
    outcome TEXT NOT NULL,
    entry TEXT NOT NULL,
    hash BLOB NOT NULL
) STRICT;
CREATE INDEX audit_staff ON audit (staff_id, place);
CREATE INDEX audit_deed ON audit (deed, place);
CREATE INDEX audit_object ON audit (object, place);
CREATE INDEX audit_at ON audit (at);

CREATE TRIGGER audit_insert BEFORE INSERT ON audit
WHEN NEW.place <> (SELECT place FROM audit_counter) OR EXISTS (SELECT 1 FROM audit WHERE place = NEW.place)
BEGIN SELECT RAISE(ABORT, 'audit: append only'); END;
CREATE TRIGGER audit_update BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'audit: append only'); END;
-- six months are the law's minimum (Cybersecurity Law), whatever a program asks for
CREATE TRIGGER audit_delete BEFORE DELETE ON audit
WHEN OLD.place > (SELECT pruned FROM audit_counter)
    OR OLD.at >= strftime('%Y-%m-%dT%H:%M:%S', 'now', '-6 months')
BEGIN SELECT RAISE(ABORT, 'audit: append only'); END;
CREATE TRIGGER audit_counter_update BEFORE UPDATE ON audit_counter
WHEN NEW.place < OLD.place OR NEW.pruned < OLD.pruned
BEGIN SELECT RAISE(ABORT, 'audit: append only'); END;
CREATE TRIGGER audit_counter_delete BEFORE DELETE ON audit_counter
BEGIN SELECT RAISE(ABORT, 'audit: append only'); END;
