package knowledge

import (
	"context"
	"errors"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// Another target gives what a measurement for it would have given.
func TestAPromiseForAnotherTarget(t *testing.T) {
	outcomes := drawn(rand.New(rand.NewPCG(5, 6)), 4000)
	for _, target := range []float64{0.85, 0.9, 0.93, 0.97, 0.99} {
		got, known := promise(outcomes, 0.95).For(target)
		if want := promise(outcomes, target); !known || cmp.Diff(want, got) != "" {
			t.Errorf("for %.2f: %s", target, cmp.Diff(want, got))
		}
	}
	if _, known := (Promise{Target: 0.95, Trials: 5000}).For(0.9); known {
		t.Error("without levels another target is known")
	}
}

// policyOf is a policy that a test sets.
type policyOf func() Policy

func (p policyOf) Policy(context.Context) (Policy, error) { return p(), nil }

func TestSynonymsHoldAtOnce(t *testing.T) {
	ctx := context.Background()
	var policy Policy
	articles := fixed{
		{ID: "ead", Language: English, Status: StatusPublished, Question: "How do I renew my work permit?", Answer: "With a form."},
		{ID: "fee", Language: English, Status: StatusPublished, Question: "How much does a passport cost?", Answer: "It depends."},
		{ID: "move", Language: English, Status: StatusPublished, Question: "Where do I tell my new address?", Answer: "Online."},
	}
	base, err := OpenBase(ctx, Config{Source: articles, Policy: policyOf(func() Policy { return policy }), Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = base.Close() }()
	known := func() float64 {
		found, err := base.Search(ctx, Query{Text: "zwiebel kuchen", Language: English})
		if err != nil {
			t.Fatal(err)
		}
		if len(found.Hits) > 0 && found.Hits[0].Article.ID == "ead" {
			return found.Hits[0].Confidence
		}
		return 0
	}
	before := known()
	policy.Synonyms = []Synonyms{{Words: []string{"work permit", "zwiebel kuchen"}}}
	if err := base.Refresh(ctx); err != nil {
		t.Fatal(err)
	}
	if after := known(); after <= before {
		t.Errorf("with the synonym the article is right with %.3f, without it with %.3f", after, before)
	}
	if err := base.Settle(ctx); err != nil {
		t.Fatal(err)
	}
	if after := known(); after <= before {
		t.Errorf("after a study the article is right with %.3f, before it with %.3f", after, before)
	}
	policy = Policy{Target: 0.9}
	if err := base.Refresh(ctx); err != nil {
		t.Fatal(err)
	}
	if again := known(); again > before+0.05 {
		t.Errorf("without the synonym the article is right with %.3f again", again)
	}
	if p, _ := base.Promise(English); p.Target != 0.9 {
		t.Errorf("the target is %.2f", p.Target)
	}
}

func TestBadSynonymsAreRefused(t *testing.T) {
	for name, groups := range map[string][]Synonyms{
		"one wording":       {{Words: []string{"ead", " "}}},
		"a stop word":       {{Language: English, Words: []string{"the", "ead"}}},
		"two groups":        {{Words: []string{"ead", "work permit"}}, {Language: English, Words: []string{"Work permits", "job card"}}},
		"another language":  {{Language: "de", Words: []string{"a", "b"}}},
		"nothing but signs": {{Words: []string{"ead", "???"}}},
	} {
		if _, err := ValidSynonyms(groups); !errors.Is(err, ErrInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := ValidSynonyms(UsualSynonyms()); err != nil {
		t.Errorf("those that come with the program: %v", err)
	}
}
