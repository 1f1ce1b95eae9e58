package knowledge

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// Languages that an article may be written in, as BCP 47 tags.
const (
	English = "en"
	Spanish = "es"
)

// Routes are the places that an article may lead to after its general part.
var Routes = []string{"general", "tier1", "tier2", "military", "premium", "international"}

// Bounds of what an editor may save. They protect the index and the visitor's
// screen, not the database.
const (
	MaxQuestion   = 300    // characters
	MaxAnswer     = 10_000 // characters of Markdown
	MaxAlternates = 1_000
)

// Errors that callers tell apart.
var (
	// ErrNotFound says that no such article (or revision) exists.
	ErrNotFound = errors.New("no such article")
	// ErrStale says that somebody else saved the article since it was read.
	ErrStale = errors.New("the article was changed by somebody else meanwhile")
	// ErrInvalid says that the content breaks a rule; the message says which.
	ErrInvalid = errors.New("the article cannot be saved")
)

// Link is a titled address. A zero Link means that there is none.
type Link struct {
	Title string `json:"title"`
	URL   string `json:"url"`
}

// Article is one revision of one question in one language. Several languages
// share an ID. Values are copied, never changed in place, once published.
type Article struct {
	ID       string `json:"id"`
	Language string `json:"language"`
	// Revision numbers the saved versions of this id and language: 1, 2, 3 …
	// Zero means that it was never saved.
	Revision int64 `json:"revision"`
	// Change is the value of the base's change counter at which the article was
	// last published or retired; zero for one that never was.
	Change int64  `json:"change"`
	Status Status `json:"status"`

	Topic      string   `json:"topic"`
	Question   string   `json:"question"`
	Alternates []string `json:"alternates"`
	Answer     string   `json:"answer"` // Markdown
	Source     Link     `json:"source"`
	FollowUps  []string `json:"follow_ups"` // ids of articles
	Route      string   `json:"route"`
	// ReviewBy, EffectiveFrom and ExpiresOn are days as 2006-01-02, or empty.
	ReviewBy      string `json:"review_by"`
	EffectiveFrom string `json:"effective_from"`
	ExpiresOn     string `json:"expires_on"`
	// Flag is a note to editors such as "general knowledge"; visitors never see it.
	Flag string `json:"flag"`

	SavedAt time.Time `json:"saved_at"`
	SavedBy string    `json:"saved_by"`
}

// Key names an article in one language.
func (a Article) Key() string { return a.ID + "/" + a.Language }

// Validate returns an error that wraps ErrInvalid and says in a sentence what to
// mend, or nil. It does not look at other articles.
func (a Article) Validate() error {
	switch {
	case !validID(a.ID):
		return invalid("the id %q may hold only small letters, digits and hyphens (at most 80)", a.ID)
	case a.Language != English && a.Language != Spanish:
		return invalid("the language %q is not one of en, es", a.Language)
	case strings.TrimSpace(a.Question) == "":
		return invalid("the question is empty")
	case utf8.RuneCountInString(a.Question) > MaxQuestion:
		return invalid("the question is longer than %d characters", MaxQuestion)
	case strings.TrimSpace(a.Answer) == "":
		return invalid("the answer is empty")
	case utf8.RuneCountInString(a.Answer) > MaxAnswer:
		return invalid("the answer is longer than %d characters", MaxAnswer)
	case len(a.Alternates) > MaxAlternates:
		return invalid("there are more than %d alternates", MaxAlternates)
	case a.Route != "" && !slices.Contains(Routes, a.Route):
		return invalid("the route %q is not one of %s", a.Route, strings.Join(Routes, ", "))
	}
	for _, text := range append([]string{a.Question, a.Answer, a.Topic, a.Source.Title}, a.Alternates...) {
		if !utf8.ValidString(text) || strings.ContainsRune(text, 0) {
			return invalid("the text %.40q holds bytes that are not text", text)
		}
	}
	for _, alternate := range a.Alternates {
		if utf8.RuneCountInString(alternate) > MaxQuestion {
			return invalid("the alternate %.40q… is longer than %d characters", alternate, MaxQuestion)
		}
	}
	for name, day := range map[string]string{"review-by": a.ReviewBy, "effective-from": a.EffectiveFrom, "expiry": a.ExpiresOn} {
		if _, err := time.Parse(time.DateOnly, day); day != "" && err != nil {
			return invalid("the %s day %q is not a date like 2027-03-31", name, day)
		}
	}
	if a.Source.URL != "" {
		u, err := url.Parse(a.Source.URL)
		if err != nil || (u.Scheme != "https" && u.Scheme != "http") || u.Host == "" {
			return invalid("the source link %q is not a web address", a.Source.URL)
		}
	}
	return nil
}

// Current reports whether a published article may be shown on the given day.
func (a Article) Current(now time.Time) bool {
	day := now.UTC().Format(time.DateOnly)
	return a.Status == StatusPublished &&
		(a.EffectiveFrom == "" || a.EffectiveFrom <= day) &&
		(a.ExpiresOn == "" || day < a.ExpiresOn)
}

func invalid(format string, args ...any) error {
	return fmt.Errorf("%w: %s", ErrInvalid, fmt.Sprintf(format, args...))
}

func validID(id string) bool {
	if id == "" || len(id) > 80 {
		return false
	}
	for _, r := range id {
		if (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-' && r != '_' {
			return false
		}
	}
	return true
}
