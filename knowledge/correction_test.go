package knowledge

import (
	"context"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
)

// labelsDrawn are n labels of answers that Emma is 0.6 to 0.98 sure of, which are right as often
// as the log-odds of that, moved by shift, say.
func labelsDrawn(n int, shift float64) []labelled {
	random := rand.New(rand.NewPCG(3, uint64(n)))
	var all []labelled
	for range n {
		sure := 0.6 + 0.38*random.Float64()
		all = append(all, labelled{sure, random.Float64() < sigmoid(logit(sure)+shift)})
	}
	return all
}

func TestAConfidenceThatIsTooHighIsCorrectedByEnoughLabels(t *testing.T) {
	biased := labelsDrawn(fewestLabels, -1.5)
	if c := fitCorrection(biased[:fewestLabels-1]); c.corrects() || c.Labels != fewestLabels-1 {
		t.Errorf("%d labels correct it: %+v", fewestLabels-1, c)
	}
	c := fitCorrection(biased)
	if !c.corrects() {
		t.Fatalf("%d labels do not correct it: %+v", fewestLabels, c)
	}
	sum := 0.0
	for _, l := range biased {
		sum += c.correct(l.sure)
	}
	mean := sum / float64(len(biased))
	if c.Sure-c.Right < .2 || mean > c.Right+(c.Sure-c.Right)/4 {
		t.Errorf("of answers that are right in %.2f of the cases Emma was %.2f sure, and is %.2f now", c.Right, c.Sure, mean)
	}
	if mean < c.Right {
		t.Errorf("she is %.3f sure now, less than the labels bear: %.3f", mean, c.Right)
	}
	for _, pair := range [][2]float64{{.1, .2}, {.5, .6}, {.9, .95}} {
		if c.correct(pair[0]) >= c.correct(pair[1]) {
			t.Errorf("%v becomes %v, and %v becomes %v", pair[0], c.correct(pair[0]), pair[1], c.correct(pair[1]))
		}
	}
	shuffled := append([]labelled(nil), biased...)
	rand.New(rand.NewPCG(1, 1)).Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
	if again := fitCorrection(shuffled); again.Shift != c.Shift || again.Stretch != c.Stretch {
		t.Errorf("in another order the same labels give %+v and %+v", c, again)
	}
}

func TestAConfidenceThatIsRightIsLeftAlone(t *testing.T) {
	corrected := 0
	for n := range 40 {
		if fitCorrection(labelsDrawn(fewestLabels+10*n, 0)).corrects() {
			corrected++
		}
	}
	if corrected > 5 {
		t.Errorf("%d of 40 samples without a bias are corrected, about 2 are expected", corrected)
	}
}

type otherRulings Rulings // Rulings has a method of its own name

// correctionLog keeps what is noted.
type correctionLog struct {
	otherRulings
	noted []Correction
}

func (l *correctionLog) NoteCorrection(_ context.Context, _ string, c Correction) error {
	l.noted = append(l.noted, c)
	return nil
}

