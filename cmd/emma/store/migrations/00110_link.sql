-- +goose Up
-- What became of the source links of articles when the server looked last, where it may.
CREATE TABLE link (
	url   TEXT PRIMARY KEY,
	state TEXT NOT NULL,
	note  TEXT NOT NULL,
	at    BIGINT NOT NULL
);

-- +goose Down
DROP TABLE link;
