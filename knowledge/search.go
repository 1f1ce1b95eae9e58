package knowledge

import (
	"cmp"
	"context"
	"slices"
)

// Query asks for the articles that answer a text.
type Query struct {
	Text     string
	Language string // en or es; articles of the other language are not returned
	Limit    int    // at most this many hits; 0 means 5
}

// Hit is one candidate for an answer.
type Hit struct {
	Article Published
	// Score orders the hits of one result; it is not comparable between queries.
	Score float64
	// Confidence is the probability that this article is the right one. Of the
	// first hit it is the calibrated confidence of the whole result.
	Confidence float64
}

// Published is an article as visitors get it: the names in braces filled in, the answer
// rendered. It is shared between readers and must not be changed.
type Published struct {
	Article
	HTML string // sanitised
	Text string // the answer as plain text
}

// Result is what a search found.
type Result struct {
	Hits []Hit // best first; empty when nothing matches at all
	// Known is the share 0..1 of the query's words (stop words left out) that
	// occur anywhere in the base in that language; 1 for a query of stop words only.
	Known float64
	// Answer and Clarify are the thresholds on Confidence in force: at or above
	// Answer the first hit may be answered; at or above Clarify choices are offered.
	Answer, Clarify float64
	// Change is the change counter of the base that the index was built from.
	Change int64
}

// Topic is one entry of the guided menu.
type Topic struct {
	ID       string   // for example "green-card"
	Label    string   // in the language asked for
	Articles []string // ids of the published articles, in menu order
}

const (
	// searched is how many articles the index proposes for a text, and favoured how
	// many the classifier adds.
	searched, favoured = 10, 6
	// mostSearched is how many words the index is asked for: the rarest of a text.
	mostSearched = 8
	// mostRead bounds the articles that the index reads for the words of a text, one
	// counted as often as it has one of them. The two rarest words are always asked for.
	mostRead = 2000
)

// Search returns the articles that answer a text, best first. It fails only when the
// context ends. Whatever the text holds, it is only words: there is no query syntax.
func (b *Base) Search(ctx context.Context, q Query) (Result, error) {
	if err := ctx.Err(); err != nil {
		return Result{}, err
	}
	s := b.present()
	result := Result{Known: 1, Answer: shippedAnswer, Clarify: shippedClarify, Change: s.shelf.change}
	e, j := s.shelf.editions[q.Language], s.judges[q.Language]
	if e == nil {
		return result, nil
	}
	v := j.verdict()
	result.Answer, result.Clarify = v.Promise.Answer, v.Promise.Clarify
	c := j.matcher.lend()
	defer j.matcher.release(c)
	words := e.reader.understand(&c.hearing, q.Text, j.matcher.lexicon)
	sketch := c.hearing.read(words)
	if sketch.size == 0 {
		return result, nil
	}
	result.Known = j.matcher.known(sketch.terms)
	j.compareIn(c, sketch)
	candidates, err := b.candidates(ctx, s, e, c, words)
	if err != nil {
		return Result{}, err
	}
	result.Hits = hits(e, j.rank(c, candidates), q.Limit)
	return result, nil
}

// Known is the share 0..1 of a text's words (stop words left out) that occur anywhere in
// the base in that language: 1 for a text of stop words only, 0 without any articles.
func (b *Base) Known(text, language string) float64 {
	s := b.present()
	e, j := s.shelf.editions[language], s.judges[language]
	if e == nil {
		return 0
	}
	return j.matcher.known(termsOf(nil, e.reader.words(text)))
}

// candidates are the articles that may answer a compared text: what the index finds,
// what the classifier thinks likeliest, and what the index does not hold yet. They
// are distinct and may be shown today. They are the comparison's, until it is given back.
func (b *Base) candidates(ctx context.Context, s *state, e *edition, c *comparison, words []word) ([]int, error) {
	late := s.late[e.language]
	proposed := c.found[:0]
	if s.index != nil && len(late) < len(e.entries) {
		var err error
		proposed, err = s.index.find(ctx, proposed, e.language, s.places[e.language], searchWords(s.judges[e.language].matcher, words), searched)
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err != nil {
			b.dropIndex(s.index, err)
			late = e.everything()
		}
	}
	proposed = append(c.favourites(proposed, favoured), late...)
	now := b.now()
	if len(c.seen) < len(e.entries) {
		c.seen = make([]bool, len(e.entries))
	}
	c.found = proposed[:0]
	for _, a := range proposed {
		if !c.seen[a] && e.entries[a].Current(now) {
			c.seen[a] = true
			c.found = append(c.found, a)
		}
	}
	for _, a := range c.found {
		c.seen[a] = false
	}
	return c.found, nil
}

// everything is every article of the edition.
func (e *edition) everything() []int {
	all := make([]int, len(e.entries))
	for a := range all {
		all[a] = a
	}
	return all
}

// searchWords are the words of a text that the index is asked for: of those that some
// article has, the rarest.
func searchWords(m *matcher, words []word) []string {
	type known struct {
		stem   string
		rarity float32
	}
	all := make([]known, 0, 32)
	for _, w := range words {
		if w.stop || slices.ContainsFunc(all, func(k known) bool { return k.stem == w.stem }) {
			continue
		}
		if rarity, ok := m.term(w.term); ok {
			all = append(all, known{w.stem, rarity})
		}
	}
	slices.SortStableFunc(all, func(a, b known) int { return cmp.Compare(b.rarity, a.rarity) })
	stems := make([]string, 0, mostSearched)
	read := 0.0
	for i, k := range all {
		if read += m.having(k.rarity); i >= mostSearched || i >= 2 && read > mostRead {
			break
		}
		stems = append(stems, k.stem)
	}
	return stems
}

// hits are the first articles of a ranking, at most limit, where 0 means 5.
func hits(e *edition, r ranking, limit int) []Hit {
	if limit <= 0 {
		limit = 5
	}
	out := make([]Hit, 0, min(limit, len(r.articles)))
	for i, a := range r.articles[:cap(out)] {
		hit := Hit{Article: e.entries[a].published(), Score: r.scores[i], Confidence: r.sure}
		if i > 0 {
			// What the first leaves is shared among the others, and none is surer.
			hit.Confidence = min(r.sure, (1-r.sure)*r.shares[i])
		}
		out = append(out, hit)
	}
	return out
}
