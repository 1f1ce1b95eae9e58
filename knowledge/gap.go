package knowledge

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// Gap is a group of questions for which something is missing: alike ones, or those
// whose answer from one article did not help.
type Gap struct {
	// Article is set for a gap of answers that did not help: it is the article to review.
	Article  string
	Language string  // of Title
	Title    string  // the question that is most like all others
	Open     []Asked // oldest first
	// Visitors is how many different visitors asked: the number that one edit helps.
	Visitors int
	// Before are closings of questions like these; the gap came back after them.
	Before []string
}

// Last is when it was asked last.
func (g Gap) Last() time.Time { return g.Open[len(g.Open)-1].At }

// Gaps groups what was asked, oldest first, into gaps, those that help most visitors
// first. A question that only one visitor put to an agent is left out: it may be about
// that visitor alone. Groups are made by likeness of words, never across languages.
// The work grows with the number of questions times the length of the longest group list
// of a word.
func Gaps(asked []Asked) []Gap {
	var gaps []Gap
	byArticle := map[string]*Gap{}
	byLanguage := map[string][]Asked{}
	for _, a := range asked {
		switch {
		case !a.Gap():
		case a.Outcome == OutcomeUnhelpful:
			g := byArticle[a.Article]
			if g == nil {
				g = &Gap{Article: a.Article, Language: a.Language}
				byArticle[a.Article] = g
			}
			g.add(a)
		default:
			byLanguage[a.Language] = append(byLanguage[a.Language], a)
		}
	}
	for _, g := range byArticle {
		gaps = append(gaps, *g)
	}
	for language, list := range byLanguage {
		gaps = append(gaps, cluster(newReader(language, nil), list)...)
	}
	for i := range gaps {
		gaps[i].Visitors = visitors(gaps[i].Open)
		if gaps[i].Title == "" && len(gaps[i].Open) > 0 {
			gaps[i].Title = gaps[i].Open[len(gaps[i].Open)-1].Text
		}
	}
	gaps = slices.DeleteFunc(gaps, func(g Gap) bool { return len(g.Open) == 0 || g.private() })
	slices.SortFunc(gaps, func(a, b Gap) int {
		return cmp.Or(cmp.Compare(b.Visitors, a.Visitors), b.Last().Compare(a.Last()), strings.Compare(a.Title, b.Title))
	})
	return gaps
}

func (g *Gap) add(a Asked) {
	if a.Closing == "" {
		g.Open = append(g.Open, a)
	} else if !slices.Contains(g.Before, a.Closing) {
		g.Before = append(g.Before, a.Closing)
	}
}

// private reports whether nobody but one visitor of an agent asked it.
func (g Gap) private() bool {
	return g.Visitors < 2 && !slices.ContainsFunc(g.Open, func(a Asked) bool { return a.Outcome != OutcomeAgent })
}

func visitors(asked []Asked) int {
	seen := map[string]bool{}
	for _, a := range asked {
		seen[a.Visitor] = true
	}
	return len(seen)
}

// Wordings are different ways in which the questions of the gap were put, those asked
// by most visitors first, at most limit: fit to be alternates of an article.
func (g Gap) Wordings(limit int) []string {
	type wording struct {
		text  string
		times int
	}
	var all []*wording
	byText := map[string]*wording{}
	for _, a := range g.Open {
		if strings.ContainsRune(a.Text, '[') || len([]rune(a.Text)) > MaxQuestion || strings.TrimSpace(a.Text) == "" {
			continue
		}
		key := strings.Join(strings.FieldsFunc(fold(a.Text), func(r rune) bool { return !isWordRune(r) }), " ")
		if w := byText[key]; w != nil {
			w.times++
			continue
		}
		w := &wording{a.Text, 1}
		byText[key] = w
		all = append(all, w)
	}
	slices.SortStableFunc(all, func(a, b *wording) int { return cmp.Compare(b.times, a.times) })
	var out []string
	for _, w := range all[:min(limit, len(all))] {
		out = append(out, w.text)
	}
	return out
}

// Replies are what agents answered to the questions of the gap, the longest first, at
// most limit.
func (g Gap) Replies(limit int) []string {
	var all []string
	for _, a := range g.Open {
		if a.Reply != "" && !slices.Contains(all, a.Reply) {
			all = append(all, a.Reply)
		}
	}
	slices.SortStableFunc(all, func(a, b string) int { return cmp.Compare(len(b), len(a)) })
	return all[:min(limit, len(all))]
}

// Chosen is the article that most visitors chose when Emma offered choices, or empty.
func (g Gap) Chosen() string {
	times := map[string]int{}
	best := ""
	for _, a := range g.Open {
		if a.Outcome != OutcomeUnsure || a.Article == "" {
			continue
		}
		times[a.Article]++
		if times[a.Article] > times[best] || times[a.Article] == times[best] && a.Article < best {
			best = a.Article
		}
	}
	return best
}
