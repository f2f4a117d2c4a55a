-- A case that came over two ways has one number at the national platform, and is counted once.
CREATE INDEX case_file_national ON case_file (national_no, kind) WHERE national_no IS NOT NULL;
