package knowledge

import (
	"errors"
	"fmt"
	"slices"
)

// Status is where an article stands in its life-cycle.
type Status string

// The statuses an article passes through. Only a published article is answered. What
// was published before stays so while a newer revision is a draft or in review.
const (
	StatusDraft     Status = "draft"
	StatusInReview  Status = "in_review"
	StatusPublished Status = "published"
	StatusRetired   Status = "retired"
)

// Errors of a move that callers tell apart.
var (
	// ErrMove says that an article cannot go from where it stands to where it was
	// sent; the message says what is possible.
	ErrMove = errors.New("this step is not possible")
	// ErrFourEyes says that a second person has to publish.
	ErrFourEyes = errors.New("a second person has to publish this article")
)

// Next are the statuses that an article may go to. Retiring is possible from
// everywhere, since a wrong answer must be pulled whatever else is under way.
func (s Status) Next() []Status {
	switch s {
	case StatusDraft:
		return []Status{StatusInReview, StatusPublished, StatusRetired}
	case StatusInReview:
		return []Status{StatusPublished, StatusDraft, StatusRetired}
	case StatusPublished:
		return []Status{StatusDraft, StatusRetired}
	case StatusRetired:
		return []Status{StatusDraft, StatusPublished}
	}
	return nil
}

// Move returns the article with the status next, or an error that wraps ErrMove,
// ErrFourEyes or ErrInvalid and says why not. With fourEyes only an article in review
// is published, and by somebody other than the one who saved it. A draft, or one that
// is sent back, leaves the revision that visitors get in place; an article taken out
// of published does not.
func (a Article) Move(next Status, by string, fourEyes bool) (Article, error) {
	switch {
	case next == a.Status:
		return a, fmt.Errorf("%w: the article is %s already", ErrMove, a.Status.words())
	case !slices.Contains(a.Status.Next(), next):
		return a, fmt.Errorf("%w: an article that is %s cannot become %s", ErrMove, a.Status.words(), next.words())
	}
	if next == StatusInReview || next == StatusPublished {
		if err := a.Validate(); err != nil {
			return a, err
		}
	}
	if next == StatusPublished && fourEyes {
		if a.Status != StatusInReview {
			return a, fmt.Errorf("%w: send it to review first", ErrFourEyes)
		}
		if a.SavedBy == by {
			return a, fmt.Errorf("%w: %s wrote this revision, so somebody else publishes it", ErrFourEyes, by)
		}
	}
	a.Status = next
	return a, nil
}

// words are the status as people say it.
func (s Status) words() string {
	switch s {
	case StatusDraft:
		return "a draft"
	case StatusInReview:
		return "in review"
	case StatusPublished, StatusRetired:
		return string(s)
	}
	return fmt.Sprintf("%q, which is no status", string(s))
}
