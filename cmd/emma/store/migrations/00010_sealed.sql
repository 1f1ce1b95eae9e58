-- +goose Up
CREATE TABLE sealed (
	conversation TEXT NOT NULL REFERENCES conversation (id),
	seq          BIGINT NOT NULL,
	number       BIGINT NOT NULL,
	kind         TEXT NOT NULL,
	value        TEXT NOT NULL,
	PRIMARY KEY (conversation, seq, number)
);

-- +goose Down
DROP TABLE sealed;
