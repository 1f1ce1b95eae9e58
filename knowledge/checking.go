package knowledge

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"
)

const (
	// mostChecks is how many finished checks are remembered.
	mostChecks = 50
	// mostRunning bounds the checks that run at once; one more is refused.
	mostRunning = 4
	// mostCompared is up to how many drafts the wordings are compared. A file that
	// replaces a large part of the base is tried on kept tests and real questions only.
	mostCompared = 300
	// mostTried bounds the different real questions that one check tries; the latest
	// are taken.
	mostTried = 3000
)

// ErrBusy says that as many checks run as may run at once.
var ErrBusy = errors.New("other checks are running: try again in a moment")

// Check is the state of one run of the publish gate.
type Check struct {
	ID       string  `json:"id"`
	Steps    []Step  `json:"steps"` // what is to be published
	State    string  `json:"state"` // running, done, cancelled, failed
	Progress float64 `json:"progress"`
	Doing    string  `json:"doing"` // tests, wordings, asked
	Took     int64   `json:"took_ms"`
	Report   *Report `json:"report"` // when it is done
	Blocks   bool    `json:"blocks"`
}

// check is a run on this node. It is forgotten with the process.
type check struct {
	mu     sync.Mutex
	Check  Check
	cancel context.CancelFunc
	change int64         // of the live base
	ended  chan struct{} // closed when State is not running any more
}

// checks are the runs of a workshop.
type checks struct {
	base    context.Context
	cancel  context.CancelFunc
	running sync.WaitGroup

	mu    sync.Mutex
	byID  map[string]*check
	order []string
}

func (c *check) snapshot() Check {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.Check
}

func (c *check) at(doing string, progress float64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.Check.Doing, c.Check.Progress = doing, progress
}

// StartCheck begins to compare the base as it would be with the newest revisions of
// the given articles with the base as it is.
func (w *Workshop) StartCheck(ctx context.Context, steps []Step) (Check, error) {
	var drafts []Article
	for _, step := range steps {
		a, err := w.articles.Article(ctx, step.ID, step.Language)
		if err != nil {
			return Check{}, fmt.Errorf("checking %s: %w", step.ID, err)
		}
		if a.Revision != step.Revision {
			return Check{}, fmt.Errorf("checking %s: %w", step.ID, ErrStale)
		}
		if err := a.Validate(); err != nil {
			return Check{}, err
		}
		drafts = append(drafts, a)
	}
	return w.startCheck(ctx, steps, drafts)
}

// startCheck begins a check of drafts, which need not be saved.
func (w *Workshop) startCheck(ctx context.Context, steps []Step, drafts []Article) (Check, error) {
	if len(drafts) == 0 {
		return Check{}, invalid("nothing is to be published")
	}
	rules, err := w.press.Rules(ctx)
	if err != nil {
		return Check{}, fmt.Errorf("checking: %w", err)
	}
	if err := w.base.Refresh(ctx); err != nil {
		return Check{}, fmt.Errorf("checking: %w", err)
	}
	live, draft := w.base.stands(drafts)
	id, err := uuid.NewRandom()
	if err != nil {
		return Check{}, fmt.Errorf("checking: %w", err)
	}
	c := &check{Check: Check{ID: id.String(), Steps: steps, State: "running"}, change: live.shelf.change, ended: make(chan struct{})}
	var run context.Context
	run, c.cancel = context.WithCancel(w.checks.base)
	if !w.checks.add(c) {
		c.cancel()
		return Check{}, ErrBusy
	}
	w.checks.running.Go(func() {
		defer c.cancel()
		defer close(c.ended)
		began := w.now()
		report, err := w.compare(run, c, live, draft, drafts, rules)
		c.mu.Lock()
		defer c.mu.Unlock()
		c.Check.Took = w.now().Sub(began).Milliseconds()
		switch {
		case run.Err() != nil:
			c.Check.State = "cancelled"
		case err != nil:
			c.Check.State = "failed"
			w.base.report(fmt.Errorf("checking before publishing: %w", err))
		default:
			c.Check.State, c.Check.Progress, c.Check.Report, c.Check.Blocks = "done", 1, &report, report.Blocks()
		}
	})
	return c.snapshot(), nil
}

// add remembers a check unless too many run.
func (k *checks) add(c *check) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	running := 0
	for _, other := range k.byID {
		if other.snapshot().State == "running" {
			running++
		}
	}
	if running >= mostRunning {
		return false
	}
	k.byID[c.Check.ID] = c
	k.order = append(k.order, c.Check.ID)
	if len(k.order) > mostChecks {
		delete(k.byID, k.order[0])
		k.order = k.order[1:]
	}
	return true
}