func TestFeedbackMovesTheConfidenceOfTheBase(t *testing.T) {
	ctx := context.Background()
	w, s, n := workshopOn(t)
	log := &correctionLog{}
	w.rulings = log
	now := time.Now()
	w.now = func() time.Time { return now }
	if err := w.base.Settle(ctx); err != nil {
		t.Fatal(err)
	}
	search := func(text string) Hit {
		t.Helper()
		r, err := w.base.Search(ctx, Query{Text: text, Language: English})
		if err != nil || len(r.Hits) == 0 {
			t.Fatalf("%q finds nothing: %v", text, err)
		}
		return r.Hits[0]
	}
	var marked []Asked
	for _, a := range s.articles {
		for _, text := range a.Alternates {
			text = "hello " + text // no wording of the base
			hit := search(text)
			if len(marked) == fewestLabels || hit.Confidence < .7 {
				continue
			}
			m := Asked{Visitor: text, Language: English, Text: text, Outcome: OutcomeAnswered, Article: hit.Article.ID, Helped: true}
			if len(marked)%2 == 0 { // half of what she is sure of did not help
				m.Outcome, m.Helped = OutcomeUnhelpful, false
			}
			marked = append(marked, m)
		}
	}
	if len(marked) < fewestLabels {
		t.Fatalf("only %d answers are sure", len(marked))
	}
	before := search(marked[0].Text).Confidence
	n.asked = append(marked[:fewestLabels-1:fewestLabels-1], Asked{Visitor: "x", Language: English, Text: "unmarked", Outcome: OutcomeAnswered, Article: "gc-renew"})
	follow := func() {
		t.Helper()
		if err := w.FollowCorrections(ctx); err != nil {
			t.Fatal(err)
		}
	}
	follow()
	if c := w.base.Correction(English); c.Labels != fewestLabels-1 || c.corrects() || search(marked[0].Text).Confidence != before {
		t.Errorf("%d labels give %+v", fewestLabels-1, c)
	}
	n.asked = marked
	if follow(); w.base.Correction(English).Labels != fewestLabels-1 {
		t.Error("on the same day it is fitted again")
	}
	now = now.Add(levelEvery)
	follow()
	c := w.base.Correction(English)
	after := search(marked[0].Text).Confidence
	if c.Labels != fewestLabels || math.Abs(c.Right-.5) > 1e-9 || c.Sure < .7 || after > before-.1 {
		t.Fatalf("%d labels give %+v; the confidence was %.2f and is %.2f", fewestLabels, c, before, after)
	}
	// What is corrected already is not corrected again by the same labels, and an edit
	// of the base keeps it.
	now = now.Add(levelEvery)
	if follow(); search(marked[0].Text).Confidence != after {
		t.Errorf("fitted again it is %.3f instead of %.3f", search(marked[0].Text).Confidence, after)
	}
	w.base.replace(func(st *state) bool {
		next, changed := st.shelf.with([]Article{{ID: "zeppelin", Language: English, Question: "Where do I park my zeppelin?", Answer: "On the roof.", Status: StatusPublished}}, st.shelf.change, w.base.fill, w.base.page)
		st.takeOver(next, changed)
		return true
	})
	if got := w.base.state.Load().judges[English].correction; got.Shift != c.Shift {
		t.Errorf("after an edit the correction is %+v", got)
	}
	if last := log.noted[len(log.noted)-1]; last.Shift != c.Shift {
		t.Errorf("noted was %+v, in force is %+v", last, c)
	}
}

func TestAnAgentsReplyByAnArticleIsALabel(t *testing.T) {
	w, _, _ := workshopOn(t)
	e := w.base.state.Load().shelf.editions[English]
	quoted := map[string]*quotes{English: newQuotes(e, w.base.page)}
	text := e.byID["gc-renew"].published().Text
	asked := []Asked{
		{Visitor: "1", Language: English, Text: "a", Outcome: OutcomeUnanswered, Reply: "Hi Ana! " + text + " Bye"},
		{Visitor: "2", Language: English, Text: "b", Outcome: OutcomeUnsure, Article: "gc-apply-i485", Reply: strings.ToUpper(text)},
		{Visitor: "3", Language: English, Text: "c", Outcome: OutcomeUnsure, Article: "gc-apply-i485", Reply: "Let me look"},
		{Visitor: "4", Language: English, Text: "d", Outcome: OutcomeUnanswered, Reply: strings.Join(strings.Fields(text)[:12], " ")},
		{Visitor: "5", Language: English, Text: "e", Outcome: OutcomeAnswered, Article: "gc-renew"},
		{Visitor: "1", Language: English, Text: "a", Outcome: OutcomeAnswered, Helped: true, Article: "gc-renew"},
		{Visitor: "6", Language: "fr", Text: "f", Outcome: OutcomeUnanswered, Reply: text},
	}
	got := map[string]string{}
	for _, l := range labels(asked, quoted) {
		got[l.text] += l.right + l.shown + " "
	}
	want := map[string]string{"a": "gc-renew ", "b": "gc-renew ", "c": "gc-apply-i485 "}
	for text, article := range want {
		if got[text] != article {
			t.Errorf("%q is labelled %q, want %q", text, got[text], article)
		}
	}
	if len(got) != len(want) {
		t.Errorf("the labels are %v", got)
	}
}
