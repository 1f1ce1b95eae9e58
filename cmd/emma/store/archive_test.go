package store_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"emma/cmd/emma/store"
	"emma/handoff"
)

// found lists the ids of every page of a filter.
func found(t *testing.T, s *store.Store, f handoff.Filter, limit int) []string {
	t.Helper()
	var ids []string
	for {
		page, err := s.Find(context.Background(), f, limit)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range page.Conversations {
			ids = append(ids, c.ID)
		}
		if !page.More {
			return ids
		}
		f.Before = page.Next
	}
}

func TestTheListOfAllConversationsIsFilteredAndPaged(t *testing.T) {
	onBothEngines(t, func(t *testing.T, d database) {
		s := d.open(t)
		desk, ctx := deskOn(t, s), context.Background()
		agent := handoff.Staff{ID: uuid.NewString(), Name: "Dana", Role: handoff.RoleAgent}
		var ids []string
		for i := range 7 {
			id := begin(t, s)
			if _, err := desk.Say(ctx, id, uuid.NewString(), fmt.Sprintf("My 100%% question_%d about <b>dirección</b>", i)); err != nil {
				t.Fatal(err)
			}
			ids = append(ids, id)
			time.Sleep(2 * time.Millisecond) // the order is by time in milliseconds
		}
		slices.Reverse(ids)
		if got := found(t, s, handoff.Filter{}, 3); !slices.Equal(got, ids) {
			t.Errorf("all conversations are %v, want %v", got, ids)
		}
		waiting := ids[2]
		if _, err := desk.AskPerson(ctx, waiting, uuid.NewString()); err != nil {
			t.Fatal(err)
		}
		if _, err := desk.Claim(ctx, agent, waiting, uuid.NewString()); err != nil {
			t.Fatal(err)
		}
		if _, err := desk.Note(ctx, agent, waiting, uuid.NewString(), "Called the zebra office"); err != nil {
			t.Fatal(err)
		}
		one := ids[5]      // question_1
		for i := range 2 { // ids[4] goes on from one, ids[3] from ids[4]
			if err := s.Continue(ctx, ids[5-i], ids[4-i]); err != nil {
				t.Fatal(err)
			}
		}
		for _, test := range []struct {
			name   string
			filter handoff.Filter
			want   []string
		}{
			{"state", handoff.Filter{State: handoff.StateAgent}, []string{waiting}},
			{"agent", handoff.Filter{Agent: agent.ID}, []string{waiting}},
			{"reason and team", handoff.Filter{Reason: "wants_person", Team: "general", Tier: 1}, []string{waiting}},
			{"another language", handoff.Filter{Language: "es"}, nil},
			{"its words", handoff.Filter{Text: "QUESTION_1"}, []string{one}},
			{"a wildcard is a letter", handoff.Filter{Text: "question%1"}, nil},
			{"percent", handoff.Filter{Text: "100% question_1"}, []string{one}},
			{"letters that JSON writes otherwise", handoff.Filter{Text: "question_1 about <b>dirección"}, []string{one}},
			{"a note", handoff.Filter{Text: "zebra"}, []string{waiting}},
			{"a name is no text", handoff.Filter{Text: "Dana"}, nil},
			{"what Emma says is not searched", handoff.Filter{Text: "Answer to"}, nil},
			{"reference", handoff.Filter{Reference: one[len(one)-8:]}, []string{one}},
			{"thread", handoff.Filter{Thread: one}, []string{ids[3], ids[4], one}},
		} {
			if got := found(t, s, test.filter, 3); !slices.Equal(got, test.want) {
				t.Errorf("%s finds %v, want %v", test.name, got, test.want)
			}
		}
		if first, err := s.First(ctx, ids[3]); err != nil || first != one {
			t.Errorf("the third chat of a visitor began with %s, %v", first, err)
		}
	})
}

