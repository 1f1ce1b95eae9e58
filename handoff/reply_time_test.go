package handoff

import (
	"context"
	"errors"
	"testing"
	"time"
)

// TestTheFirstReplyIsMeasuredOnce lets an agent write three times, in a chat that is
// closed, opened again and taken again.
func TestTheFirstReplyIsMeasuredOnce(t *testing.T) {
	a := newAbsence(t) // the visitor asked and the agent wrote in the same moment
	ctx := context.Background()
	a.reply("4")
	if _, err := a.d.Close(ctx, a.ann, "c", "5", "", nil); err != nil {
		t.Fatal(err)
	}
	a.now = a.now.Add(time.Hour)
	if _, err := a.d.Reopen(ctx, "c", "6"); err != nil {
		t.Fatal(err)
	}
	a.now = a.now.Add(90 * time.Second)
	if _, err := a.d.Attend(ctx, a.ann, true, func() time.Time { return a.now }); err != nil {
		t.Fatal(err)
	}
	if _, err := a.d.Claim(ctx, a.ann, "c", "7"); err != nil {
		t.Fatal(err)
	}
	a.now = a.now.Add(30 * time.Second)
	a.reply("8")
	a.reply("9")
	var took []time.Duration
	for _, s := range a.m.samples {
		if s.Kind == Replied {
			took = append(took, s.Took)
		}
	}
	if len(took) != 2 || took[0] != 0 || took[1] != 2*time.Minute {
		t.Errorf("the first replies took %v, want 0 and 2m", took)
	}
}

func TestATeamCanAskForATag(t *testing.T) {
	a := newAbsence(t)
	for i := range a.m.teams {
		a.m.teams[i].TagRequired = true
	}
	a.pass(3 * time.Second) // the desk reads its teams now and then
	var refused *Refusal
	if _, err := a.d.Close(context.Background(), a.ann, "c", "4", "", nil); !errors.As(err, &refused) || refused.Code != "tag" {
		t.Errorf("without a tag the chat closes with %v", err)
	}
	if _, err := a.d.Close(context.Background(), a.ann, "c", "5", "", []string{"address"}); err != nil {
		t.Error(err)
	}
}
