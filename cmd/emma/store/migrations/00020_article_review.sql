-- +goose Up
-- The revision that waits for review, or 0.
ALTER TABLE article ADD COLUMN review BIGINT NOT NULL DEFAULT 0;

-- +goose Down
ALTER TABLE article DROP COLUMN review;
