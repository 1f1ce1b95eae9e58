-- +goose Up
CREATE TABLE meta (
	name  TEXT PRIMARY KEY,
	value TEXT NOT NULL
);

CREATE TABLE conversation (
	id            TEXT PRIMARY KEY,
	token_hash    TEXT NOT NULL UNIQUE,
	state         TEXT NOT NULL CHECK (state IN ('bot', 'waiting', 'agent', 'closed')),
	page          TEXT NOT NULL,
	team          TEXT NOT NULL,
	tier          BIGINT NOT NULL,
	reason        TEXT NOT NULL,
	agent         TEXT NOT NULL,
	agent_name    TEXT NOT NULL,
	preferred     TEXT NOT NULL,
	last_seq      BIGINT NOT NULL,
	visitor_seq   BIGINT NOT NULL,
	answered_seq  BIGINT NOT NULL,
	read_seq      BIGINT NOT NULL,
	unread        BIGINT NOT NULL,
	title         TEXT NOT NULL,
	waiting_since BIGINT NOT NULL,
	opened_at     BIGINT NOT NULL,
	changed_at    BIGINT NOT NULL,
	memory        TEXT NOT NULL,
	CHECK ((state = 'agent') = (agent <> ''))
);
CREATE INDEX conversation_waiting ON conversation (waiting_since, id) WHERE state = 'waiting';
CREATE INDEX conversation_agent ON conversation (agent, waiting_since) WHERE state = 'agent';
CREATE INDEX conversation_owed ON conversation (changed_at) WHERE visitor_seq > answered_seq;

CREATE TABLE event (
	conversation TEXT NOT NULL REFERENCES conversation (id),
	seq          BIGINT NOT NULL,
	kind         TEXT NOT NULL,
	author       TEXT NOT NULL,
	sender       TEXT NOT NULL,
	client_id    TEXT,
	content      TEXT,
	at           BIGINT NOT NULL,
	body         TEXT NOT NULL,
	PRIMARY KEY (conversation, seq)
);
CREATE UNIQUE INDEX event_once ON event (conversation, sender, client_id) WHERE client_id IS NOT NULL;

CREATE TABLE staff (
	id         TEXT PRIMARY KEY,
	name       TEXT NOT NULL,
	name_key   TEXT NOT NULL UNIQUE,
	role       TEXT NOT NULL,
	teams      TEXT NOT NULL,
	password   TEXT NOT NULL,
	disabled   BIGINT NOT NULL,
	created_at BIGINT NOT NULL
);

CREATE TABLE session (
	token_hash TEXT PRIMARY KEY,
	staff      TEXT NOT NULL REFERENCES staff (id),
	created_at BIGINT NOT NULL,
	expires_at BIGINT NOT NULL
);
CREATE INDEX session_staff ON session (staff);

CREATE TABLE article (
	id        TEXT NOT NULL,
	language  TEXT NOT NULL,
	newest    BIGINT NOT NULL,
	published BIGINT NOT NULL,
	retired   BIGINT NOT NULL,
	change    BIGINT NOT NULL,
	PRIMARY KEY (id, language)
);
CREATE INDEX article_change ON article (change);

CREATE TABLE article_revision (
	id       TEXT NOT NULL,
	language TEXT NOT NULL,
	revision BIGINT NOT NULL,
	content  TEXT NOT NULL,
	saved_at BIGINT NOT NULL,
	saved_by TEXT NOT NULL,
	PRIMARY KEY (id, language, revision),
	FOREIGN KEY (id, language) REFERENCES article (id, language)
);

-- +goose Down
DROP TABLE article_revision;
DROP TABLE article;
DROP TABLE session;
DROP TABLE staff;
DROP TABLE event;
DROP TABLE conversation;
DROP TABLE meta;
