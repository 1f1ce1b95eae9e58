-- +goose Up
-- The list of all conversations, the report of a time, a reference said on the phone.
CREATE INDEX conversation_changed ON conversation (changed_at, id);
CREATE INDEX conversation_opened ON conversation (opened_at, id);
CREATE INDEX conversation_reference ON conversation (substr(id, 29));
-- What an agent did today.
CREATE INDEX event_agent ON event (sender, at) WHERE author = 'agent';

CREATE TABLE saved_reply (
	id       TEXT PRIMARY KEY,
	short    TEXT NOT NULL,
	language TEXT NOT NULL,
	owner    TEXT NOT NULL,
	team     TEXT NOT NULL,
	text     TEXT NOT NULL,
	saved_by TEXT NOT NULL,
	saved_at BIGINT NOT NULL,
	UNIQUE (owner, team, short, language)
);

-- Conversations that the same browser began one after the other.
CREATE TABLE visitor_thread (
	conversation TEXT PRIMARY KEY REFERENCES conversation (id),
	first        TEXT NOT NULL
);
CREATE INDEX visitor_thread_first ON visitor_thread (first);

-- +goose Down
DROP TABLE visitor_thread;
DROP TABLE saved_reply;
DROP INDEX event_agent;
DROP INDEX conversation_reference;
DROP INDEX conversation_opened;
DROP INDEX conversation_changed;
