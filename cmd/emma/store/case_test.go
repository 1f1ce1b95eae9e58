package store_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"emma/cmd/emma/store"
	"emma/handoff"
)

var dana = handoff.Staff{ID: "0190c0de-0000-7000-8000-00000000d0a1", Name: "Dana R.", Role: handoff.RoleAgent}

// casesOn is the service of cases on a store, at a time that the test moves.
func casesOn(t testing.TB, s *store.Store, now *time.Time) *handoff.Cases {
	t.Helper()
	promise := handoff.Promise{Least: 24 * time.Hour, Most: 48 * time.Hour}
	types := []handoff.RequestType{{ID: "no_card", Label: map[string]string{"en": "no card"}, Within: 30 * 24 * time.Hour}}
	return handoff.NewCases(handoff.CasesConfig{
		Store: s, Outbox: s, Roster: s, Emma: emma{}, Team: deskAt(t, s, func() time.Time { return *now }, false).TeamFor, Promise: promise, Types: types, Mail: true, Now: func() time.Time { return *now },
	})
}

func TestACaseAndItsEventsAreStoredTogether(t *testing.T) {
	onBothEngines(t, func(t *testing.T, d database) {
		ctx, s := context.Background(), d.open(t)
		now := time.Date(2026, 11, 25, 3, 0, 0, 0, time.UTC)
		cases, id := casesOn(t, s, &now), begin(t, s)
		command := uuid.NewString()
		message := handoff.LeftMessage{Text: "Where is my card?", Contact: handoff.Contact{Email: "maria@example.org"}, Consent: true}
		first, err := cases.LeaveMessage(ctx, id, command, message)
		if err != nil {
			t.Fatal(err)
		}
		again, err := cases.LeaveMessage(ctx, id, command, message)
		if err != nil || !again.Duplicate || again.Case.Reference != first.Case.Reference || again.Seq != first.Seq {
			t.Errorf("the same command again gave %+v, %v", again, err)
		}
		message.Text = "Something else"
		if _, err := cases.LeaveMessage(ctx, id, command, message); !errors.Is(err, handoff.ErrConflict) {
			t.Errorf("other words under the same id gave %v", err)
		}
		events := contiguous(t, s, id)
		if len(events) != 2 || events[0].Case == nil || events[1].Case.Reference != first.Case.Reference {
			t.Errorf("the log is %+v", events)
		}
		if c, err := s.Conversation(ctx, id); err != nil || c.OwesAnswer() {
			t.Errorf("Emma owes an answer to a message that is for a person (%v)", err)
		}
		stored, entries, err := cases.Read(ctx, dana, first.Case.Reference)
		if err != nil || stored.Contact.Email != "maria@example.org" || !stored.DueAt.Equal(now.Add(48*time.Hour)) || len(entries) != 1 {
			t.Errorf("stored is %+v with %+v, %v", stored, entries, err)
		}
		now = now.Add(49 * time.Hour)
		if open, late, err := cases.Count(ctx); err != nil || open != 1 || late != 1 {
			t.Errorf("%d open and %d late, %v", open, late, err)
		}
		if _, err := cases.Answer(ctx, dana, first.Case.Reference, uuid.NewString(), "It is in the mail."); err != nil {
			t.Fatal(err)
		}
		open, _ := cases.List(ctx, dana, handoff.CaseFilter{Limit: 10})
		done, _ := cases.List(ctx, dana, handoff.CaseFilter{Limit: 10, Done: true})
		if len(open) != 0 || len(done) != 1 || done[0].State != handoff.CaseAnswered || done[0].AssigneeName != "Dana R." {
			t.Errorf("open %+v, done %+v", open, done)
		}
	})
}

