-- +goose Up
-- CASE is a word of SQL, so the table of cases is called desk_case.
CREATE TABLE desk_case (
	reference     TEXT PRIMARY KEY,
	kind          TEXT NOT NULL CHECK (kind IN ('message', 'call_back', 'service_request')),
	state         TEXT NOT NULL CHECK (state IN ('open', 'working', 'office', 'answered', 'closed')),
	conversation  TEXT NOT NULL REFERENCES conversation (id),
	team          TEXT NOT NULL,
	tier          BIGINT NOT NULL,
	language      TEXT NOT NULL,
	type          TEXT NOT NULL,
	body          TEXT NOT NULL,
	name          TEXT NOT NULL,
	email         TEXT NOT NULL,
	phone         TEXT NOT NULL,
	call_from     BIGINT NOT NULL,
	call_until    BIGINT NOT NULL,
	assignee      TEXT NOT NULL,
	assignee_name TEXT NOT NULL,
	office        TEXT NOT NULL,
	sealed        BIGINT NOT NULL,
	entries       BIGINT NOT NULL,
	created_at    BIGINT NOT NULL,
	due_at        BIGINT NOT NULL,
	changed_at    BIGINT NOT NULL,
	done_at       BIGINT NOT NULL
);
CREATE INDEX desk_case_due ON desk_case (due_at, reference) WHERE done_at = 0;
CREATE INDEX desk_case_done ON desk_case (done_at) WHERE done_at > 0;
CREATE INDEX desk_case_conversation ON desk_case (conversation);

CREATE TABLE case_entry (
	reference TEXT NOT NULL REFERENCES desk_case (reference),
	n         BIGINT NOT NULL,
	at        BIGINT NOT NULL,
	staff     TEXT NOT NULL,
	name      TEXT NOT NULL,
	state     TEXT NOT NULL,
	body      TEXT NOT NULL,
	for_staff BIGINT NOT NULL,
	PRIMARY KEY (reference, n)
);

-- Receipt numbers stand in a table of their own that no list of cases reads.
CREATE TABLE case_receipt (
	reference TEXT PRIMARY KEY REFERENCES desk_case (reference),
	receipt   TEXT NOT NULL
);
CREATE TABLE case_reveal (
	id        TEXT PRIMARY KEY,
	reference TEXT NOT NULL REFERENCES desk_case (reference),
	staff     TEXT NOT NULL,
	name      TEXT NOT NULL,
	at        BIGINT NOT NULL
);
CREATE INDEX case_reveal_case ON case_reveal (reference, at);

-- +goose Down
DROP TABLE case_reveal;
DROP TABLE case_receipt;
DROP TABLE case_entry;
DROP TABLE desk_case;
