package knowledge

import (
	"context"
	"fmt"
	"slices"
)

// overlay is a source as it would be after some articles were published or retired.
type overlay struct {
	Source
	drafts []Article
}

// Published implements Source.
func (o overlay) Published(ctx context.Context, after int64) ([]Article, int64, error) {
	articles, change, err := o.Source.Published(ctx, after)
	if err != nil || after > 0 {
		return articles, change, err
	}
	articles = slices.DeleteFunc(slices.Clone(articles), func(a Article) bool {
		return slices.ContainsFunc(o.drafts, func(d Article) bool { return d.Key() == a.Key() })
	})
	return append(articles, o.drafts...), max(change, 1), nil
}

// openDraft opens a base in memory as the one of c would be after the drafts were
// published; a draft with StatusRetired is taken out. The caller closes it.
func openDraft(ctx context.Context, c Config, drafts []Article) (*Base, error) {
	drafts = slices.Clone(drafts)
	for i := range drafts {
		if drafts[i].Status != StatusRetired {
			drafts[i].Status = StatusPublished
		}
	}
	c.Dir, c.Source = "", overlay{c.Source, drafts}
	b, err := OpenBase(ctx, c)
	if err != nil {
		return nil, fmt.Errorf("opening the draft base: %w", err)
	}
	return b, nil
}

// mostReplayed bounds the recorded questions that a forecast tries.
const mostReplayed = 500

// Gain is what an edit would change for questions that were asked.
type Gain struct {
	Tried    int `json:"tried"`    // recorded questions that were tried
	Answered int `json:"answered"` // of them Emma would answer so many
}

// Forecast tries an edit, which need not be saved, on recorded questions. Wordings
// are added to what the draft holds; a draft without an answer of its own stands for
// the newest revision of its id.
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
	wanted := map[string]bool{}
	for _, id := range questions {
		wanted[id] = true
	}
	base, err := openDraft(ctx, w.config, []Article{draft})
	if err != nil {
		return Gain{}, err
	}
	defer func() { _ = base.Close() }() // it is in memory
	var gain Gain
	for _, a := range slices.Backward(asked) {
		if !wanted[a.ID] || gain.Tried == mostReplayed {
			continue
		}
		found, err := base.Search(ctx, Query{Text: a.Text, Language: a.Language, Limit: 2})
		if err != nil {
			return Gain{}, fmt.Errorf("foreseeing a gain: %w", err)
		}
		gain.Tried++
		if len(found.Hits) > 0 && found.Hits[0].Confidence >= found.Answer {
			gain.Answered++
		}
	}
	return gain, nil
}
