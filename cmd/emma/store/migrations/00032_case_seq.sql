-- +goose Up
-- The message of the log that a case began with. Who looks at a sealed number stands in
-- the history of the case, so the table for it goes.
ALTER TABLE desk_case ADD COLUMN seq BIGINT NOT NULL DEFAULT 0;
DROP TABLE case_reveal;

-- +goose Down
CREATE TABLE case_reveal (
	id        TEXT PRIMARY KEY,
	reference TEXT NOT NULL REFERENCES desk_case (reference),
	staff     TEXT NOT NULL,
	name      TEXT NOT NULL,
	at        BIGINT NOT NULL
);
CREATE INDEX case_reveal_case ON case_reveal (reference, at);
ALTER TABLE desk_case DROP COLUMN seq;
