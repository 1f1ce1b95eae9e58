package store_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/uuid"

	"emma/handoff"
)

func TestFactsOfATimeAreRead(t *testing.T) {
	onBothEngines(t, func(t *testing.T, d database) {
		s := d.open(t)
		desk, ctx := deskOn(t, s), context.Background()
		from := time.Now().Add(-time.Minute)
		begin(t, s) // silent
		left := begin(t, s)
		_, asked := desk.AskPerson(ctx, left, uuid.NewString())
		_, rated := desk.Rate(ctx, left, uuid.NewString(), 2, "")
		_, again := desk.Rate(ctx, left, uuid.NewString(), 5, "")
		_, cancelled := desk.Cancel(ctx, left, uuid.NewString())
		alone := begin(t, s)
		_, said := desk.Say(ctx, alone, uuid.NewString(), "How much is it?")
		if err := errors.Join(asked, rated, again, cancelled, said); err != nil {
			t.Fatal(err)
		}
		facts, err := s.Facts(ctx, from, time.Now().Add(time.Minute))
		if err != nil {
			t.Fatal(err)
		}
		r := handoff.Summarise(facts, time.UTC)
		got := [...]int{r.All.Opened, r.All.Silent, r.All.Alone, r.All.Handed, r.All.Left, r.All.Ratings, r.All.Stars}
		if want := [...]int{3, 1, 1, 1, 1, 1, 5}; got != want {
			t.Errorf("the figures are %v, want %v", got, want)
		}
		if len(r.Reasons) != 1 || r.Reasons[0].Name != "wants_person" {
			t.Errorf("the reasons are %+v", r.Reasons)
		}
		if facts, err := s.Facts(ctx, time.Now().Add(time.Minute), time.Now().Add(time.Hour)); err != nil || len(facts) != 0 {
			t.Errorf("a time without conversations has %v, %v", facts, err)
		}
	})
}
