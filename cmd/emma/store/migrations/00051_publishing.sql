-- +goose Up
-- Who moved which revision where, when and why. Nothing is ever taken out.
CREATE TABLE article_record (
	number   TEXT PRIMARY KEY,
	id       TEXT NOT NULL,
	language TEXT NOT NULL,
	revision BIGINT NOT NULL,
	at       BIGINT NOT NULL,
	status   TEXT NOT NULL,
	done_by  TEXT NOT NULL,
	note     TEXT NOT NULL
);
CREATE INDEX article_record_article ON article_record (id, number);

-- A revision that is to be published at a time.
CREATE TABLE article_schedule (
	id         TEXT NOT NULL,
	language   TEXT NOT NULL,
	revision   BIGINT NOT NULL,
	at         BIGINT NOT NULL,
	planned_by TEXT NOT NULL,
	note       TEXT NOT NULL,
	PRIMARY KEY (id, language),
	FOREIGN KEY (id, language) REFERENCES article (id, language)
);

-- Questions that Emma has to go on answering with an article.
CREATE TABLE kept_test (
	id       TEXT PRIMARY KEY,
	language TEXT NOT NULL,
	text     TEXT NOT NULL,
	article  TEXT NOT NULL,
	kept_by  TEXT NOT NULL,
	at       BIGINT NOT NULL,
	UNIQUE (language, text)
);

-- +goose Down
DROP TABLE kept_test;
DROP TABLE article_schedule;
DROP TABLE article_record;
