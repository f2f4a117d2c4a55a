-- Officers of the bureau. Rows stay forever: the audit trail names them. A name is given once.
CREATE TABLE staff (
    id UUID NOT NULL PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    display_name TEXT NOT NULL,
    -- codes of roles, separated by blanks
    roles TEXT NOT NULL,
    -- Argon2id as PHC string; none until the set-up link is used
    password TEXT,
    password_at TIMESTAMPTZ,
    -- secret of the second factor, sealed by data/secret.key
    totp BYTEA,
    -- newest time step whose code was used: none is taken twice
    totp_step BIGINT NOT NULL DEFAULT 0,
    -- failures in a row, and until when they lock
    failures BIGINT NOT NULL DEFAULT 0,
    locked_until TIMESTAMPTZ,
    -- by an administrator
    locked BOOLEAN NOT NULL DEFAULT FALSE,
    seen_at TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL
);

-- One link an account at most; using it takes it away.
CREATE TABLE setup_link (
    staff_id UUID NOT NULL PRIMARY KEY REFERENCES staff (id),
    token_hash BYTEA NOT NULL UNIQUE,
    expires_at TIMESTAMPTZ NOT NULL
);

CREATE TABLE recovery_code (
    staff_id UUID NOT NULL REFERENCES staff (id),
    hash BYTEA NOT NULL,
    used_at TIMESTAMPTZ,
    PRIMARY KEY (staff_id, hash)
);

CREATE TABLE session (
    id UUID NOT NULL PRIMARY KEY,
    token_hash BYTEA NOT NULL UNIQUE,
    staff_id UUID NOT NULL REFERENCES staff (id),
    -- code: the second factor is awaited
    stage TEXT NOT NULL CHECK (stage IN ('code', 'full')),
    created_at TIMESTAMPTZ NOT NULL,
    seen_at TIMESTAMPTZ NOT NULL,
    address TEXT,
    agent TEXT NOT NULL
);
CREATE INDEX session_staff ON session (staff_id);

-- Number and hash of the newest entry, and of the newest that was pruned. Its lock makes the order total.
CREATE TABLE audit_counter (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    place BIGINT NOT NULL,
    hash BYTEA NOT NULL,
    pruned BIGINT NOT NULL,
    pruned_hash BYTEA NOT NULL
);
INSERT INTO audit_counter (id, place, hash, pruned, pruned_hash) VALUES (1, 0, '', 0, '');

-- Append-only. `hash` is SHA-256 of the hash before and `entry`; the other columns repeat what `entry` says, for looking up.
CREATE TABLE audit (
    place BIGINT NOT NULL PRIMARY KEY,
    at TIMESTAMPTZ NOT NULL,
    staff_id UUID,
    deed TEXT NOT NULL,
    kind TEXT,
    object TEXT,
    outcome TEXT NOT NULL,
    entry TEXT NOT NULL,
    hash BYTEA NOT NULL
);
CREATE INDEX audit_staff ON audit (staff_id, place);
CREATE INDEX audit_deed ON audit (deed, place);
CREATE INDEX audit_object ON audit (object, place);
CREATE INDEX audit_at ON audit (at);

CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'audit: append only';
END $$;
CREATE FUNCTION audit_check_insert() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.place <> (SELECT place FROM audit_counter) THEN
        RAISE EXCEPTION 'audit: append only';
    END IF;
    RETURN NEW;
END $$;
-- six months are the law's minimum (Cybersecurity Law), whatever a program asks for
CREATE FUNCTION audit_check_delete() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.place > (SELECT pruned FROM audit_counter) OR OLD.at >= now() - interval '6 months' THEN
        RAISE EXCEPTION 'audit: append only';
    END IF;
    RETURN OLD;
END $$;
CREATE FUNCTION audit_check_counter() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.place < OLD.place OR NEW.pruned < OLD.pruned THEN
        RAISE EXCEPTION 'audit: append only';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER audit_insert BEFORE INSERT ON audit FOR EACH ROW EXECUTE FUNCTION audit_check_insert();
CREATE TRIGGER audit_update BEFORE UPDATE ON audit FOR EACH ROW EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_delete BEFORE DELETE ON audit FOR EACH ROW EXECUTE FUNCTION audit_check_delete();
CREATE TRIGGER audit_truncate BEFORE TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_counter_update BEFORE UPDATE ON audit_counter FOR EACH ROW EXECUTE FUNCTION audit_check_counter();
CREATE TRIGGER audit_counter_delete BEFORE DELETE ON audit_counter FOR EACH ROW EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_counter_truncate BEFORE TRUNCATE ON audit_counter FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
