package knowledge

import (
	"cmp"
	"slices"
	"strings"
)

// Test is a question that editors keep: Emma has to go on answering it with the article.
type Test struct {
	ID       string `json:"id"`
	Language string `json:"language"`
	Text     string `json:"text"`
	Article  string `json:"article"` // empty: nothing may be answered
	By       string `json:"by"`
	At       int64  `json:"at"` // Unix milliseconds
}

// ProbeKind is where a question of the gate comes from.
type ProbeKind string

// The kinds of probe.
const (
	ProbeTest    ProbeKind = "test"    // kept by an editor
	ProbeWording ProbeKind = "wording" // an alternate, left out of its own article
	ProbeAsked   ProbeKind = "asked"   // asked by visitors
)

// Change is what an edit does to the answer to one question.
type Change string

// The changes. A question whose right article is known is won or lost; of others only
// what Emma does is known.
const (
	ChangeNone      Change = ""
	ChangeWon       Change = "won"       // right now, not before
	ChangeLost      Change = "lost"      // a wrong answer now, none or the right one before
	ChangeSilent    Change = "silent"    // no answer now, one that was not wrong before
	ChangeAnswered  Change = "answered"  // an answer now, none before; nobody knows whether it is right
	ChangeOtherwise Change = "otherwise" // another article than before; nobody knows which is right
)

// Probe is one question that was put to the base with and without an edit.
type Probe struct {
	Kind     ProbeKind `json:"kind"`
	Text     string    `json:"text"`
	Language string    `json:"language"`
	// Known says that Right is the right article; empty then means that none is.
	Known bool   `json:"known"`
	Right string `json:"right"`
	Times int    `json:"times"` // visitors who asked it, or 1
	Live  Said   `json:"live"`
	Draft Said   `json:"draft"`
}

// Change says what the edit does to the probe.
func (t Probe) Change() Change {
	live, draft := t.Live.Answers, t.Draft.Answers
	if !t.Known {
		switch {
		case !live && draft:
			return ChangeAnswered
		case live && !draft:
			return ChangeSilent
		case live && draft && t.Live.Article != t.Draft.Article:
			return ChangeOtherwise
		}
		return ChangeNone
	}
	wasRight, isRight := t.right(t.Live), t.right(t.Draft)
	wasWrong, isWrong := live && !wasRight, draft && !isRight
	switch {
	case isRight && !wasRight:
		return ChangeWon
	case isWrong && !wasWrong:
		return ChangeLost
	case !isRight && !isWrong && wasRight:
		return ChangeSilent
	case wasWrong && !isWrong:
		return ChangeWon
	}
	return ChangeNone
}

// right reports whether what is said to a known question is right: the right article,
// or no answer where there is none.
func (t Probe) right(s Said) bool {
	if t.Right == "" {
		return !s.Answers
	}
	return s.Answers && s.Article == t.Right
}

// Shift is a probe whose answer changes.
type Shift struct {
	Probe
	Change Change `json:"change"`
}

// ArticleEffect is what an edit does to the questions of one article.
type ArticleEffect struct {
	Article  string `json:"article"`
	Won      int    `json:"won"`
	Lost     int    `json:"lost"`
	Answered int    `json:"answered"`
	Silent   int    `json:"silent"`
}

// Report is what the publish gate found. Counts are weighted by the visitors who asked.
type Report struct {
	Tests    int `json:"tests"` // probes by kind
	Wordings int `json:"wordings"`
	Asked    int `json:"asked"`
	Won      int `json:"won"`
	Lost     int `json:"lost"`
	Answered int `json:"answered"`
	Silent   int `json:"silent"`
	// TestsLost are kept tests that are lost or no longer answered; one blocks.
	TestsLost int             `json:"tests_lost"`
	Limit     int             `json:"limit"` // of Lost
	Articles  []ArticleEffect `json:"articles"`
	Shifts    []Shift         `json:"shifts"` // the worst first, at most mostShifts
	// More is how many shifts were left out.
	More int `json:"more"`
}

// mostShifts bounds the changes that a report lists.
const mostShifts = 200

// Blocks reports whether the edit may be published only with a reason.
func (r Report) Blocks() bool { return r.TestsLost > 0 || r.Lost > r.Limit }

// Weigh makes a report of probes. limit is how many lost answers are let pass.
func Weigh(probes []Probe, limit int) Report {
	r := Report{Limit: limit, Articles: []ArticleEffect{}, Shifts: []Shift{}}
	effects := map[string]*ArticleEffect{}
	effect := func(article string) *ArticleEffect {
		if effects[article] == nil {
			effects[article] = &ArticleEffect{Article: article}
		}
		return effects[article]
	}
	for _, t := range probes {
		switch t.Kind {
		case ProbeTest:
			r.Tests++
		case ProbeWording:
			r.Wordings++
		case ProbeAsked:
			r.Asked += t.Times
		}
		c := t.Change()
		if c == ChangeNone {
			continue
		}
		r.Shifts = append(r.Shifts, Shift{t, c})
		if t.Kind == ProbeTest && (c == ChangeLost || c == ChangeSilent) {
			r.TestsLost++
		}
		switch c {
		case ChangeWon:
			r.Won += t.Times
			effect(cmp.Or(t.Right, t.Draft.Article)).Won += t.Times
		case ChangeLost:
			r.Lost += t.Times
			effect(cmp.Or(t.Right, t.Draft.Article)).Lost += t.Times
		case ChangeAnswered:
			r.Answered += t.Times
			effect(t.Draft.Article).Answered += t.Times
		case ChangeSilent:
			r.Silent += t.Times
			effect(t.Live.Article).Silent += t.Times
		case ChangeOtherwise:
			effect(t.Live.Article).Silent += t.Times
			effect(t.Draft.Article).Answered += t.Times
		}
	}
	for _, e := range effects {
		r.Articles = append(r.Articles, *e)
	}
	slices.SortFunc(r.Articles, func(a, b ArticleEffect) int {
		return cmp.Or(cmp.Compare(b.Lost+b.Silent, a.Lost+a.Silent), cmp.Compare(b.Won+b.Answered, a.Won+a.Answered), strings.Compare(a.Article, b.Article))
	})
	slices.SortStableFunc(r.Shifts, func(a, b Shift) int {
		return cmp.Or(cmp.Compare(gravity(a), gravity(b)), cmp.Compare(b.Times, a.Times))
	})
	if len(r.Shifts) > mostShifts {
		r.More = len(r.Shifts) - mostShifts
		r.Shifts = r.Shifts[:mostShifts]
	}
	return r
}

// gravity orders shifts: what needs an editor's eye comes first.
func gravity(s Shift) int {
	order := []Change{ChangeLost, ChangeSilent, ChangeOtherwise, ChangeWon, ChangeAnswered}
	g := slices.Index(order, s.Change)
	if s.Kind != ProbeTest {
		g += len(order) // what an editor keeps comes before the rest
	}
	return g
}
