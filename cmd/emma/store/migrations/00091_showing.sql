-- +goose Up
-- Which articles visitors were shown, and what came of it: read out of the logs.
CREATE TABLE showing (
	id           TEXT PRIMARY KEY,
	conversation TEXT NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
	at           BIGINT NOT NULL,
	language     TEXT NOT NULL,
	article      TEXT NOT NULL,
	helpful      BIGINT NOT NULL,
	unhelpful    BIGINT NOT NULL,
	handed_off   BIGINT NOT NULL,
	corrected    BIGINT NOT NULL
);
CREATE INDEX showing_conversation ON showing (conversation);
CREATE INDEX showing_at ON showing (at);
-- The logs are read once more for what is kept now.
DELETE FROM meta WHERE name = 'asked_cursor';

-- +goose Down
DROP TABLE showing;
