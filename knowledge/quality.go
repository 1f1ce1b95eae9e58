package knowledge

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"
)

// Concern is something about a published article that an editor may want to mend.
type Concern struct {
	Kind     ConcernKind `json:"kind"`
	Article  string      `json:"article"`
	Language string      `json:"language"`
	Other    string      `json:"other"` // the article that it is about too, or empty
	Text     string      `json:"text"`  // the wording, or what is wrong
}

// ConcernKind is what a concern is about.
type ConcernKind string

// The kinds of concern.
const (
	ConcernTwin     ConcernKind = "twin"     // two articles ask the same
	ConcernShared   ConcernKind = "shared"   // a wording stands in two articles
	ConcernMisfit   ConcernKind = "misfit"   // a wording fits another article better than its own
	ConcernAlt      ConcernKind = "alt"      // a picture has no description
	ConcernHeadings ConcernKind = "headings" // a level of headings is left out
	ConcernHard     ConcernKind = "hard"     // the answer is hard to read
	ConcernUnseen   ConcernKind = "unseen"   // no visitor was shown it
)

const (
	// twinned is the share of the words of two questions from which they ask the same.
	twinned = 0.8
	// mostPaired bounds the articles whose questions are compared with each other.
	mostPaired = 3000
	// mostExamined bounds the articles whose wordings are left out and tried.
	mostExamined = 1000
	// enoughShown is how often articles must have been shown before one counts as never
	// shown, within unseenFor.
	enoughShown = 100
	unseenFor   = 90 * 24 * time.Hour
	// mostConcerns bounds what is told of one kind.
	mostConcerns = 200
)

// Quality is the last look at the whole base.
type Quality struct {
	State    string    `json:"state"` // running, done, failed
	Progress float64   `json:"progress"`
	Change   int64     `json:"change"` // of the base that was looked at
	Concerns []Concern `json:"concerns"`
}

// quality remembers it; it is looked at again when the base has changed.
type quality struct {
	mu   sync.Mutex
	last Quality
}

func (q *quality) at(change func(*Quality)) Quality {
	q.mu.Lock()
	defer q.mu.Unlock()
	change(&q.last)
	return q.last
}

// Quality returns the last look at the base, and begins another one in the background
// when the base has changed since.
func (w *Workshop) Quality() Quality {
	begin := false
	now := w.quality.at(func(q *Quality) {
		if begin = q.State != "running" && (q.State == "" || q.Change != w.base.Change()); begin {
			q.State, q.Progress, q.Change = "running", 0, w.base.Change()
		}
	})
	if begin {
		w.checks.running.Go(func() {
			found, err := w.examine(w.checks.base)
			w.quality.at(func(q *Quality) {
				if q.State = "done"; err != nil {
					q.State = "failed"
					if !errors.Is(err, context.Canceled) {
						w.base.report(fmt.Errorf("looking at the quality: %w", err))
					}
					return
				}
				q.Progress, q.Concerns = 1, found
			})
		})
	}
	return now
}

// examine looks at every published article.
func (w *Workshop) examine(ctx context.Context) ([]Concern, error) {
	live, same := w.base.stands(nil)
	var found []Concern
	for n, language := range []string{English, Spanish} {
		d := live.sides[language]
		if d == nil {
			continue
		}
		found = append(found, d.twins()...)
		for _, e := range d.entries {
			found = append(found, e.flaws()...)
		}
		if len(d.entries) > mostExamined {
			continue
		}
		all := map[string]bool{}
		for _, e := range d.entries {
			all[e.ID] = true
		}
		probes, err := pairOf(live, same, language).leaveOut(ctx, all, func(p float64) {
			w.quality.at(func(q *Quality) { q.Progress = (float64(n) + p) / 2 })
		})
		if err != nil {
			return nil, err
		}
		for _, p := range probes {
			if p.Live.Answers && p.Live.Article != p.Right {
				found = append(found, Concern{ConcernMisfit, p.Right, language, p.Live.Article, p.Text})
			}
		}
	}
	unseen, err := w.unseen(ctx, live)
	if err != nil {
		return nil, err
	}
	return bounded(append(found, unseen...)), nil
}

