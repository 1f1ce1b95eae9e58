package knowledge

import (
	"context"
	"fmt"
	"slices"
)

// mostReplayed bounds the recorded questions that a forecast tries.
const mostReplayed = 500

// Gain is what an edit would change for questions that were asked.
type Gain struct {
	Tried    int `json:"tried"`    // recorded questions that were tried
	Answered int `json:"answered"` // of them Emma would answer so many
}

// Forecast tries an edit, which need not be saved, on recorded questions. A draft
// without an answer stands for the newest revision of its id with the wordings added.
func (w *Workshop) Forecast(ctx context.Context, draft Article, questions []string) (Gain, error) {
	if draft.Answer == "" {
		newest, err := w.articles.Article(ctx, draft.ID, draft.Language)
		if err != nil {
			return Gain{}, fmt.Errorf("foreseeing a gain: %w", err)
		}
		newest.Alternates = append(slices.Clip(newest.Alternates), draft.Alternates...)
		draft = newest
	} else if draft.ID == "" {
		draft.ID = "a-draft"
	}
	if err := draft.Validate(); err != nil {
		return Gain{}, err
	}
	asked, err := w.notebook.Asked(ctx, w.now().Add(-forecastWindow))
	if err != nil {
		return Gain{}, fmt.Errorf("foreseeing a gain: %w", err)
	}
	_, after := w.base.stands([]Article{draft})
	wanted := map[string]bool{}
	for _, id := range questions {
		wanted[id] = true
	}
	var gain Gain
	for _, a := range slices.Backward(asked) {
		if !wanted[a.ID] || gain.Tried == mostReplayed {
			continue
		}
		if err := ctx.Err(); err != nil {
			return Gain{}, fmt.Errorf("foreseeing a gain: %w", err)
		}
		gain.Tried++
		if after.say(a.Text, a.Language).Answers {
			gain.Answered++
		}
	}
	return gain, nil
}
