-- Several entries of one transaction may be written by one statement: each follows the one before, none is beyond the counter.
DROP TRIGGER audit_insert;
CREATE TRIGGER audit_insert BEFORE INSERT ON audit
WHEN NEW.place > (SELECT place FROM audit_counter)
    OR NEW.place <> COALESCE((SELECT MAX(place) FROM audit), (SELECT pruned FROM audit_counter)) + 1
BEGIN SELECT RAISE(ABORT, 'audit: append only'); END;
