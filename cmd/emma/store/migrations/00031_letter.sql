-- +goose Up
CREATE TABLE letter (
	id           TEXT PRIMARY KEY,
	conversation TEXT NOT NULL REFERENCES conversation (id),
	reference    TEXT NOT NULL,
	recipient    TEXT NOT NULL,
	subject      TEXT NOT NULL,
	body         TEXT NOT NULL,
	html         TEXT NOT NULL,
	state        TEXT NOT NULL CHECK (state IN ('waiting', 'sending', 'handing', 'sent', 'doubtful', 'failed')),
	taker        TEXT NOT NULL,
	tries        BIGINT NOT NULL,
	due_at       BIGINT NOT NULL,
	problem      TEXT NOT NULL,
	created_at   BIGINT NOT NULL,
	done_at      BIGINT NOT NULL
);
CREATE INDEX letter_due ON letter (due_at, id) WHERE done_at = 0;
CREATE INDEX letter_case ON letter (reference, created_at);
CREATE INDEX letter_conversation ON letter (conversation, created_at);
CREATE INDEX letter_recipient ON letter (recipient, created_at);

-- +goose Down
DROP TABLE letter;
