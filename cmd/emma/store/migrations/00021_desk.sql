-- +goose Up
-- The line: line_at is the place in it (Conversation.LineAt), an offer asks one agent
-- until offer_until, wrap_until ends the after-chat work of last_agent. The rest of
-- what the desk keeps of a conversation is JSON in desk.
ALTER TABLE conversation ADD COLUMN line_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE conversation ADD COLUMN offered_to TEXT NOT NULL DEFAULT '';
ALTER TABLE conversation ADD COLUMN offer_until BIGINT NOT NULL DEFAULT 0;
ALTER TABLE conversation ADD COLUMN last_agent TEXT NOT NULL DEFAULT '';
ALTER TABLE conversation ADD COLUMN wrap_until BIGINT NOT NULL DEFAULT 0;
ALTER TABLE conversation ADD COLUMN desk TEXT NOT NULL DEFAULT '{}';
UPDATE conversation SET line_at = waiting_since;
DROP INDEX conversation_waiting;
CREATE INDEX conversation_waiting ON conversation (line_at, id) WHERE state = 'waiting';
CREATE INDEX conversation_offered ON conversation (offered_to, offer_until) WHERE state = 'waiting' AND offered_to <> '';
CREATE INDEX conversation_wrap ON conversation (last_agent, wrap_until) WHERE wrap_until > 0;

ALTER TABLE staff ADD COLUMN languages TEXT NOT NULL DEFAULT '[]';
ALTER TABLE staff ADD COLUMN skills TEXT NOT NULL DEFAULT '[]';
ALTER TABLE staff ADD COLUMN capacity BIGINT NOT NULL DEFAULT 0;

CREATE TABLE team (
	id       TEXT PRIMARY KEY,
	position BIGINT NOT NULL,
	content  TEXT NOT NULL
);

-- A lease: the agent counts as here until lease_until. Locking the row is what keeps
-- capacity on all nodes.
CREATE TABLE presence (
	staff       TEXT PRIMARY KEY,
	available   BIGINT NOT NULL,
	lease_until BIGINT NOT NULL,
	idle_since  BIGINT NOT NULL
);

CREATE TABLE visit (
	conversation TEXT PRIMARY KEY,
	seen_at      BIGINT NOT NULL
);

-- What was measured: waits with what was told about them, and handling times.
CREATE TABLE sample (
	conversation TEXT NOT NULL,
	team         TEXT NOT NULL,
	tier         BIGINT NOT NULL,
	kind         TEXT NOT NULL,
	at           BIGINT NOT NULL,
	took         BIGINT NOT NULL,
	forecast      TEXT NOT NULL
);
CREATE INDEX sample_at ON sample (at);

-- +goose Down
DROP TABLE sample;
DROP TABLE visit;
DROP TABLE presence;
DROP TABLE team;
DROP INDEX conversation_wrap;
DROP INDEX conversation_offered;
DROP INDEX conversation_waiting;
CREATE INDEX conversation_waiting ON conversation (waiting_since, id) WHERE state = 'waiting';
ALTER TABLE staff DROP COLUMN capacity;
ALTER TABLE staff DROP COLUMN skills;
ALTER TABLE staff DROP COLUMN languages;
ALTER TABLE conversation DROP COLUMN desk;
ALTER TABLE conversation DROP COLUMN wrap_until;
ALTER TABLE conversation DROP COLUMN last_agent;
ALTER TABLE conversation DROP COLUMN offer_until;
ALTER TABLE conversation DROP COLUMN offered_to;
ALTER TABLE conversation DROP COLUMN line_at;
