package store

import (
	"context"
	"encoding/json"
	"fmt"

	"emma/knowledge"
)

// Counts is how much a database holds.
type Counts struct{ Conversations, Events, Articles, Staff int64 }

// Counts counts what the database holds.
func (s *Store) Counts(ctx context.Context) (Counts, error) {
	var c Counts
	err := s.db.QueryRowContext(ctx, `SELECT (SELECT COUNT(*) FROM conversation), (SELECT COUNT(*) FROM event), (SELECT COUNT(*) FROM article), (SELECT COUNT(*) FROM staff)`).
		Scan(&c.Conversations, &c.Events, &c.Articles, &c.Staff)
	if err != nil {
		return Counts{}, fmt.Errorf("counting: %w", err)
	}
	return c, nil
}

// Verify looks for what must never be: pages that SQLite cannot read, references that
// lead nowhere, logs with gaps, states that do not follow from their log, articles
// that cannot be read. It returns a sentence for each; none means that all is well.
// Others may read and write meanwhile.
func (s *Store) Verify(ctx context.Context) ([]string, error) {
	var found []string
	if s.engine == SQLite {
		for _, check := range []string{`PRAGMA integrity_check`, `SELECT 'a row of ' || "table" || ' refers to ' || parent || ', which is not there' FROM pragma_foreign_key_check`} {
			wrong, err := column(ctx, s.db, check)
			if err != nil {
				return nil, fmt.Errorf("checking the database file: %w", err)
			}
			for _, line := range wrong {
				if line != "ok" {
					found = append(found, "the database file: "+line)
				}
			}
		}
	}
	more, err := findings(ctx, s.db)
	return append(found, more...), err
}

// findings are what is wrong with the content of a database of either engine.
func findings(ctx context.Context, db querier) ([]string, error) {
	var found []string
	for _, check := range []struct{ name, query string }{
		{"the log of conversation %s has gaps", `SELECT conversation.id FROM conversation LEFT JOIN event ON event.conversation = conversation.id
			GROUP BY conversation.id, conversation.last_seq
			HAVING COUNT(event.seq) <> conversation.last_seq OR COALESCE(MAX(event.seq), 0) <> conversation.last_seq OR COALESCE(MIN(event.seq), 1) <> 1`},
		{"conversation %s points beyond its log", `SELECT id FROM conversation WHERE visitor_seq > last_seq OR answered_seq > last_seq OR read_seq > last_seq`},
		{"article %s points to a revision that is not there", `SELECT article.id || '/' || article.language FROM article
			LEFT JOIN article_revision ON article_revision.id = article.id AND article_revision.language = article.language
			GROUP BY article.id, article.language, article.newest, article.published
			HAVING COUNT(article_revision.revision) <> article.newest OR COALESCE(MAX(article_revision.revision), 0) <> article.newest OR article.published > article.newest`},
	} {
		ids, err := column(ctx, db, check.query)
		if err != nil {
			return nil, fmt.Errorf("verifying: %w", err)
		}
		for _, id := range ids {
			found = append(found, fmt.Sprintf(check.name, id))
		}
	}
	texts, err := column(ctx, db, `SELECT article_revision.content FROM article JOIN article_revision ON article_revision.id = article.id
		AND article_revision.language = article.language AND article_revision.revision = article.published ORDER BY article.id, article.language`)
	if err != nil {
		return nil, fmt.Errorf("verifying: %w", err)
	}
	for _, text := range texts {
		var a knowledge.Article
		if err := json.Unmarshal([]byte(text), &a); err != nil {
			found = append(found, fmt.Sprintf("a published article cannot be read: %v", err))
		} else if err := a.Validate(); err != nil {
			found = append(found, fmt.Sprintf("article %s: %v", a.Key(), err))
		}
	}
	return found, nil
}
