-- +goose Up
-- What visitors asked in general, redacted: read out of the logs for the editors.
CREATE TABLE asked (
	id           TEXT PRIMARY KEY,
	conversation TEXT NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
	visitor      TEXT NOT NULL,
	at           BIGINT NOT NULL,
	language     TEXT NOT NULL,
	text         TEXT NOT NULL,
	outcome      TEXT NOT NULL,
	article      TEXT NOT NULL,
	confidence   BIGINT NOT NULL,
	reply        TEXT NOT NULL,
	closing      TEXT NOT NULL
);
CREATE INDEX asked_conversation ON asked (conversation);
CREATE INDEX asked_at ON asked (at);
CREATE INDEX asked_closed ON asked (closing) WHERE closing <> '';

CREATE TABLE asked_closing (
	id        TEXT PRIMARY KEY,
	at        BIGINT NOT NULL,
	closed_by TEXT NOT NULL,
	what      TEXT NOT NULL,
	reason    TEXT NOT NULL,
	article   TEXT NOT NULL,
	text      TEXT NOT NULL
);

-- +goose Down
DROP TABLE asked_closing;
DROP TABLE asked;