func (k *checks) find(id string) (*check, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	c := k.byID[id]
	if c == nil {
		return nil, fmt.Errorf("check %.40q: %w", id, ErrNotFound)
	}
	return c, nil
}

// Check returns how far a check is.
func (w *Workshop) Check(id string) (Check, error) {
	c, err := w.checks.find(id)
	if err != nil {
		return Check{}, err
	}
	return c.snapshot(), nil
}

// CancelCheck ends a check.
func (w *Workshop) CancelCheck(id string) error {
	c, err := w.checks.find(id)
	if err == nil {
		c.cancel()
	}
	return err
}

// compare puts all questions to both bases.
func (w *Workshop) compare(ctx context.Context, c *check, live, draft *stand, drafts []Article, rules Rules) (Report, error) {
	tests, err := w.press.Tests(ctx)
	if err != nil {
		return Report{}, err
	}
	var probes []Probe
	pairs := map[string]*pair{}
	for _, language := range []string{English, Spanish} {
		pairs[language] = pairOf(live, draft, language)
	}
	try := func(p Probe) error {
		if both := pairs[p.Language]; both != nil {
			p.Live, p.Draft = both.say(p.Text)
		}
		probes = append(probes, p)
		return ctx.Err()
	}
	for _, t := range tests {
		if err := try(Probe{Kind: ProbeTest, Text: t.Text, Language: t.Language, Known: true, Right: t.Article, Times: 1}); err != nil {
			return Report{}, err
		}
	}
	wordings, err := compareWordings(ctx, c, pairs, drafts)
	if err != nil {
		return Report{}, err
	}
	probes = append(probes, wordings...)
	c.at("asked", .7)
	asked, err := w.notebook.Asked(ctx, w.now().Add(-time.Duration(rules.Days)*24*time.Hour))
	if err != nil {
		return Report{}, err
	}
	real := realQuestions(asked, languagesOf(drafts))
	for i, p := range real {
		if err := try(p); err != nil {
			return Report{}, err
		}
		c.at("asked", .7+.3*float64(i+1)/float64(len(real)))
	}
	return Weigh(probes, rules.Limit), nil
}

func languagesOf(articles []Article) []string {
	var languages []string
	for _, a := range articles {
		if !slices.Contains(languages, a.Language) {
			languages = append(languages, a.Language)
		}
	}
	return languages
}

// compareWordings compares what both bases say to wordings that they do not have. One
// that only one of them has is not compared, nor one of an article that the drafts do
// not come near to, nor any for more than mostCompared drafts.
func compareWordings(ctx context.Context, c *check, pairs map[string]*pair, drafts []Article) ([]Probe, error) {
	var probes []Probe
	if len(drafts) > mostCompared {
		return nil, nil
	}
	languages := languagesOf(drafts)
	for n, language := range languages {
		share := .7 / float64(len(languages))
		both := pairs[language]
		if both == nil {
			continue // the edit takes the last article of the language
		}
		found, err := both.leaveOut(ctx, both.draft.near(drafts), func(p float64) { c.at("wordings", share*(float64(n)+p)) })
		if err != nil {
			return nil, fmt.Errorf("leaving wordings out: %w", err)
		}
		probes = append(probes, found...)
	}
	return probes, nil
}

// realQuestions are the different questions that visitors asked in some languages,
// the latest first. Where Emma's answer helped or a choice was made, the right article
// is known.
func realQuestions(asked []Asked, languages []string) []Probe {
	var probes []Probe
	place := map[[2]string]int{}
	for _, a := range slices.Backward(asked) {
		if !slices.Contains(languages, a.Language) || a.Outcome == OutcomeAgent {
			continue
		}
		name := [2]string{a.Language, strings.Join(strings.Fields(fold(a.Text)), " ")}
		if i, twice := place[name]; twice {
			probes[i].Times++
			continue
		}
		if len(probes) == mostTried {
			continue
		}
		place[name] = len(probes)
		p := Probe{Kind: ProbeAsked, Text: a.Text, Language: a.Language, Times: 1}
		if a.Outcome == OutcomeUnsure && a.Article != "" {
			p.Known, p.Right = true, a.Article
		}
		probes = append(probes, p)
	}
	return probes
}
