package store_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"

	"emma/knowledge"
)

func TestAHelpfulAnswerIsNoted(t *testing.T) {
	onBothEngines(t, func(t *testing.T, d database) {
		ctx, s := context.Background(), d.open(t)
		desk := deskOn(t, s)
		id := beginNow(t, desk)
		say(t, desk, id, "where is the office")
		helped := func() knowledge.Asked {
			t.Helper()
			list, err := s.Asked(ctx, time.Now().Add(-time.Hour))
			if err != nil || len(list) != 1 {
				t.Fatalf("the notebook holds %+v, %v", list, err)
			}
			return list[0]
		}
		if helped().Helped {
			t.Error("an answer that nobody marked counts as helpful")
		}
		for _, mark := range []bool{true, false, true} {
			if _, err := desk.Feedback(ctx, id, uuid.NewString(), 2, mark, ""); err != nil {
				t.Fatal(err)
			}
			if got := helped(); got.Helped != mark || (got.Outcome == knowledge.OutcomeAnswered) != mark {
				t.Errorf("marked %v the notebook holds %+v", mark, got)
			}
		}
	})
}

func TestTheVersionsOfACorrectionAreKept(t *testing.T) {
	onBothEngines(t, func(t *testing.T, d database) {
		ctx, s := context.Background(), d.open(t)
		none := knowledge.Correction{Labels: 20, Right: .9, Sure: .9}
		first := knowledge.Correction{Shift: -.5, Stretch: .125, Labels: 150, Right: .75, Sure: .875, Change: 7}
		for _, c := range []knowledge.Correction{none, first, first, none, none, first} {
			if err := s.NoteCorrection(ctx, "en", c); err != nil {
				t.Fatal(err)
			}
		}
		if err := s.NoteCorrection(ctx, "es", first); err != nil {
			t.Fatal(err)
		}
		list, err := s.Corrections(ctx, 10)
		if err != nil || len(list) != 4 {
			t.Fatalf("the versions are %+v, %v", list, err)
		}
		versions := map[string]int64{}
		for _, v := range list {
			versions[v.Language] = max(versions[v.Language], v.Version)
			if v.Version == 3 && (v.Shift != first.Shift || v.Stretch != first.Stretch || v.Labels != 150 || v.Right != .75 || v.Sure != .875 || v.Change != 7 || v.At == 0) {
				t.Errorf("version 3 is %+v", v)
			}
		}
		if versions["en"] != 3 || versions["es"] != 1 {
			t.Errorf("the last versions are %v", versions)
		}
	})
}
