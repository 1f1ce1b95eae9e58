package store_test

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"

	"emma/knowledge"
)

func TestTheLastLookAtALinkIsKept(t *testing.T) {
	onBothEngines(t, func(t *testing.T, d database) {
		s, ctx := d.open(t), context.Background()
		other := knowledge.LinkLook{URL: "https://example.org/a", State: knowledge.LinkMoved, Note: "https://example.org/b", At: 2}
		last := knowledge.LinkLook{URL: "https://example.org/x", State: knowledge.LinkDead, Note: "It answers 404.", At: 3}
		for _, look := range []knowledge.LinkLook{{URL: last.URL, State: knowledge.LinkWorks, At: 1}, other, last} {
			if err := s.NoteLink(ctx, look); err != nil {
				t.Fatal(err)
			}
		}
		got, err := s.LinkLooks(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]knowledge.LinkLook{other, last}, got); diff != "" {
			t.Error(diff)
		}
	})
}
