-- +goose Up
-- When a person was at the agent's desk last, and why the desk set them away by itself.
ALTER TABLE presence ADD COLUMN active_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE presence ADD COLUMN absence TEXT NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE presence DROP COLUMN absence;
ALTER TABLE presence DROP COLUMN active_at;
