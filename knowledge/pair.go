package knowledge

import (
	"context"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
)

// pair is the base as it is and as it would be after an edit, in one language. What an
// article that was not edited has in common with a text is computed once for both: an
// edit does not make the words of others rarer or commoner.
type pair struct {
	live, draft *side
	twin        []int // by article of draft: where live has the same one, or -1
}

// pairOf pairs the sides of two stands. It is nil where the draft has no articles.
func pairOf(live, draft *stand, language string) *pair {
	p := &pair{live: live.sides[language], draft: draft.sides[language]}
	if p.draft == nil {
		return nil
	}
	if p.live == nil { // the edit begins a language
		p.live = &side{edition: newEdition(language, map[string]*entry{}, nil), judge: p.draft.judge}
	}
	p.twin = make([]int, len(p.draft.entries))
	for a, entry := range p.draft.entries {
		at, there := p.live.place[entry.Key()]
		if !there || p.live.entries[at] != entry {
			at = -1
		}
		p.twin[a] = at
	}
	return p
}

// say is what both say to a text.
func (p *pair) say(text string) (live, draft Said) {
	was := sketchOf(p.draft.reader.understood(text, p.live.judge.matcher.lexicon))
	is := sketchOf(p.draft.reader.understood(text, p.draft.judge.matcher.lexicon))
	return p.compare(p.live.judge, p.draft.judge, was, is)
}

// compare is what the two judges say to a text as each of them reads it.
func (p *pair) compare(was, is *judge, old, now *sketch) (live, draft Said) {
	before := p.live.say(was, old, nil)
	after := p.draft.say(is, now, func(a int) (features, bool) {
		at, found := slices.BinarySearch(before.articles, p.twin[a])
		if !found {
			return features{}, false
		}
		return before.rows[at], true
	})
	return before.Said, after.Said
}

// leaveOut takes a fifth of the alternates of the named articles away, five times over,
// and returns what the rest of both bases says to those that both have
// (cross-validation, Stone 1974). Only the named articles are read anew: how rare words
// are is taken from the whole base, but a word that only the wording left out had
// counts as one that nobody knows. done is told how far it is, 0..1.
func (p *pair) leaveOut(ctx context.Context, only map[string]bool, done func(float64)) ([]Probe, error) {
	before, after := p.live.named(only), p.draft.named(only)
	var found [folds][]Probe
	var ended atomic.Int32
	var running sync.WaitGroup
	free := make(chan struct{}, runtime.GOMAXPROCS(0)) // somebody waits for this
	for fold := range folds {
		free <- struct{}{}
		running.Go(func() {
			found[fold] = p.leaveFold(ctx, before, after, fold)
			done(float64(ended.Add(1)) / folds)
			<-free
		})
	}
	running.Wait()
	return slices.Concat(found[:]...), ctx.Err()
}

func (p *pair) leaveFold(ctx context.Context, before, after map[int]leaf, fold int) (probes []Probe) {
	was, is := p.live.without(before, fold), p.draft.without(after, fold)
	var knew, knows []bool // by gram: the article that is looked at has it
	for _, e := range p.draft.entries {
		a := p.draft.place[e.Key()]
		l, named := after[a]
		b, both := p.live.place[e.Key()]
		if !named || !both || !p.draft.shown[a] || !p.live.shown[b] || ctx.Err() != nil {
			continue
		}
		shape, old := is.matcher.shapes[a], was.matcher.shapes[b]
		knows, knew = shape.marks(knows, len(is.matcher.value)), old.marks(knew, len(was.matcher.value))
		for t, text := range l.texts {
			if !p.draft.isOut(a, t, fold) || !slices.Contains(p.live.entries[b].Alternates, e.Alternates[t-1]) {
				continue
			}
			probe := Probe{Kind: ProbeWording, Text: e.Alternates[t-1], Language: e.Language, Known: true, Right: e.ID, Times: 1}
			probe.Live, probe.Draft = p.compare(was, is, was.matcher.unlearnt(text, old, knew), is.matcher.unlearnt(text, shape, knows))
			probes = append(probes, probe)
		}
	}
	return probes
}