// bounded keeps the first concerns of each kind.
func bounded(all []Concern) []Concern {
	counts := map[ConcernKind]int{}
	kept := []Concern{}
	for _, c := range all {
		if counts[c.Kind]++; counts[c.Kind] <= mostConcerns {
			kept = append(kept, c)
		}
	}
	slices.SortStableFunc(kept, func(a, b Concern) int { return cmp.Compare(a.Kind, b.Kind) })
	return kept
}

// unseen are the articles that no visitor was shown, once enough was shown at all.
func (w *Workshop) unseen(ctx context.Context, live *stand) ([]Concern, error) {
	used, err := w.notebook.Used(ctx, w.now().Add(-unseenFor))
	if err != nil {
		return nil, err
	}
	total, seen := 0, map[string]bool{}
	for _, u := range used {
		total += u.Shown
		seen[u.Article] = true
	}
	var found []Concern
	if total < enoughShown {
		return nil, nil
	}
	told := map[string]bool{}
	for _, language := range []string{English, Spanish} {
		if d := live.sides[language]; d != nil {
			for _, e := range d.entries {
				if !seen[e.ID] && !told[e.ID] {
					told[e.ID] = true
					found = append(found, Concern{Kind: ConcernUnseen, Article: e.ID, Language: language})
				}
			}
		}
	}
	return found, nil
}

// twins are articles with the same wording, or with questions that hardly differ.
func (e *edition) twins() []Concern {
	var found []Concern
	owner := map[string]string{}
	questions := make([]map[string]bool, len(e.entries))
	for i, entry := range e.entries {
		questions[i] = map[string]bool{}
		for _, w := range e.reader.words(entry.Question) {
			if !w.stop && !w.group {
				questions[i][w.stem] = true
			}
		}
		for _, text := range append([]string{entry.Question}, entry.Alternates...) {
			plain := strings.Join(e.reader.stems(text), " ")
			if other, there := owner[plain]; there && other != entry.ID {
				found = append(found, Concern{ConcernShared, entry.ID, e.language, other, text})
				continue
			}
			owner[plain] = entry.ID
		}
	}
	if len(e.entries) > mostPaired {
		return found
	}
	for i, a := range questions {
		for j := range i {
			if likeness(a, questions[j]) >= twinned {
				found = append(found, Concern{ConcernTwin, e.entries[i].ID, e.language, e.entries[j].ID, e.entries[i].Question})
			}
		}
	}
	return found
}

// likeness is the share of the words of both that they have in common (Jaccard 1901).
func likeness(a, b map[string]bool) float64 {
	common := 0
	for w := range a {
		if b[w] {
			common++
		}
	}
	return share(float64(common), float64(len(a)+len(b)-common))
}

// flaws are what can be seen in the answer alone.
func (e *entry) flaws() []Concern {
	var found []Concern
	add := func(kind ConcernKind, text string) {
		found = append(found, Concern{Kind: kind, Article: e.ID, Language: e.Language, Text: text})
	}
	picture, heading := regexp.MustCompile(`!\[\s*\]\(([^)\s]*)`), regexp.MustCompile(`(?m)^(#{1,6}) +(.*)$`)
	for _, m := range picture.FindAllStringSubmatch(e.Answer, -1) {
		add(ConcernAlt, m[1])
	}
	last := 0
	for _, m := range heading.FindAllStringSubmatch(e.Answer, -1) {
		if level := len(m[1]); last > 0 && level > last+1 {
			add(ConcernHeadings, m[2])
			last = level
		} else {
			last = level
		}
	}
	_, plain := e.render()
	if level, hard := readingLevel(plain, e.Language); hard {
		if e.Language == Spanish {
			add(ConcernHard, fmt.Sprintf("%.0f of 100 points of ease; %.0f or more is good", level, hardestSpanish))
		} else {
			add(ConcernHard, fmt.Sprintf("grade %.0f; grade 8 is good", level))
		}
	}
	return found
}