func TestAnAgentsDayIsCounted(t *testing.T) {
	onBothEngines(t, func(t *testing.T, d database) {
		s := d.open(t)
		desk, ctx := deskOn(t, s), context.Background()
		agent := handoff.Staff{ID: uuid.NewString(), Name: "Dana", Role: handoff.RoleAgent}
		start := time.Now().Add(-time.Second)
		for i := range 3 {
			id := begin(t, s)
			_, asked := desk.AskPerson(ctx, id, uuid.NewString())
			_, claimed := desk.Claim(ctx, agent, id, uuid.NewString())
			_, first := desk.Reply(ctx, agent, id, uuid.NewString(), "Hello, the \"state\":\"closed\" is a word")
			_, rated := desk.Rate(ctx, id, uuid.NewString(), 1, "")
			_, again := desk.Rate(ctx, id, uuid.NewString(), 4, "")
			if err := errors.Join(asked, claimed, first, rated, again); err != nil {
				t.Fatal(err)
			}
			if i < 2 {
				if _, err := desk.Close(ctx, agent, id, uuid.NewString(), "answered", nil); err != nil {
					t.Fatal(err)
				}
			}
		}
		day, err := s.DayOf(ctx, agent.ID, start)
		if err != nil {
			t.Fatal(err)
		}
		if want := (handoff.Day{Taken: 3, Closed: 2, Replies: 3, Ratings: 3, Stars: 12}); day != want {
			t.Errorf("the day is %+v, want %+v", day, want)
		}
		if day, err := s.DayOf(ctx, agent.ID, time.Now().Add(time.Hour)); err != nil || day != (handoff.Day{}) {
			t.Errorf("a day that has not begun is %+v, %v", day, err)
		}
	})
}

func TestSavedRepliesBelongToSomebody(t *testing.T) {
	onBothEngines(t, func(t *testing.T, d database) {
		s, ctx := d.open(t), context.Background()
		dana := handoff.Staff{ID: "dana", Role: handoff.RoleAgent, Teams: []string{"general"}}
		luis := handoff.Staff{ID: "luis", Role: handoff.RoleAgent, Teams: []string{"military"}}
		chief := handoff.Staff{ID: "chief", Role: handoff.RoleSupervisor}
		at := time.UnixMilli(1_800_000_000_000).UTC()
		reply := func(id, short, owner, team string) handoff.Saved {
			return handoff.Saved{ID: id, Short: short, Language: "en", Text: "Hello, I am {agent}.", Owner: owner, Team: team, By: "Dana", At: at}
		}
		for _, r := range []handoff.Saved{reply("1", "hi", "", ""), reply("2", "hi", "dana", ""), reply("3", "base", "", "military")} {
			if err := s.SaveReply(ctx, r); err != nil {
				t.Fatal(err)
			}
		}
		if err := s.SaveReply(ctx, reply("4", "hi", "dana", "")); !errors.Is(err, handoff.ErrExists) {
			t.Errorf("a second reply of the same name gives %v, want ErrExists", err)
		}
		changed := reply("2", "hello", "dana", "")
		if err := s.SaveReply(ctx, changed); err != nil {
			t.Fatal(err)
		}
		if got, err := s.SavedReply(ctx, "2"); err != nil || got != changed {
			t.Errorf("the changed reply is %+v, %v", got, err)
		}
		for _, test := range []struct {
			who  handoff.Staff
			want []string
		}{{dana, []string{"2", "1"}}, {luis, []string{"3", "1"}}, {chief, []string{"3", "1"}}} {
			list, err := s.Saved(ctx, test.who)
			if err != nil {
				t.Fatal(err)
			}
			var ids []string
			for _, r := range list {
				ids = append(ids, r.ID)
			}
			if !slices.Equal(ids, test.want) {
				t.Errorf("%s may use %v, want %v", test.who.ID, ids, test.want)
			}
		}
		if err := s.DeleteReply(ctx, "2"); err != nil {
			t.Fatal(err)
		}
		if _, err := s.SavedReply(ctx, "2"); !errors.Is(err, handoff.ErrNotFound) {
			t.Errorf("a deleted reply gives %v, want ErrNotFound", err)
		}
	})
}
