package store_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"

	"emma/handoff"
)

// TestAMessageLeftAtNightIsAnsweredInTheMorning follows a message under a clock of its own.
func TestAMessageLeftAtNightIsAnsweredInTheMorning(t *testing.T) {
	onBothEngines(t, func(t *testing.T, d database) {
		ctx, s := context.Background(), d.open(t)
		zone, err := time.LoadLocation("America/New_York")
		if err != nil {
			t.Fatal(err)
		}
		now := time.Date(2026, 11, 24, 23, 30, 0, 0, zone)
		cases := casesOn(t, s, &now)
		desk := deskAt(t, s, func() time.Time { return now }, false)
		c, token, err := desk.Begin(ctx, "en", "")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := desk.AskPerson(ctx, c.ID, uuid.NewString()); err != nil {
			t.Fatal(err)
		}
		offered := false
		for _, e := range log(t, s, c.ID) {
			offered = offered || len(e.Offers) > 0 && e.Offers[0] == "leave_message"
		}
		if !offered {
			t.Error("at night no message is offered")
		}
		left, err := cases.LeaveMessage(ctx, c.ID, uuid.NewString(), handoff.LeftMessage{
			Text: "My card never came.", Contact: handoff.Contact{Name: "Maria", Email: "maria@example.org"}, Consent: true,
		})
		if err != nil {
			t.Fatal(err)
		}
		if left.Case.Kind != handoff.CaseMessage {
			t.Errorf("the case is %+v", left.Case)
		}
		closed, err := desk.Conversation(ctx, c.ID) // the browser is closed, having seen all of it
		if err != nil || closed.State != handoff.StateBot {
			t.Fatalf("after the message the visitor is %s, %v", closed.State, err)
		}

		now = time.Date(2026, 11, 25, 8, 5, 0, 0, zone)
		list, err := cases.List(ctx, dana, handoff.CaseFilter{Kind: handoff.CaseMessage, Limit: 10})
		if err != nil || len(list) != 1 || list[0].Ageing(now) != handoff.AgeFresh {
			t.Fatalf("in the morning the list is %+v, %v", list, err)
		}
		if want := time.Date(2026, 11, 26, 23, 30, 0, 0, zone); !list[0].DueAt.Equal(want) {
			t.Errorf("due %v, want %v", list[0].DueAt.In(zone), want)
		}
		if _, err := cases.Answer(ctx, dana, list[0].Reference, uuid.NewString(), "We sent it again."); err != nil {
			t.Fatal(err)
		}
		back, err := desk.Open(ctx, token)
		if err != nil {
			t.Fatal(err)
		}
		news, err := desk.EventsAfter(ctx, back.ID, closed.LastSeq, 10)
		if err != nil || len(news) != 1 || news[0].Text != "We sent it again." || news[0].Name != "Dana R." || news[0].Case.Reference != list[0].Reference {
			t.Errorf("after reopening the visitor gets %+v, %v", news, err)
		}
		letters, err := s.Letters(ctx, list[0].Reference, 10)
		if err != nil || len(letters) != 1 || letters[0].Recipient != "maria@example.org" || letters[0].State != handoff.LetterWaiting {
			t.Errorf("the outbox holds %+v, %v", letters, err)
		}
	})
}

func TestALetterIsTakenOnceAndComesBackFromADeadTaker(t *testing.T) {
	onBothEngines(t, func(t *testing.T, d database) {
		ctx, s := context.Background(), d.open(t)
		id, now := begin(t, s), time.Now().Truncate(time.Millisecond)
		letter := handoff.Letter{ID: uuid.NewString(), Conversation: id, Recipient: "maria@example.org", State: handoff.LetterWaiting, DueAt: now, CreatedAt: now}
		for range 2 { // the same id again adds nothing
			if err := s.AddLetter(ctx, letter, 1, now.Add(-time.Hour)); err != nil {
				t.Fatal(err)
			}
		}
		other := letter
		other.ID = uuid.NewString()
		if err := s.AddLetter(ctx, other, 1, now.Add(-time.Hour)); err == nil {
			t.Error("a letter over the limit was taken")
		}
		lease := now.Add(time.Minute)
		if l, err := s.TakeLetter(ctx, "a", now, lease); err != nil || l.ID != letter.ID || l.Tries != 1 {
			t.Fatalf("took %+v, %v", l, err)
		}
		if l, err := s.TakeLetter(ctx, "b", now, lease); err == nil {
			t.Errorf("a second taker got %+v", l)
		}
		// a dies before the end of the mail: b may send it.
		if l, err := s.TakeLetter(ctx, "b", lease, lease.Add(time.Minute)); err != nil || l.State != handoff.LetterSending || l.Tries != 2 {
			t.Fatalf("after the lease: %+v, %v", l, err)
		}
		if err := s.ChangeLetter(ctx, letter.ID, "a", (*handoff.Letter).HandOver); err == nil {
			t.Error("the first taker goes on after its lease")
		}
		// b dies after the end was sent: nobody sends it again.
		if err := s.ChangeLetter(ctx, letter.ID, "b", (*handoff.Letter).HandOver); err != nil {
			t.Fatal(err)
		}
		if l, err := s.TakeLetter(ctx, "c", lease.Add(time.Minute), lease.Add(time.Hour)); err != nil || l.State != handoff.LetterDoubtful {
			t.Errorf("after the end was sent: %+v, %v", l, err)
		}
		if l, err := s.TakeLetter(ctx, "c", lease.Add(time.Hour), lease.Add(2*time.Hour)); err == nil {
			t.Errorf("a doubtful letter was taken: %+v", l)
		}
	})
}
