-- Whether public content ever listed it: a file that a correction dropped answers 410.
ALTER TABLE attachment ADD COLUMN was_public BOOLEAN NOT NULL DEFAULT FALSE;
UPDATE attachment SET was_public = public;
