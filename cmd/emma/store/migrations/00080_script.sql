-- +goose Up
-- What editors changed of what Emma says and of her menu: the newest of each part.
CREATE TABLE script (
	name     TEXT PRIMARY KEY,
	revision BIGINT NOT NULL,
	content  TEXT NOT NULL,
	saved_by TEXT NOT NULL,
	saved_at BIGINT NOT NULL
);

-- +goose Down
DROP TABLE script;
