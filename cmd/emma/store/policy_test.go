package store_test

import (
	"context"
	"errors"
	"testing"

	"emma/knowledge"
)

func TestWhatEditorsSetIsKept(t *testing.T) {
	onBothEngines(t, func(t *testing.T, d database) {
		ctx, s := context.Background(), d.open(t)
		if p, err := s.Policy(ctx); err != nil || p.Target != 0 || p.Synonyms != nil {
			t.Fatalf("at first the policy is %+v %v", p, err)
		}
		if err := s.SetTarget(ctx, 0.9, 0, "Ed"); err != nil {
			t.Fatal(err)
		}
		if err := s.SetTarget(ctx, 0.8, 0, "Eve"); !errors.Is(err, knowledge.ErrStale) {
			t.Errorf("setting over what Ed set gives %v", err)
		}
		if err := s.SetTarget(ctx, 0.97, 1, "Eve"); err != nil {
			t.Fatal(err)
		}
		groups := []knowledge.Synonyms{{Words: []string{"ead", "permiso de trabajo"}}}
		if err := s.SetSynonyms(ctx, groups, 0, "Ed"); err != nil {
			t.Fatal(err)
		}
		p, err := s.Policy(ctx)
		if err != nil || p.Target != 0.97 || len(p.Synonyms) != 1 || p.Synonyms[0].Words[1] != "permiso de trabajo" {
			t.Errorf("the policy is %+v %v", p, err)
		}
		target, synonyms, err := s.Rulings(ctx)
		if err != nil || target.Revision != 2 || target.By != "Eve" || synonyms.Revision != 1 || synonyms.At == 0 {
			t.Errorf("it was set by %+v %+v %v", target, synonyms, err)
		}
		if err := s.SetSynonyms(ctx, nil, 1, "Ed"); err != nil {
			t.Fatal(err)
		}
		if p, err := s.Policy(ctx); err != nil || p.Synonyms != nil {
			t.Errorf("put back the policy is %+v %v", p, err)
		}
		mark := knowledge.Mark{Language: "en", Change: 7, Target: 0.95, Answer: 0.91, Achieved: 0.97, Bound: 0.951, Coverage: 0.4}
		for range 2 {
			if err := s.NotePrecision(ctx, mark); err != nil {
				t.Fatal(err)
			}
		}
		marks, err := s.Precision(ctx, 10)
		if err != nil || len(marks) != 1 || marks[0].Bound != 0.951 || marks[0].At == 0 {
			t.Errorf("the marks are %+v %v", marks, err)
		}
	})
}
