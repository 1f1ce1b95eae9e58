package knowledge

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

const (
	// labelWindow is how far back answers are looked at, and mostLabels how many of
	// them at most, the latest ones.
	labelWindow = 90 * 24 * time.Hour
	mostLabels  = 4000
	// levelEvery is how often levels are fitted while the base stays as it is.
	levelEvery = 24 * time.Hour
)

// label is a question of a visitor of which it became known which article answers it, or
// which one does not.
type label struct {
	language, text string
	// shown is the article that was shown and marked, and helped what the mark was.
	shown  string
	helped bool
	// right is the article that answered it after all; empty when only shown is known.
	right string
}

// labels reads what is known out of what was asked, each question of a visitor once: the
// mark that a visitor gave an answer, the choice that a visitor made, and the article
// that an agent answered with. Visitors mark what they care to, not a fair sample: that
// is why the marks only move the level, and only when they are many.
func labels(asked []Asked, quoted map[string]*quotes) []label {
	var all []label
	seen := map[[2]string]bool{}
	for _, a := range slices.Backward(asked) {
		once := [2]string{a.Visitor, a.Text}
		if len(all) == mostLabels || seen[once] {
			continue
		}
		l := label{language: a.Language, text: a.Text}
		replied := ""
		if q := quoted[a.Language]; q != nil && a.Reply != "" && a.Outcome != OutcomeAnswered {
			replied = q.article(a.Reply)
		}
		switch {
		case replied != "":
			l.right = replied
		case a.Outcome == OutcomeUnsure && a.Article != "":
			l.right = a.Article
		case a.Outcome == OutcomeUnhelpful:
			l.shown = a.Article
		case a.Outcome == OutcomeAnswered && a.Helped:
			l.shown, l.helped = a.Article, true
		default:
			continue
		}
		seen[once] = true
		all = append(all, l)
	}
	return all
}

// judged is what a judge without a level makes of a labelled question. It is false where
// the label says nothing about that: the question is a wording of the base by now, or
// another article comes first than the one that was marked.
func (d *side) judged(raw *judge, l label) (labelled, bool) {
	text := sketchOf(d.reader.understood(l.text, raw.matcher.lexicon))
	if text.size == 0 {
		return labelled{}, false
	}
	c := raw.compare(text)
	defer raw.matcher.release(c)
	found := c.favourites(d.candidates(c), favoured)
	slices.Sort(found)
	r := raw.rank(c, slices.Compact(found))
	if len(r.articles) == 0 {
		return labelled{}, false
	}
	first := d.entries[r.articles[0]]
	switch {
	case first.asks(strings.TrimSpace(l.text)):
		return labelled{}, false
	case l.right != "":
		return labelled{r.sure, first.ID == l.right}, true
	}
	return labelled{r.sure, l.helped}, first.ID == l.shown
}

// fewestQuoted is how many words of an article an agent's reply must begin to quote it
// with.
const fewestQuoted = 8

// quotes finds the article that an agent's reply quotes whole.
type quotes struct {
	reader *reader
	texts  map[string][]quoted // by their first words
}

type quoted struct {
	id    string
	words []string
}

func newQuotes(e *edition, p *page) *quotes {
	q := &quotes{reader: e.reader, texts: map[string][]quoted{}}
	for _, entry := range e.entries {
		_, plain := p.render(entry.Answer) // not the entry's own, which would be kept
		if words := e.reader.split(nil, plain); len(words) >= fewestQuoted {
			first := strings.Join(words[:fewestQuoted], " ")
			q.texts[first] = append(q.texts[first], quoted{entry.ID, words})
		}
	}
	return q
}

// article returns the id of the longest article that a reply holds, or "".
func (q *quotes) article(reply string) string {
	found, longest := "", 0
	words := q.reader.split(nil, reply)
	for i := 0; i+fewestQuoted <= len(words); i++ {
		for _, text := range q.texts[strings.Join(words[i:i+fewestQuoted], " ")] {
			n := len(text.words)
			if n > longest && i+n <= len(words) && slices.Equal(words[i:i+n], text.words) {
				found, longest = text.id, n
			}
		}
	}
	return found
}

// FollowCorrections fits the levels to what visitors and agents said, when the base has
// changed and settled since the last time or a day has passed, and keeps a version of
// each that is new.
func (w *Workshop) FollowCorrections(ctx context.Context) error {
	s, now := w.base.present(), w.now()
	due := false
	for language := range s.judges {
		l := s.corrections[language]
		due = due || l.Change != s.shelf.change || now.Sub(time.UnixMilli(l.At)) >= levelEvery
	}
	if !due || !s.settled() {
		return nil
	}
	asked, err := w.notebook.Asked(ctx, now.Add(-labelWindow))
	if err != nil {
		return fmt.Errorf("reading what became of the answers: %w", err)
	}
	var errs []error
	for language, l := range w.base.recorrect(asked, now) {
		errs = append(errs, w.rulings.NoteCorrection(ctx, language, l))
	}
	if err := errors.Join(errs...); err != nil {
		return fmt.Errorf("keeping the levels: %w", err)
	}
	return nil
}
