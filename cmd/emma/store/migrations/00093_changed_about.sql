-- +goose Up
-- When a conversation last changed, in whole five minutes: an index by the millisecond
-- is written anew with each message.
ALTER TABLE conversation ADD COLUMN changed_about BIGINT NOT NULL DEFAULT 0;
UPDATE conversation SET changed_about = changed_at / 300000;
DROP INDEX conversation_changed;
CREATE INDEX conversation_changed ON conversation (changed_about);

-- +goose Down
DROP INDEX conversation_changed;
CREATE INDEX conversation_changed ON conversation (changed_at, id);
ALTER TABLE conversation DROP COLUMN changed_about;
