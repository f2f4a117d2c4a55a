-- Whether public content ever listed it: a file that a correction dropped answers 410.
ALTER TABLE attachment ADD COLUMN was_public INTEGER NOT NULL DEFAULT 0;
UPDATE attachment SET was_public = public;
