package knowledge

import "context"

// Store keeps articles and their revisions. It is implemented by the SQL store
// for both engines; every method is one transaction.
type Store interface {
	// Articles returns the newest revision of every article, drafts and retired
	// ones included, ordered by id and language.
	Articles(ctx context.Context) ([]Article, error)
	// Article returns the newest revision, or ErrNotFound.
	Article(ctx context.Context, id, language string) (Article, error)
	// Revisions returns all revisions of one article, newest first.
	Revisions(ctx context.Context, id, language string) ([]Article, error)
	// SaveArticle adds a.Content as the next revision. a.Revision must be the
	// newest stored one (0 for a new article), else ErrStale. Nothing published
	// changes. It returns the article as stored.
	SaveArticle(ctx context.Context, a Article) (Article, error)
	// SetStatus makes a Move of the newest revision, without four eyes, and moves
	// the change counter when what visitors get changes. Revision must be the newest
	// one when it is published or sent to review, else ErrStale.
	SetStatus(ctx context.Context, id, language string, revision int64, status Status, by string) (Article, error)
	// ImportArticles brings all of them to their Status (published where it is
	// empty), or none. What Stands already is left alone; it returns how many changed,
	// each with a Record that holds the note. Progress, which may be nil, is told how
	// many of them are done.
	ImportArticles(ctx context.Context, articles []Article, by, note string, progress func(done int)) (changed int, err error)
	// Published returns the published revision of every article whose change
	// counter is above after, and the retired ones with Status StatusRetired so
	// that a follower can drop them, ordered by change. It also returns the
	// present value of the counter.
	Published(ctx context.Context, after int64) (articles []Article, change int64, err error)
}
