-- +goose Up
CREATE INDEX conversation_gone ON conversation (waiting_since) WHERE state IN ('waiting', 'agent');

-- +goose Down
DROP INDEX conversation_gone;
