package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"emma/handoff"
	"emma/knowledge"
)

// importChunk is how many articles go into one statement. What is left over goes one
// by one, so that there are two texts of each statement to prepare.
const importChunk = 50

// ImportArticles implements knowledge.Store.
func (s *Store) ImportArticles(ctx context.Context, articles []knowledge.Article, by, note string, progress func(int)) (int, error) {
	list := make([]incoming, len(articles))
	for i, a := range articles {
		a = a.Normal()
		if a.Status == "" {
			a.Status = knowledge.StatusPublished
		}
		if err := a.Validate(); err != nil {
			return 0, err
		}
		text, err := content(a)
		if err != nil {
			return 0, err
		}
		list[i] = incoming{article: a, text: text}
	}
	// In the order of their keys, two imports at once never wait for each other in a circle.
	slices.SortStableFunc(list, func(a, b incoming) int {
		return cmp.Or(strings.Compare(a.article.ID, b.article.ID), strings.Compare(a.article.Language, b.article.Language))
	})
	changed := 0
	err := s.do(ctx, articleOrder, func(t *tx) error {
		changed = 0
		run := importing{tx: t, by: by, note: note, at: s.nowMilli()}
		for done := 0; done < len(list); {
			n := importChunk
			if len(list)-done < n {
				n = 1
			}
			did, err := run.chunk(list[done : done+n])
			if err != nil {
				return err
			}
			changed += did
			if done += n; progress != nil {
				progress(done)
			}
		}
		if run.change != 0 {
			t.tell(handoff.Signal{Topic: handoff.TopicArticles})
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	return changed, nil
}

// incoming is an article that is imported, with what its revision will hold.
type incoming struct {
	article knowledge.Article
	text    string
}

// importing is one import while it is written.
type importing struct {
	tx     *tx
	by     string
	note   string
	at     int64
	change int64 // the value that all articles of this import get; 0 until one needs it
}

// stand is what the base has of an article that is imported.
type stand struct {
	head         articleHead
	newest, live knowledge.Article
}

// chunk brings articles to their status and returns for how many that changed anything.
func (i *importing) chunk(list []incoming) (int, error) {
	stands, err := i.lock(list)
	if err != nil {
		return 0, err
	}
	var revisions, heads, records []any
	changed := 0
	for _, in := range list {
		a, s := in.article, stands[in.article.Key()]
		if s.head.newest > 0 && a.Stands(s.newest, s.live) {
			continue
		}
		changed++
		after, from := s.head, s.newest.Status
		if s.head.newest == 0 || !a.Same(s.newest) {
			after.newest, from = after.newest+1, knowledge.StatusDraft
			revisions = append(revisions, a.ID, a.Language, after.newest, in.text, i.at, i.by)
		}
		after = after.moved(from, a.Status)
		if after.published != s.head.published || after.retired != s.head.retired {
			if i.change == 0 {
				if i.change, err = nextChange(i.tx); err != nil {
					return 0, err
				}
			}
			after.change = i.change
		}
		number, err := uuid.NewV7()
		if err != nil {
			return 0, fmt.Errorf("making a number: %w", err)
		}
		records = append(records, number.String(), a.ID, a.Language, after.newest, i.at, string(a.Status), i.by, i.note)
		if a.Status == knowledge.StatusRetired {
			if err := unschedule(i.tx, a.ID, a.Language); err != nil {
				return 0, err
			}
		}
		heads = append(heads, a.ID, a.Language, after.newest, after.published, after.review, after.retired, after.change)
	}
	for _, write := range []struct {
		args          []any
		before, after string
		row           string
	}{
		{revisions, `INSERT INTO article_revision (id, language, revision, content, saved_at, saved_by) VALUES `, ``, `(?, ?, ?, ?, ?, ?)`},
		{heads, `UPDATE article SET newest = column3, published = column4, review = column5, retired = column6, change = column7 FROM (VALUES `,
			`) AS v WHERE id = column1 AND language = column2`,
			`(?, ?, CAST(? AS BIGINT), CAST(? AS BIGINT), CAST(? AS BIGINT), CAST(? AS BIGINT), CAST(? AS BIGINT))`},
		{records, `INSERT INTO article_record (number, id, language, revision, at, status, done_by, note) VALUES `, ``, `(?, ?, ?, ?, ?, ?, ?, ?)`},
	} {
		width := strings.Count(write.row, "?")
		for len(write.args) > 0 {
			n := importChunk
			if len(write.args) < n*width {
				n = 1
			}
			if _, err := i.tx.exec(write.before+values(write.row, n)+write.after, write.args[:n*width]...); err != nil {
				return 0, fmt.Errorf("writing articles: %w", err)
			}
			write.args = write.args[n*width:]
		}
	}
	return changed, nil
}

// lock adds the heads that are missing, locks all of them, and reads what they point to.
func (i *importing) lock(list []incoming) (map[string]stand, error) {
	keys := make([]any, 0, 2*len(list))
	for _, in := range list {
		keys = append(keys, in.article.ID, in.article.Language)
	}
	if _, err := i.tx.exec(`INSERT INTO article (id, language, newest, published, review, retired, change) VALUES `+
		values(`(?, ?, 0, 0, 0, 0, 0)`, len(list))+` ON CONFLICT (id, language) DO NOTHING`, keys...); err != nil {
		return nil, fmt.Errorf("adding articles: %w", err)
	}
	stands := make(map[string]stand, len(list))
	err := i.tx.rows(func(scan func(...any) error) error {
		var id, language string
		var s stand
		if err := scan(&id, &language, &s.head.newest, &s.head.published, &s.head.review, &s.head.retired, &s.head.change); err != nil {
			return err
		}
		stands[knowledge.Article{ID: id, Language: language}.Key()] = s
		return nil
	}, `UPDATE article SET newest = newest WHERE (id, language) IN (VALUES `+values(`(?, ?)`, len(list))+`)
		RETURNING id, language, newest, published, review, retired, change`, keys...)
	if err != nil {
		return nil, fmt.Errorf("locking articles: %w", err)
	}
	err = i.tx.rows(func(scan func(...any) error) error {
		a, err := scanArticle(scan)
		if err != nil {
			return err
		}
		s := stands[a.Key()]
		if a.Revision == s.head.newest {
			s.newest = a
		}
		if a.Revision == s.head.published {
			s.live = a
		}
		stands[a.Key()] = s
		return nil
	}, `SELECT `+articleColumns+fromArticles+` WHERE (article.id, article.language) IN (VALUES `+values(`(?, ?)`, len(list))+`)
		AND article_revision.revision IN (article.newest, article.published)`, keys...)
	if err != nil {
		return nil, fmt.Errorf("reading articles: %w", err)
	}
	return stands, nil
}

// values repeats a row of arguments, which it numbers.
func values(row string, n int) string {
	var b strings.Builder
	number := 0
	for i := range n {
		if i > 0 {
			b.WriteString(", ")
		}
		for _, c := range row {
			if c != '?' {
				b.WriteRune(c)
				continue
			}
			number++
			b.WriteString("$" + strconv.Itoa(number))
		}
	}
	return b.String()
}
