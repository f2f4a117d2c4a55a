-- Where an officer is reminded of dates: an address, sealed by data/secret.key.
ALTER TABLE staff ADD COLUMN mail BLOB;