func TestASealedNumberIsInNoListAndItsReadersAreWrittenDown(t *testing.T) {
	onBothEngines(t, func(t *testing.T, d database) {
		ctx, s := context.Background(), d.open(t)
		now := time.Now()
		cases, id := casesOn(t, s, &now), begin(t, s)
		opened, err := cases.OpenRequest(ctx, dana, id, uuid.NewString(), handoff.Request{Type: "no_card", Text: "No card after 60 days.", Receipt: "ioe 0912345678"})
		if err != nil {
			t.Fatal(err)
		}
		reference := opened.Case.Reference
		k, entries, err := cases.Read(ctx, dana, reference)
		if err != nil || !k.Sealed {
			t.Fatalf("%+v, %v", k, err)
		}
		for _, e := range entries {
			if strings.Contains(e.Text, "0912345678") {
				t.Error("the history holds the number")
			}
		}
		look := uuid.NewString()
		for range 2 { // the second time is a resend
			if seen, err := cases.Reveal(ctx, dana, handoff.ReferenceText(reference), look, 0); err != nil || seen.Value != "IOE0912345678" {
				t.Errorf("revealed %+v, %v", seen, err)
			}
		}
		if _, entries, err := cases.Read(ctx, dana, reference); err != nil || len(entries) != 2 || entries[1].Name != "Dana R." || !entries[1].ForStaff {
			t.Errorf("the history is %+v, %v", entries, err)
		}
		for proof, want := range map[string]error{"IOE 09-1234-5678": nil, "IOE0912345679": handoff.ErrNotFound, "maria@example.org": handoff.ErrNotFound} {
			if _, err := cases.Status(ctx, reference, proof); !errors.Is(err, want) {
				t.Errorf("the proof %s gave %v, want %v", proof, err, want)
			}
		}
	})
}

func TestOfTwoAgentsOneWorksOnACase(t *testing.T) {
	onBothEngines(t, func(t *testing.T, d database) {
		ctx, s := context.Background(), d.open(t)
		now := time.Now()
		cases, id := casesOn(t, s, &now), begin(t, s)
		left, err := cases.LeaveMessage(ctx, id, uuid.NewString(), handoff.LeftMessage{Text: "Hello?", Consent: true})
		if err != nil {
			t.Fatal(err)
		}
		var wg sync.WaitGroup
		failures := make([]error, 6)
		for i := range failures {
			agent := dana
			agent.ID, agent.Name = uuid.NewString(), "Agent"
			wg.Go(func() {
				_, failures[i] = cases.Answer(ctx, agent, left.Case.Reference, uuid.NewString(), "An answer")
			})
		}
		wg.Wait()
		won := 0
		for _, err := range failures {
			var taken *handoff.TakenError
			if err == nil {
				won++
			} else if !errors.As(err, &taken) {
				t.Errorf("a loser got %v", err)
			}
		}
		if won != 1 {
			t.Errorf("%d agents answered", won)
		}
		contiguous(t, s, id)
	})
}

func TestAReferenceIsGivenOnceAndAVisitorCannotFillTheList(t *testing.T) {
	onBothEngines(t, func(t *testing.T, d database) {
		ctx, s := context.Background(), d.open(t)
		now := time.Now()
		cases, id := casesOn(t, s, &now), begin(t, s)
		left := 0
		var first handoff.Case
		var last string
		for ; left < 50; left++ {
			command := uuid.NewString()
			change, err := cases.LeaveMessage(ctx, id, command, handoff.LeftMessage{Text: "Hello?", Consent: true})
			if err != nil {
				break
			}
			if last = command; left == 0 {
				first = change.Case
			}
		}
		if again, err := cases.LeaveMessage(ctx, id, last, handoff.LeftMessage{Text: "Hello?", Consent: true}); err != nil || !again.Duplicate {
			t.Errorf("the last one again gave %+v, %v", again, err)
		}
		if left != 10 {
			t.Errorf("a visitor left %d messages", left)
		}
		before := len(contiguous(t, s, id))
		_, err := s.ChangeCase(ctx, id, handoff.Key{}, "", func(c *handoff.Conversation, k *handoff.Case) (handoff.CaseWork, error) {
			*k = first
			return handoff.CaseWork{}, nil
		})
		if !errors.Is(err, handoff.ErrExists) {
			t.Errorf("a reference that is taken gave %v", err)
		}
		if after := len(contiguous(t, s, id)); after != before {
			t.Errorf("a refused case left %d events", after-before)
		}
		if list, err := cases.List(ctx, dana, handoff.CaseFilter{Conversation: id, Limit: 100}); err != nil || len(list) != left {
			t.Errorf("the conversation has %d cases, %v", len(list), err)
		}
	})
}
