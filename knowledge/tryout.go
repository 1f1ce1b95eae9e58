package knowledge

import (
	"context"
	"fmt"
)

// Tryout is what the base says to a text with and without drafts.
type Tryout struct {
	Live  Said `json:"live"`
	Draft Said `json:"draft"`
	// Explanation is that of Draft. Both are judged as the publish gate does: by the
	// articles alone, without what is trained some time after an edit.
	Explanation Explanation `json:"explanation"`
}

// TryDrafts puts a text to the base as it is, and as it would be with drafts that need
// not be saved. A draft that cannot be saved yet is an error that says what to mend.
func (w *Workshop) TryDrafts(ctx context.Context, q Query, drafts []Article) (Tryout, error) {
	for _, a := range drafts {
		if err := a.Normal().Validate(); err != nil {
			return Tryout{}, err
		}
	}
	if err := ctx.Err(); err != nil {
		return Tryout{}, fmt.Errorf("trying drafts: %w", err)
	}
	live, draft := w.base.stands(drafts)
	tried := Tryout{Live: live.say(q.Text, q.Language), Draft: draft.say(q.Text, q.Language)}
	if d := draft.sides[q.Language]; d != nil {
		words := d.reader.understood(q.Text, d.judge.matcher.lexicon)
		c := d.judge.compare(sketchOf(words))
		defer d.judge.matcher.release(c)
		tried.Explanation = d.explain(d.judge, c, d.candidates(c), words, q.Limit)
		tried.Explanation.Promise.Levels = nil
	}
	return tried, nil
}
