-- +goose Up
-- What editors set for the knowledge base as a whole: target and synonyms, as JSON.
CREATE TABLE policy (
	name     TEXT PRIMARY KEY,
	revision BIGINT NOT NULL,
	value    TEXT NOT NULL,
	set_by   TEXT NOT NULL,
	at       BIGINT NOT NULL
);

-- What was promised from a moment on. A mark is written once, whichever node sees it.
CREATE TABLE precision_mark (
	at       BIGINT NOT NULL,
	language TEXT NOT NULL,
	change   BIGINT NOT NULL,
	target   DOUBLE PRECISION NOT NULL,
	answer   DOUBLE PRECISION NOT NULL,
	achieved DOUBLE PRECISION NOT NULL,
	bound    DOUBLE PRECISION NOT NULL,
	coverage DOUBLE PRECISION NOT NULL,
	PRIMARY KEY (language, change, target, answer, achieved, bound)
);
CREATE INDEX precision_mark_at ON precision_mark (at);

-- +goose Down
DROP TABLE precision_mark;
DROP TABLE policy;
