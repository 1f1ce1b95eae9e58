package knowledge

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"
)

// Normal returns the article as files and the store keep it: texts without white
// space around them, lines that end with \n, no empty alternates, each alternate
// once. Content that looks the same is the same after it.
func (a Article) Normal() Article {
	for _, text := range []*string{&a.ID, &a.Language, &a.Topic, &a.Question, &a.Answer, &a.Source.Title, &a.Source.URL, &a.Route,
		&a.ReviewBy, &a.EffectiveFrom, &a.ExpiresOn, &a.Owner, &a.Flag} {
		*text = strings.TrimSpace(strings.ReplaceAll(*text, "\r\n", "\n"))
	}
	a.Alternates, a.FollowUps = trimmed(a.Alternates), trimmed(a.FollowUps)
	return a
}

// trimmed is the list without white space around its entries, empty entries and
// repetitions; nil when nothing is left.
func trimmed(list []string) []string {
	var out []string
	seen := make(map[string]bool, len(list))
	for _, entry := range list {
		if entry = strings.TrimSpace(entry); entry != "" && !seen[entry] {
			seen[entry] = true
			out = append(out, entry)
		}
	}
	return out
}

// Same reports whether two articles hold the same content; who saved them, when and
// where they stand does not matter.
func (a Article) Same(b Article) bool {
	return reflect.DeepEqual(a.Normal().content(), b.Normal().content())
}

func (a Article) content() Article {
	a.Revision, a.Change, a.Status, a.SavedAt, a.SavedBy = 0, 0, "", time.Time{}, ""
	return a
}

// Finding is something in the links between articles that an editor should mend.
type Finding struct {
	Article Article
	Text    string // a sentence
	// Broken says that visitors would meet a dead end; the rest are hints.
	Broken bool
}

// Links looks at what ties articles together: follow-ups that lead nowhere are
// broken; a follow-up that the article's language does not have, and an article that
// only one language has, are hints. Retired articles count as absent. The order is
// that of the articles.
func Links(articles []Article) []Finding {
	languages := map[string][]string{}
	for _, a := range articles {
		if a.Status != StatusRetired {
			languages[a.ID] = append(languages[a.ID], a.Language)
		}
	}
	var found []Finding
	for _, a := range articles {
		if a.Status == StatusRetired {
			continue
		}
		for _, id := range a.FollowUps {
			switch in := languages[id]; {
			case len(in) == 0:
				found = append(found, Finding{a, fmt.Sprintf("the follow-up %s does not exist", id), true})
			case !slices.Contains(in, a.Language):
				found = append(found, Finding{a, fmt.Sprintf("the follow-up %s has no version in this language (%s)", id, a.Language), false})
			}
		}
		if len(languages[a.ID]) == 1 {
			found = append(found, Finding{a, fmt.Sprintf("there is no version in the other language, only in %s", a.Language), false})
		}
	}
	return found
}
