package store_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"emma/bot"
	"emma/handoff"
	"emma/knowledge"
)

// quietBase is a base without articles.
type quietBase struct{}

func (quietBase) Topics(string) []knowledge.Topic { return nil }

func (quietBase) Search(context.Context, knowledge.Query) (knowledge.Result, error) {
	return knowledge.Result{}, nil
}

func (quietBase) Known(string, string) float64 { return 0 }

func (quietBase) Published(string, string) (knowledge.Published, bool) {
	return knowledge.Published{}, false
}

func TestTriggersOfEditorsReachEveryNode(t *testing.T) {
	onBothEngines(t, func(t *testing.T, d database) {
		s, ctx := d.open(t), context.Background()
		phrases, err := bot.DefaultPhrases()
		if err != nil {
			t.Fatal(err)
		}
		now := time.Now()
		node := func() *handoff.Script {
			script, err := handoff.NewScript(ctx, bot.New(quietBase{}, phrases), s, s, func() time.Time { return now })
			if err != nil {
				t.Fatal(err)
			}
			return script
		}
		mine, other := node(), node()
		editor := handoff.Staff{ID: "e", Name: "Edith", Role: handoff.RoleEditor}
		words := map[string][]string{"en": {"code purple"}, "es": {}}
		if err := mine.SaveTrigger(ctx, handoff.Staff{ID: "a", Role: handoff.RoleAgent}, "danger_emergency", 0, words); !errors.Is(err, handoff.ErrForbidden) {
			t.Errorf("an agent changed a trigger: %v", err)
		}
		if err := mine.SaveTrigger(ctx, editor, "danger_emergency", 0, words); err != nil {
			t.Fatal(err)
		}
		now = now.Add(3 * time.Second)
		if err := other.Follow(ctx); err != nil {
			t.Fatal(err)
		}
		if d, err := other.Decide(ctx, bot.Question{Text: "Code purple!"}); err != nil || d.Reason != bot.Safety {
			t.Errorf("the other node decides %+v (%v)", d, err)
		}
		if err := other.SaveTrigger(ctx, editor, "danger_emergency", 0, words); !errors.Is(err, handoff.ErrEdited) {
			t.Errorf("an editor who was overtaken saved: %v", err)
		}
		var field *handoff.FieldError
		if err := other.SaveTrigger(ctx, editor, "thanks", 0, words); !errors.As(err, &field) || field.Field != "en" {
			t.Errorf("a phrase of another kind is taken: %v", err)
		}
		if err := other.SaveTrigger(ctx, editor, "nonsense", 0, words); !errors.Is(err, handoff.ErrNotFound) {
			t.Errorf("a kind that does not exist is taken: %v", err)
		}
		if kind, err := other.Trigger("danger_emergency"); err != nil || kind.Edit.Revision != 1 || kind.Edit.By != "Edith" || kind.Phrases["en"][0] != "code purple" {
			t.Errorf("the trigger is shown as %+v (%v)", kind, err)
		}
		if err := other.SaveTrigger(ctx, editor, "danger_emergency", 1, nil); err != nil {
			t.Fatal(err)
		}
		if d, err := other.Decide(ctx, bot.Question{Text: "it is a code purple"}); d.Reason == bot.Safety {
			t.Errorf("what was taken away is still heard: %+v (%v)", d, err)
		}
	})
}
