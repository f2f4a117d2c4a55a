-- Several entries of one transaction may be written by one statement: each follows the one before, none is beyond the counter.
CREATE OR REPLACE FUNCTION audit_check_insert() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.place > (SELECT place FROM audit_counter)
        OR NEW.place <> COALESCE((SELECT MAX(place) FROM audit), (SELECT pruned FROM audit_counter)) + 1 THEN
        RAISE EXCEPTION 'audit: append only';
    END IF;
    RETURN NEW;
END $$;
