package store_test

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"emma/bot"
	"emma/handoff"
)

func TestTheScriptKeepsTheNewestEdit(t *testing.T) {
	onBothEngines(t, func(t *testing.T, d database) {
		s, ctx, at := d.open(t), context.Background(), time.UnixMilli(1_764_100_000_000)
		var told atomic.Int32
		defer s.Subscribe(handoff.TopicScript, func(handoff.Signal) { told.Add(1) })()
		first := handoff.Edit{Name: "menu", Content: []byte(`[]`), Revision: 1, By: "Edith", At: at}
		second := handoff.Edit{Name: "menu", Content: []byte(`[{"id":"a","articles":[]}]`), Revision: 2, By: "Eduardo", At: at.Add(time.Hour)}
		other := handoff.Edit{Name: "phrase/greeting", Content: []byte(`{"en":"Hi","es":"Hola"}`), Revision: 1, By: "Edith", At: at}
		for i, e := range []handoff.Edit{first, other, second} {
			if err := s.SaveEdit(ctx, e); err != nil {
				t.Fatal(err)
			}
			// Who has the answer finds everybody of this process told.
			if n := told.Load(); n < int32(i+1) {
				t.Errorf("after %d edits %d were told", i+1, n)
			}
		}
		for _, late := range []handoff.Edit{first, second, {Name: "phrase/new", Content: []byte(`{}`), Revision: 2}} {
			if err := s.SaveEdit(ctx, late); !errors.Is(err, handoff.ErrEdited) {
				t.Errorf("revision %d of %s again: %v", late.Revision, late.Name, err)
			}
		}
		got, err := s.Edits(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]handoff.Edit{second, other}, got); diff != "" {
			t.Error(diff)
		}
	})
}

// TestEveryNodeSaysWhatTheEditorWrote lets two nodes speak from one database: what is
// saved on one is said on it at once, and on the other when it looks again.
func TestEveryNodeSaysWhatTheEditorWrote(t *testing.T) {
	onBothEngines(t, func(t *testing.T, d database) {
		ctx, now := context.Background(), time.Now()
		phrases, err := bot.DefaultPhrases()
		if err != nil {
			t.Fatal(err)
		}
		var nodes []*handoff.Script
		for range 2 {
			s := d.open(t)
			node, err := handoff.NewScript(ctx, bot.New(nil, phrases), s, s, func() time.Time { return now })
			if err != nil {
				t.Fatal(err)
			}
			nodes = append(nodes, node)
		}
		editor := handoff.Staff{ID: "e", Name: "Edith", Role: handoff.RoleEditor}
		texts := map[string]string{"en": "Welcome!", "es": "¡Bienvenida!"}
		if err := nodes[0].SavePhrase(ctx, handoff.Staff{ID: "a", Role: handoff.RoleAgent}, "greeting", 0, texts); !errors.Is(err, handoff.ErrForbidden) {
			t.Errorf("an agent changed a phrase: %v", err)
		}
		if err := nodes[0].SavePhrase(ctx, editor, "greeting", 0, texts); err != nil {
			t.Fatal(err)
		}
		if said := nodes[0].Say("greeting", "es"); said != texts["es"] {
			t.Errorf("the editor's own node says %q", said)
		}
		now = now.Add(3 * time.Second)
		if err := nodes[1].Follow(ctx); err != nil {
			t.Fatal(err)
		}
		if said := nodes[1].Say("greeting", "en"); said != texts["en"] {
			t.Errorf("the other node says %q", said)
		}
		if err := nodes[1].SavePhrase(ctx, editor, "greeting", 0, texts); !errors.Is(err, handoff.ErrEdited) {
			t.Errorf("an editor who was overtaken saved: %v", err)
		}
		if p, err := nodes[1].Phrase("greeting"); err != nil || p.Edit.Revision != 1 || p.Edit.By != "Edith" || p.Usual["en"] == texts["en"] {
			t.Errorf("the phrase is shown as %+v (%v)", p, err)
		}
	})
}
