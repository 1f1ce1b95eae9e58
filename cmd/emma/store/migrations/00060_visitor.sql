-- +goose Up
CREATE TABLE visitor (
	conversation TEXT PRIMARY KEY REFERENCES conversation (id),
	visitor      TEXT NOT NULL,
	profile      TEXT NOT NULL,
	changed_at   BIGINT NOT NULL
);
CREATE INDEX visitor_conversations ON visitor (visitor, changed_at) WHERE visitor <> '';

CREATE TABLE visitor_token (
	token_hash   TEXT PRIMARY KEY,
	conversation TEXT NOT NULL REFERENCES conversation (id)
);

-- +goose Down
DROP TABLE visitor_token;
DROP TABLE visitor;
