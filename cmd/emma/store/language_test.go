package store_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"

	"emma/handoff"
)

// TestALineIsChangedWithTheLanguage moves somebody between the lines of two teams and back,
// the second time on a node that has seen nothing of them.
func TestALineIsChangedWithTheLanguage(t *testing.T) {
	onBothEngines(t, func(t *testing.T, d database) {
		ctx, s := context.Background(), d.open(t)
		teams, err := handoff.StartTeams()
		if err != nil {
			t.Fatal(err)
		}
		for i, languages := range [][]string{{"en"}, {"en"}, {"es"}, {"en"}} {
			teams[i].Languages = languages
			if err := s.SaveTeam(ctx, teams[i]); err != nil {
				t.Fatal(err)
			}
		}
		now := time.Now()
		desk := deskAt(t, s, func() time.Time { return now }, true)
		var ids []string
		for _, language := range []string{"es", "en", "es"} {
			c, _, err := desk.Begin(ctx, language, "")
			if err != nil {
				t.Fatal(err)
			}
			if _, err := desk.AskPerson(ctx, c.ID, uuid.NewString()); err != nil {
				t.Fatal(err)
			}
			ids, now = append(ids, c.ID), now.Add(time.Minute)
		}
		chat := ids[1]
		if _, err := desk.Claim(ctx, dana, chat, uuid.NewString()); err != nil {
			t.Fatal(err)
		}
		if _, err := desk.Transfer(ctx, dana, chat, uuid.NewString(), handoff.Transfer{Team: "military"}, ""); err != nil {
			t.Fatal(err)
		}
		if err := desk.SetLanguage(ctx, chat, "es"); err != nil {
			t.Fatal(err)
		}
		other := d.open(t)
		line, err := other.Line(ctx, 10)
		if err != nil || len(line) != 3 {
			t.Fatalf("the line is %+v, %v", line, err)
		}
		for i, c := range line {
			if c.ID != ids[i] || c.Team != "premium" {
				t.Errorf("number %d of the line is %s of %s, want %s of premium", i+1, c.ID, c.Team, ids[i])
			}
		}
		if err := deskAt(t, other, func() time.Time { return now }, true).SetLanguage(ctx, chat, "en"); err != nil {
			t.Fatal(err)
		}
		var went []string
		for _, e := range contiguous(t, other, chat) {
			if e.Kind == handoff.KindState {
				went = append(went, string(e.State)+" "+e.Team+" "+e.Reason)
			}
		}
		want := []string{"waiting general wants_person", "agent general ", "waiting military transferred", "waiting premium language", "waiting military language"}
		if len(went) != len(want) {
			t.Fatalf("it went %q, want %q", went, want)
		}
		for i := range want {
			if went[i] != want[i] {
				t.Errorf("step %d is %q, want %q", i+1, went[i], want[i])
			}
		}
	})
}
