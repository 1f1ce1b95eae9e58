package knowledge

import "slices"

// stand is a base frozen at one moment, to be compared with another one. Both are
// judged without classifiers, which are trained some time after an edit only: so
// nothing but the articles makes a difference. It is immutable.
type stand struct {
	shelf *shelf
	sides map[string]*side // by language
}

// side is a stand in one language.
type side struct {
	*edition
	judge     *judge
	directory directory
	shown     []bool // by article: it may be shown
	// edited are the articles that differ from the other stand: they are compared with
	// every text, as they are after a publication.
	edited []int
}

// Said is what a base says to a text: its best article, and whether Emma may answer it.
type Said struct {
	Article    string  `json:"article"`
	Confidence float64 `json:"confidence"`
	Answers    bool    `json:"answers"`
}

// stands returns the base as it is, and as it would be after the drafts were
// published; a draft with StatusRetired is taken out.
func (b *Base) stands(drafts []Article) (live, draft *stand) {
	s := b.present()
	articles := make([]Article, len(drafts))
	for i, a := range drafts {
		if a.Status != StatusRetired {
			a.Status = StatusPublished
		}
		articles[i] = a
	}
	next, changed := s.shelf.with(articles, s.shelf.change, b.fill, b.page)
	after := newState(s.target)
	after.shelf, after.judges = s.shelf, s.judges
	after = after.copy()
	after.takeOver(next, changed)
	return b.stand(s, drafts), b.stand(after, drafts)
}

func (b *Base) stand(s *state, drafts []Article) *stand {
	out := &stand{shelf: s.shelf, sides: map[string]*side{}}
	now := b.now()
	for language, e := range s.shelf.editions {
		d := &side{edition: e, judge: s.judges[language].plain(), shown: make([]bool, len(e.entries))}
		d.directory = newDirectory(d.judge.matcher)
		for a, entry := range e.entries {
			d.shown[a] = entry.Current(now)
		}
		for _, a := range drafts {
			if at, there := e.place[a.Key()]; there {
				d.edited = append(d.edited, at)
			}
		}
		out.sides[language] = d
	}
	return out
}

// plain is the judge without its classifier.
func (j *judge) plain() *judge {
	return &judge{matcher: j.matcher, verdicts: j.verdicts, correction: j.correction}
}

// say is what the stand says to a text.
func (s *stand) say(text, language string) Said {
	d := s.sides[language]
	if d == nil {
		return Said{}
	}
	return d.say(d.judge, sketchOf(d.reader.understood(text, d.judge.matcher.lexicon)), nil).Said
}

// heard is what a side says to a text, with what it compared.
type heard struct {
	Said
	articles []int // in order
	rows     []features
}

// say is what a judge of the side's articles says to a text. known gives the features
// of an article where they are known already; it may be nil.
func (d *side) say(j *judge, text *sketch, known func(article int) (features, bool)) (h heard) {
	if text.size == 0 {
		return h
	}
	c := j.compare(text)
	defer j.matcher.release(c)
	h.articles = d.candidates(c)
	h.rows = make([]features, len(h.articles))
	for i, a := range h.articles {
		if known != nil {
			if row, ok := known(a); ok {
				h.rows[i] = row
				continue
			}
		}
		h.rows[i] = j.matcher.features(c, a)
	}
	r := j.rankRows(c, h.articles, h.rows)
	if len(r.articles) > 0 {
		h.Said = Said{Article: d.entries[r.articles[0]].ID, Confidence: r.sure, Answers: r.sure >= j.verdict().Promise.Answer}
	}
	return h
}

// candidates are the articles that may answer a compared text, as a search has them.
func (d *side) candidates(c *comparison) []int {
	found := append(d.directory.find(c, searched), d.edited...)
	slices.Sort(found)
	found = slices.Compact(found)
	return slices.DeleteFunc(found, func(a int) bool { return !d.shown[a] })
}

// rivals is how many articles a wording of a draft is taken to compete with.
const rivals = 3

// near are the drafts and the articles that come first for the drafts' own words: those
// whose questions an edit may win or lose.
func (d *side) near(drafts []Article) map[string]bool {
	found := map[string]bool{}
	for _, a := range drafts {
		if a.Language != d.language {
			continue
		}
		found[a.ID] = true
		for _, text := range append([]string{a.Question}, a.Alternates...) {
			c := d.judge.compare(d.reader.sketch(text))
			others := d.candidates(c)
			if len(others) <= rivals { // its words are new: what it is like at all
				others = slices.DeleteFunc(d.everything(), func(a int) bool { return !d.shown[a] })
			}
			first := d.judge.rank(c, others).articles
			for _, at := range first[:min(rivals, len(first))] {
				found[d.entries[at].ID] = true
			}
			d.judge.matcher.release(c)
		}
	}
	return found
}
