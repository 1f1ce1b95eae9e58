package knowledge

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

const (
	// mostGaps bounds the inbox; those that help the fewest visitors are left out.
	mostGaps = 100
	// mostReason is the length of a reason, in characters.
	mostReason = 500
	// saveTries is how often an attachment is tried again when somebody else saves
	// the article at the same moment.
	saveTries = 5
	// forecastWindow is how far back recorded questions are tried.
	forecastWindow = 90 * 24 * time.Hour
)

// Workshop is where editors close gaps and check what they publish. It is safe for
// concurrent use. Close it before the base.
type Workshop struct {
	articles Store
	notebook Notebook
	press    Press
	rulings  Rulings
	base     *Base
	now      func() time.Time

	checks  checks
	uploads uploads
	quality quality
}

// NewWorkshop makes a workshop on the base that visitors are answered from.
func NewWorkshop(articles Store, notebook Notebook, press Press, rulings Rulings, base *Base, now func() time.Time) *Workshop {
	w := &Workshop{articles: articles, notebook: notebook, press: press, rulings: rulings, base: base, now: now}
	w.checks.byID, w.uploads.byID = map[string]*check{}, map[string]*upload{}
	w.checks.base, w.checks.cancel = context.WithCancel(context.Background())
	return w
}

// Close ends the checks and imports that run and waits for them.
func (w *Workshop) Close() {
	w.checks.cancel()
	w.checks.running.Wait()
}

// OpenGap is a gap with what may be done about it.
type OpenGap struct {
	Gap
	// Nearest is the article that its wordings would fit best, or nil; Likeness is
	// the probability that it is the right one.
	Nearest  *Article
	Likeness float64
	Came     *Closing // the last closing after which it came back, or nil
}

// Inbox is the open gaps of a time.
type Inbox struct {
	Gaps []OpenGap // those that help most visitors first
	// More is how many further gaps there are, each asked by fewer visitors.
	More int
	// Asked and Missed are how many general questions there were, and how many of
	// them Emma did not answer well.
	Asked, Missed int
	Closings      []Closing // newest first
}

// Inbox returns the gaps since a time. One that Emma answers by now is not in it.
func (w *Workshop) Inbox(ctx context.Context, since time.Time) (Inbox, error) {
	asked, err := w.notebook.Asked(ctx, since)
	if err != nil {
		return Inbox{}, fmt.Errorf("reading the gaps: %w", err)
	}
	var in Inbox
	if in.Closings, err = w.notebook.Closings(ctx, mostGaps); err != nil {
		return Inbox{}, fmt.Errorf("reading the gaps: %w", err)
	}
	for _, a := range asked {
		in.Asked++
		if a.Gap() {
			in.Missed++
		}
	}
	for _, g := range Gaps(asked) {
		if len(in.Gaps) == mostGaps {
			in.More++
			continue
		}
		open, answered, err := w.look(ctx, g)
		if err != nil {
			return Inbox{}, err
		}
		if answered {
			continue
		}
		if n := slices.IndexFunc(in.Closings, func(c Closing) bool { return slices.Contains(g.Before, c.ID) }); n >= 0 {
			open.Came = &in.Closings[n]
		}
		in.Gaps = append(in.Gaps, open)
	}
	return in, nil
}

// look finds what may be done about a gap, and whether nothing need be done any more.
func (w *Workshop) look(ctx context.Context, g Gap) (open OpenGap, answered bool, err error) {
	open = OpenGap{Gap: g}
	if g.Article != "" {
		if p, ok := w.base.Published(g.Article, g.Language); ok {
			open.Nearest = &p.Article
		}
		return open, open.Nearest == nil, nil
	}
	found, err := w.base.Search(ctx, Query{Text: g.Title, Language: g.Language})
	if err != nil {
		return OpenGap{}, false, fmt.Errorf("looking for the nearest article: %w", err)
	}
	if len(found.Hits) > 0 {
		open.Nearest, open.Likeness = &found.Hits[0].Article.Article, found.Hits[0].Confidence
		answered = open.Likeness >= found.Answer
	}
	if p, ok := w.base.Published(g.Chosen(), g.Language); ok && !answered {
		open.Nearest = &p.Article
		open.Likeness = 0
		for _, hit := range found.Hits {
			if hit.Article.ID == p.ID {
				open.Likeness = hit.Confidence
			}
		}
	}
	return open, answered, nil
}

