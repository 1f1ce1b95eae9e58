package store_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/uuid"

	"emma/bot"
	"emma/handoff"
)

func TestASealedNumberIsKeptApartAndShownOnlyWithAnEventThatSaysWhoLooked(t *testing.T) {
	onBothEngines(t, func(t *testing.T, d database) {
		s, ctx := d.open(t), context.Background()
		desk := deskOn(t, s)
		id := begin(t, s)
		const receipt, mail = "IOE0912345678", "maria.lopez@example.com"
		said, err := desk.Say(ctx, id, uuid.NewString(), "my receipt is "+receipt+", write to "+mail)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := desk.Feedback(ctx, id, uuid.NewString(), said.Seq, false, "call "+receipt); err != nil {
			t.Fatal(err)
		}
		if _, err := desk.AskPerson(ctx, id, uuid.NewString()); err != nil {
			t.Fatal(err)
		}
		dana := handoff.Staff{ID: uuid.NewString(), Name: "Dana R.", Role: handoff.RoleAgent}
		other := handoff.Staff{ID: uuid.NewString(), Name: "Eli", Role: handoff.RoleAgent}
		for _, nosy := range []handoff.Staff{dana, other, {ID: uuid.NewString(), Role: handoff.RoleEditor}} {
			if _, _, err := desk.Reveal(ctx, nosy, id, uuid.NewString(), said.Seq, 1); !errors.Is(err, handoff.ErrForbidden) {
				t.Errorf("%s, who does not have the conversation, got %v", nosy.Name, err)
			}
		}
		if _, err := desk.Claim(ctx, dana, id, uuid.NewString()); err != nil {
			t.Fatal(err)
		}
		look := uuid.NewString()
		for range 2 { // the second time is a resend
			got, _, err := desk.Reveal(ctx, dana, id, look, said.Seq, 1)
			if err != nil || got != (bot.Sealed{Number: 1, Kind: bot.Receipt, Value: receipt}) {
				t.Errorf("revealed %+v, %v", got, err)
			}
		}
		if _, _, err := desk.Reveal(ctx, dana, id, uuid.NewString(), said.Seq, 3); !errors.Is(err, handoff.ErrNotFound) {
			t.Errorf("a mark that does not exist: %v", err)
		}
		looks := 0
		for _, e := range contiguous(t, s, id) {
			if e.Kind == handoff.KindReveal {
				looks++
				if !e.StaffOnly() || e.Sender != dana.ID || e.Target != said.Seq || e.Sealed[0].Number != 1 {
					t.Errorf("the audit says %+v", e)
				}
			}
			if strings.Contains(e.Text, receipt) || strings.Contains(e.Text, mail) {
				t.Errorf("event %d holds %q", e.Seq, e.Text)
			}
		}
		if looks != 1 {
			t.Errorf("%d events say who looked, want 1", looks)
		}
		c, err := s.Conversation(ctx, id)
		if err != nil || strings.Contains(c.Title, receipt) {
			t.Errorf("the row says %q, %v", c.Title, err)
		}
	})
}
