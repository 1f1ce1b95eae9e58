package knowledge

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode"
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
	MaxQuestion   = 300    // characters, also of an alternate, a title and a flag
	MaxAnswer     = 10_000 // characters of Markdown
	MaxAlternates = 1_000
	MaxFollowUps  = 12
)

// Errors that callers tell apart.
var (
	// ErrNotFound says that no such article (or revision) exists.
	ErrNotFound = errors.New("no such article")
	// ErrStale says that somebody else saved the article since it was read.
	ErrStale = errors.New("the article was changed by somebody else meanwhile")
	// ErrInvalid says that the content breaks a rule; the message says which.
	ErrInvalid = errors.New("this cannot be saved")
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
	// Owner is the name of who looks at the article by that day, or empty for nobody in
	// particular. It need not be one of the staff: files come from other machines.
	Owner string `json:"owner"`
	// Flag is a note to editors such as "general knowledge"; visitors never see it.
	Flag string `json:"flag"`

	SavedAt time.Time `json:"saved_at"`
	SavedBy string    `json:"saved_by"` // a person, or one of the constants By…
}

// Who saves without having read: the program brings its starter articles, and the
// command line a file.
const (
	ByStarter = "starter"
	ByImport  = "import"
)

// CheckedAt is when a person last went over this revision; zero when nobody did.
func (a Article) CheckedAt() time.Time {
	if a.SavedBy == ByStarter || a.SavedBy == ByImport || a.SavedBy == "" {
		return time.Time{}
	}
	return a.SavedAt
}

// Key names an article in one language.
func (a Article) Key() string { return a.ID + "/" + a.Language }

// Validate returns an error that wraps ErrInvalid and says in a sentence what to
// mend, or nil. It does not look at other articles: see Links.
func (a Article) Validate() error {
	switch {
	case !validID(a.ID):
		return invalid("the id %q may hold only small letters, digits and hyphens (at most 80)", a.ID)
	case a.Language != English && a.Language != Spanish:
		return invalid("the language %q is not one of en, es", a.Language)
	case strings.TrimSpace(a.Question) == "":
		return invalid("the question is empty")
	case strings.TrimSpace(a.Answer) == "":
		return invalid("the answer is empty")
	case utf8.RuneCountInString(a.Answer) > MaxAnswer:
		return invalid("the answer is longer than %d characters", MaxAnswer)
	case unreadable(a.Answer, "\n\t"):
		return invalid("the answer holds bytes that are not text")
	case len(a.Alternates) > MaxAlternates:
		return invalid("there are more than %d alternates", MaxAlternates)
	case a.Route != "" && !slices.Contains(Routes, a.Route):
		return invalid("the route %q is not one of %s", a.Route, strings.Join(Routes, ", "))
	}
	for _, line := range []struct{ name, text string }{
		{"question", a.Question}, {"topic", a.Topic}, {"source title", a.Source.Title}, {"source link", a.Source.URL}, {"flag", a.Flag}, {"owner", a.Owner},
	} {
		if err := validLine(line.name, line.text); err != nil {
			return err
		}
	}
	for _, alternate := range a.Alternates {
		if strings.TrimSpace(alternate) == "" {
			return invalid("one of the alternates is empty")
		}
		if err := validLine("alternate", alternate); err != nil {
			return err
		}
	}
	if a.Source.URL != "" {
		u, err := url.Parse(a.Source.URL)
		if err != nil || (u.Scheme != "https" && u.Scheme != "http") || u.Host == "" {
			return invalid("the source link %q is not a web address", a.Source.URL)
		}
	}
	if err := a.validFollowUps(); err != nil {
		return err
	}
	return a.validDays()
}

func (a Article) validFollowUps() error {
	if len(a.FollowUps) > MaxFollowUps {
		return invalid("there are more than %d follow-ups", MaxFollowUps)
	}
	for i, id := range a.FollowUps {
		switch {
		case !validID(id):
			return invalid("the follow-up %q is not the id of an article", id)
		case id == a.ID:
			return invalid("the article is its own follow-up")
		case slices.Contains(a.FollowUps[:i], id):
			return invalid("the follow-up %s is there twice", id)
		}
	}
	return nil
}

func (a Article) validDays() error {
	for _, day := range []struct{ name, text string }{{"review-by", a.ReviewBy}, {"effective-from", a.EffectiveFrom}, {"expiry", a.ExpiresOn}} {
		if _, err := time.Parse(time.DateOnly, day.text); day.text != "" && err != nil {
			return invalid("the %s day %q is not a date like 2027-03-31", day.name, day.text)
		}
	}
	if a.EffectiveFrom != "" && a.ExpiresOn != "" && a.ExpiresOn <= a.EffectiveFrom {
		return invalid("the article expires on %s, before it is in effect (%s)", a.ExpiresOn, a.EffectiveFrom)
	}
	return nil
}

func validLine(name, text string) error {
	switch {
	case utf8.RuneCountInString(text) > MaxQuestion:
		return invalid("the %s %.40q… is longer than %d characters", name, text, MaxQuestion)
	case strings.ContainsAny(text, "\r\n\u0085\u2028\u2029"):
		return invalid("the %s %.40q has more than one line", name, text)
	case unreadable(text, "\t"):
		return invalid("the %s %.40q holds bytes that are not text", name, text)
	}
	return nil
}

// unreadable reports bytes that no file format and no page can show. A text of
// several lines may hold the controls in allowed.
func unreadable(text, allowed string) bool {
	return !utf8.ValidString(text) || strings.ContainsFunc(text, func(r rune) bool {
		return unicode.IsControl(r) && !strings.ContainsRune(allowed, r) || r == utf8.RuneError || r == '\ufeff' || r&0xfffe == 0xfffe
	})
}

// Overdue reports whether the day by which an editor was to look at the article is over.
func (a Article) Overdue(now time.Time) bool {
	return a.ReviewBy != "" && a.ReviewBy < now.UTC().Format(time.DateOnly)
}

// Current reports whether a published article may be shown on the given day.
func (a *Article) Current(now time.Time) bool {
	if a.EffectiveFrom == "" && a.ExpiresOn == "" {
		return a.Status == StatusPublished
	}
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