// Attach adds wordings to an article as alternates, in a new draft, and closes the
// questions that they came from. It returns the draft.
func (w *Workshop) Attach(ctx context.Context, id, language string, wordings, questions []string, title, by string) (Article, Closing, error) {
	if len(wordings) == 0 {
		return Article{}, Closing{}, invalid("choose at least one wording")
	}
	for try := 1; ; try++ {
		a, err := w.articles.Article(ctx, id, language)
		if err != nil {
			return Article{}, Closing{}, fmt.Errorf("attaching wordings: %w", err)
		}
		known := len(a.Alternates)
		for _, wording := range wordings {
			if wording = strings.TrimSpace(wording); !a.asks(wording) {
				a.Alternates = append(slices.Clip(a.Alternates), wording)
			}
		}
		if len(a.Alternates) > known {
			a.SavedBy = by
			saved, err := w.articles.SaveArticle(ctx, a)
			if errors.Is(err, ErrStale) && try < saveTries {
				continue
			}
			if err != nil {
				return Article{}, Closing{}, fmt.Errorf("attaching wordings: %w", err)
			}
			a = saved
		}
		c, err := w.close(ctx, questions, Closing{By: by, What: ClosedAttached, Article: id, Text: title})
		return a, c, err
	}
}

// asks reports whether the article has a wording already, whatever its letters' case.
func (a Article) asks(wording string) bool {
	same := func(other string) bool { return strings.EqualFold(strings.TrimSpace(other), wording) }
	return same(a.Question) || slices.ContainsFunc(a.Alternates, same)
}

// Create makes a draft of a new article and closes the questions that it answers. An
// empty id is made from the question.
func (w *Workshop) Create(ctx context.Context, a Article, questions []string, title string) (Article, Closing, error) {
	a.Revision = 0
	wish := a.ID
	if wish == "" {
		wish = Slug(a.Question)
	}
	a.Alternates = slices.DeleteFunc(slices.Clone(a.Alternates), func(text string) bool {
		return strings.EqualFold(strings.TrimSpace(text), strings.TrimSpace(a.Question))
	})
	for n := 1; ; n++ {
		a.ID = wish
		if n > 1 {
			a.ID = wish + "-" + strconv.Itoa(n)
		}
		taken, err := w.taken(ctx, a.ID)
		if err != nil {
			return Article{}, Closing{}, err
		}
		if taken && n < mostGaps {
			continue
		}
		saved, err := w.articles.SaveArticle(ctx, a)
		if errors.Is(err, ErrStale) && n < mostGaps {
			continue // somebody took the id in this moment
		}
		if err != nil {
			return Article{}, Closing{}, fmt.Errorf("making an article: %w", err)
		}
		c, err := w.close(ctx, questions, Closing{By: a.SavedBy, What: ClosedCreated, Article: a.ID, Text: title})
		return saved, c, err
	}
}

// taken reports whether an article has the id in any language.
func (w *Workshop) taken(ctx context.Context, id string) (bool, error) {
	for _, language := range []string{English, Spanish} {
		_, err := w.articles.Article(ctx, id, language)
		if err == nil {
			return true, nil
		}
		if !errors.Is(err, ErrNotFound) {
			return false, fmt.Errorf("looking for a free id: %w", err)
		}
	}
	return false, nil
}

// Dismiss closes questions without changing an article. It needs a reason.
func (w *Workshop) Dismiss(ctx context.Context, questions []string, reason, title, by string) (Closing, error) {
	reason = strings.TrimSpace(reason)
	if reason == "" {
		return Closing{}, invalid("say in a few words why nothing is to be done")
	}
	return w.close(ctx, questions, Closing{By: by, What: ClosedDismissed, Reason: reason, Text: title})
}

func (w *Workshop) close(ctx context.Context, questions []string, c Closing) (Closing, error) {
	if utf8.RuneCountInString(c.Reason) > mostReason || utf8.RuneCountInString(c.Text) > mostReason {
		return Closing{}, invalid("the reason is longer than %d characters", mostReason)
	}
	closing, err := w.notebook.CloseAsked(ctx, questions, c)
	if err != nil {
		return Closing{}, fmt.Errorf("closing a gap: %w", err)
	}
	return closing, nil
}

// Reopen undoes a closing.
func (w *Workshop) Reopen(ctx context.Context, closing string) error {
	return w.notebook.ReopenAsked(ctx, closing)
}

// Slug makes an article id of a question: small letters, digits and hyphens, at most
// 60 of them; "article" when the question has none.
func Slug(question string) string {
	var b strings.Builder
	gap := false
	for _, c := range fold(question) {
		if c < 'a' || c > 'z' {
			if c < '0' || c > '9' {
				gap = b.Len() > 0
				continue
			}
		}
		if b.Len() >= 60 {
			break
		}
		if gap {
			b.WriteByte('-')
			gap = false
		}
		b.WriteRune(c)
	}
	if b.Len() == 0 {
		return "article"
	}
	return b.String()
}
