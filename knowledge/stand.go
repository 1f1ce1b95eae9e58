package knowledge

import (
	"context"
	"fmt"
	"time"
)

// stand is a base frozen at one moment, to be compared with another one. Both are
// judged without classifiers, which are trained some time after an edit only: so
// nothing but the articles makes a difference. It is immutable.
type stand struct {
	shelf     *shelf
	judges    map[string]*judge
	threshold map[string]float64 // from which Emma answers, by language
	at        time.Time
}

// Said is what a base says to a text: its best article, and whether Emma may answer it.
type Said struct {
	Article    string  `json:"article"`
	Confidence float64 `json:"confidence"`
	Answers    bool    `json:"answers"`
}

// stand returns the base as it is.
func (b *Base) stand(ctx context.Context) (*stand, error) {
	s := b.state.Load()
	out := &stand{shelf: s.shelf, judges: map[string]*judge{}, threshold: map[string]float64{}, at: b.now()}
	for _, language := range []string{English, Spanish} {
		found, err := b.Search(ctx, Query{Language: language})
		if err != nil {
			return nil, err
		}
		out.threshold[language] = found.Answer
		if j := s.judges[language]; j != nil {
			out.judges[language] = &judge{matcher: j.matcher, verdicts: j.verdicts}
		}
	}
	return out, nil
}

// with returns the stand as it would be after the drafts were published; a draft with
// StatusRetired is taken out.
func (s *stand) with(b *Base, drafts []Article) *stand {
	articles := make([]Article, len(drafts))
	for i, a := range drafts {
		if a.Status != StatusRetired {
			a.Status = StatusPublished
		}
		articles[i] = a
	}
	next, changed := s.shelf.with(articles, s.shelf.change, b.fill, b.page)
	st := newState(b.state.Load().target)
	st.shelf, st.judges = s.shelf, s.judges
	st = st.copy()
	st.takeOver(next, changed)
	return &stand{shelf: next, judges: st.judges, threshold: s.threshold, at: s.at}
}

// say is what the stand says to a text.
func (s *stand) say(text, language string) Said {
	e, j := s.shelf.editions[language], s.judges[language]
	if e == nil || j == nil {
		return Said{}
	}
	return j.say(e, e.reader.sketch(text), s.shown(e), s.threshold[language])
}

// shown are the articles of an edition that may be shown.
func (s *stand) shown(e *edition) []int {
	shown := make([]int, 0, len(e.entries))
	for a, entry := range e.entries {
		if entry.Current(s.at) {
			shown = append(shown, a)
		}
	}
	return shown
}

func (j *judge) say(e *edition, text *sketch, articles []int, threshold float64) Said {
	if text.size == 0 || len(articles) == 0 {
		return Said{}
	}
	c := j.compare(text)
	defer j.matcher.release(c)
	r := j.rank(c, articles)
	if len(r.articles) == 0 {
		return Said{}
	}
	return Said{Article: e.entries[r.articles[0]].ID, Confidence: r.sure, Answers: r.sure >= threshold}
}

// leftOut is what a stand says to a wording of an article while it does not have it.
type leftOut struct {
	article, wording, language string
	Said
}

// rivals is how many articles a wording of a draft is taken to compete with.
const rivals = 3

// near are the drafts and the articles that come first for the drafts' own words: those
// whose questions an edit may win or lose.
func (s *stand) near(language string, drafts []Article) map[string]bool {
	found := map[string]bool{}
	e, j := s.shelf.editions[language], s.judges[language]
	if e == nil || j == nil {
		return found
	}
	shown := s.shown(e)
	for _, a := range drafts {
		if a.Language != language {
			continue
		}
		found[a.ID] = true
		for _, text := range append([]string{a.Question}, a.Alternates...) {
			c := j.compare(e.reader.sketch(text))
			for _, at := range j.rank(c, shown).articles[:min(rivals, len(shown))] {
				found[e.entries[at].ID] = true
			}
			j.matcher.release(c)
		}
	}
	return found
}

// leaveOut takes a fifth of the alternates of the named articles away, five times over,
// and returns what the rest of the base says to them (cross-validation, Stone 1974).
// done is told how far it is, 0..1.
func (s *stand) leaveOut(ctx context.Context, language string, only map[string]bool, done func(float64)) ([]leftOut, error) {
	e, j := s.shelf.editions[language], s.judges[language]
	if e == nil || j == nil {
		return nil, nil
	}
	leaves := make([]leaf, len(e.entries))
	for a := range leaves {
		leaves[a] = e.leaf(a)
	}
	shown := s.shown(e)
	// The part that a wording is in depends on nothing else, so that two bases leave
	// out the same ones together.
	out := func(a, t, fold int) bool {
		return t > 0 && only[e.entries[a].ID] && int(key(wordGrams, e.entries[a].ID, e.entries[a].Alternates[t-1])>>2)%folds == fold
	}
	var found []leftOut
	for fold := range folds {
		rest := make([]leaf, len(leaves))
		for a, l := range leaves {
			rest[a].body = l.body
			for t, text := range l.texts {
				if !out(a, t, fold) {
					rest[a].texts = append(rest[a].texts, text)
				}
			}
		}
		part := &judge{matcher: newMatcher(len(rest), func(a int) leaf { return rest[a] }), verdicts: j.verdicts}
		for _, a := range shown {
			if err := ctx.Err(); err != nil {
				return nil, fmt.Errorf("leaving wordings out: %w", err)
			}
			for t, text := range leaves[a].texts {
				if out(a, t, fold) {
					said := part.say(e, text, shown, s.threshold[language])
					found = append(found, leftOut{e.entries[a].ID, e.entries[a].Alternates[t-1], language, said})
				}
			}
		}
		done(float64(fold+1) / folds)
	}
	return found, nil
}
