-- +goose Up
-- Whether the visitor marked the answer as helpful. The logs are read again, since the
-- mark was not taken over before.
ALTER TABLE asked ADD COLUMN helped BIGINT NOT NULL DEFAULT 0;
DELETE FROM meta WHERE name = 'asked_cursor';

-- The versions of what corrects Emma's confidence, by language. A version is written
-- once, whichever node fits it.
CREATE TABLE correction (
	language TEXT NOT NULL,
	version  BIGINT NOT NULL,
	at       BIGINT NOT NULL,
	change   BIGINT NOT NULL,
	labels   BIGINT NOT NULL,
	shift    DOUBLE PRECISION NOT NULL,
	stretch  DOUBLE PRECISION NOT NULL,
	rightly  DOUBLE PRECISION NOT NULL,
	sure     DOUBLE PRECISION NOT NULL,
	PRIMARY KEY (language, version)
);

-- +goose Down
DROP TABLE correction;
ALTER TABLE asked DROP COLUMN helped;
