package knowledge

import (
	"context"
	"errors"
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

// PolicySource is where a base gets its policy from: [Rulings] is one.
type PolicySource interface {
	Policy(ctx context.Context) (Policy, error)
}

// Config is what a base needs.
type Config struct {
	// Dir is the folder of the search index, a cache that may be deleted at any
	// time; empty keeps the index in memory.
	Dir    string
	Source Source
	// Settings are the values of the names in braces in questions and answers, by name:
	// "phone" for {phone}.
	Settings map[string]string
	// Target is the share of Emma's answers that shall be right, above 0 and below 1;
	// 0 means [DefaultTarget]. The thresholds of every result follow from it.
	Target float64
	// Policy is where editors keep what they set for the whole base; it may be nil.
	Policy PolicySource
	Now    func() time.Time
	// Report is told of what went wrong in the background; it may be nil.
	Report func(error)
}

// Base is the published knowledge base, ready to be searched. It is safe for
// concurrent use; readers never wait for a refresh.
type Base struct {
	source Source
	policy PolicySource // may be nil
	target float64      // where the policy names none
	dir    string
	now    func() time.Time
	report func(error)
	fill   *strings.Replacer
	page   *page

	opening sync.Once
	opened  chan struct{} // closed when study and failed are set
	study   *study        // nil when it failed
	failed  error

	refreshing sync.Mutex // held while the source is read
	replacing  sync.Mutex // held while the state is replaced
	state      atomic.Pointer[state]
}

// OpenBase reads the published articles and makes them searchable, with the shipped
// weights unless the folder holds fitted ones for just these articles; a missing or
// damaged index is built, and weights are fitted, in the background. It fails when the
// source does. The caller closes the base.
func OpenBase(ctx context.Context, c Config) (*Base, error) {
	b := NewBase(c)
	if err := b.Open(ctx); err != nil {
		return nil, err
	}
	return b, nil
}

// NewBase makes a base that is to be opened (Open) when other things are done: who asks it
// something before waits. The caller opens and closes it.
func NewBase(c Config) *Base {
	b := &Base{source: c.Source, policy: c.Policy, target: c.Target, dir: c.Dir, now: c.Now, report: c.Report, fill: filler(c.Settings), page: newPage(), opened: make(chan struct{})}
	if b.report == nil {
		b.report = func(error) {}
	}
	if b.now == nil {
		b.now = time.Now
	}
	if b.target == 0 {
		b.target = DefaultTarget
	}
	b.state.Store(newState(b.target))
	return b
}

// Open reads the published articles. It is done once; further calls return what came of it.
func (b *Base) Open(ctx context.Context) error {
	b.opening.Do(func() {
		defer close(b.opened)
		if _, b.failed = b.refresh(ctx); b.failed == nil {
			b.study = newStudy(b, b.dir)
		}
	})
	return b.failed
}

// errClosed is why a base that was closed before it was opened cannot be.
var errClosed = errors.New("the knowledge base is closed")

// Opened waits until the base is open, and returns why it cannot be.
func (b *Base) Opened(ctx context.Context) error {
	select {
	case <-b.opened:
		return b.failed
	case <-ctx.Done():
		return ctx.Err()
	}
}

// present is the state of a base that is open.
func (b *Base) present() *state {
	<-b.opened
	return b.state.Load()
}

// Refresh takes over what was published or retired since the last time. When it
// returns, searches find it. Calls at the same time wait for each other.
func (b *Base) Refresh(ctx context.Context) error {
	if err := b.Opened(ctx); err != nil {
		return err
	}
	changed, err := b.refresh(ctx)
	if changed {
		b.study.wakeUp()
	}
	return err
}

// refresh is Refresh without the study; changed says whether it has something to do.
func (b *Base) refresh(ctx context.Context) (changed bool, err error) {
	b.refreshing.Lock()
	defer b.refreshing.Unlock()
	if changed, err = b.follow(ctx); err != nil {
		return changed, err
	}
	old := b.state.Load().shelf
	articles, change, err := b.source.Published(ctx, old.change)
	if err != nil {
		return changed, fmt.Errorf("reading the published articles: %w", err)
	}
	if len(articles) == 0 && change == old.change {
		return changed, nil
	}
	next, languages := old.with(articles, change, b.fill, b.page)
	b.replace(func(s *state) bool {
		s.takeOver(next, languages)
		return true
	})
	return true, nil
}

// follow takes over the policy where it changed.
func (b *Base) follow(ctx context.Context) (changed bool, err error) {
	if b.policy == nil {
		return false, nil
	}
	p, err := b.policy.Policy(ctx)
	if err != nil {
		return false, fmt.Errorf("reading what editors have set: %w", err)
	}
	if p.Target == 0 {
		p.Target = b.target
	}
	s := b.state.Load()
	reread := lexis(p.Synonyms) != lexis(s.shelf.synonyms)
	if s.target == p.Target && !reread {
		return false, nil
	}
	b.replace(func(s *state) bool {
		s.aim(p.Target)
		if reread {
			s.reread(s.shelf.reading(p.Synonyms, b.fill, b.page))
		}
		return true
	})
	return true, nil
}

// replace puts a changed copy of the state in the place of the present one, unless
// the change thinks better of it.
func (b *Base) replace(change func(*state) bool) bool {
	b.replacing.Lock()
	defer b.replacing.Unlock()
	old := b.state.Load()
	next := old.copy()
	if !change(next) {
		return false
	}
	next.correct()
	b.state.Store(next)
	close(old.replaced)
	return true
}

// Settle waits until nothing is left to be done in the background: the index holds
// every article and the weights are fitted to them.
func (b *Base) Settle(ctx context.Context) error {
	if err := b.Opened(ctx); err != nil {
		return err
	}
	b.study.hurry()
	for {
		s := b.state.Load()
		if s.settled() {
			b.study.working.Lock() // until it has tidied up
			defer b.study.working.Unlock()
			return nil
		}
		select {
		case <-s.replaced:
		case <-b.study.ended:
			return errClosed
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// Published returns a published article that may be shown today.
func (b *Base) Published(id, language string) (Published, bool) {
	e := b.present().shelf.editions[language]
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
	e := b.present().shelf.editions[language]
	if e == nil {
		return nil
	}
	return e.current(b.now())
}

// Promise says which precision Emma promises in a language, and what it rests on. It
// is false for a language that has no articles.
func (b *Base) Promise(language string) (Promise, bool) {
	j := b.present().judges[language]
	if j == nil {
		return Promise{}, false
	}
	return j.verdict().Promise, true
}

// Change is the value of the change counter that searches reflect.
func (b *Base) Change() int64 { return b.present().shelf.change }

// Close ends the background work and closes the index. No search may run then.
func (b *Base) Close() error {
	b.opening.Do(func() {
		b.failed = errClosed
		close(b.opened)
	})
	if b.study == nil {
		return nil
	}
	b.study.end()
	b.state.Load().index.retire()
	return nil
}
