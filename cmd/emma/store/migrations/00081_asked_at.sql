-- +goose Up
-- Since when an agent waits for the visitor's answer; 0 when they do not.
ALTER TABLE conversation ADD COLUMN asked_at BIGINT NOT NULL DEFAULT 0;
CREATE INDEX conversation_asked ON conversation (asked_at) WHERE state = 'agent' AND asked_at > 0;

-- +goose Down
DROP INDEX conversation_asked;
ALTER TABLE conversation DROP COLUMN asked_at;
