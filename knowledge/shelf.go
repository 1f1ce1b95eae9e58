package knowledge

import (
	"maps"
	"slices"
	"strings"
	"sync"
	"time"
)

// shelf is the published base at one value of the change counter. It is immutable:
// readers use one while the next is being made.
type shelf struct {
	change   int64
	editions map[string]*edition // by language
}

// edition is the published base in one language.
type edition struct {
	language string
	entries  []*entry // in the order of their ids
	byID     map[string]*entry
	topics   []Topic
	reader   *reader
}

// entry is one published article, its placeholders filled in. It is rendered when it
// is first shown, since most of a large base never is.
type entry struct {
	Article
	render func() (html, plain string)
	stems  func() [][]string // of the question and each alternate, without stop words
}

func newEntry(a Article, fill *strings.Replacer, p *page) *entry {
	e := &entry{Article: a}
	e.Answer = fill.Replace(a.Answer)
	e.Question = fill.Replace(a.Question)
	e.render = sync.OnceValues(func() (string, string) { return p.render(e.Answer) })
	e.stems = sync.OnceValue(func() [][]string {
		r := newReader(a.Language)
		var all [][]string
		for _, text := range append([]string{e.Question}, e.Alternates...) {
			var stems []string
			for _, w := range r.words(text) {
				if !w.stop {
					stems = append(stems, w.stem)
				}
			}
			all = append(all, stems)
		}
		return all
	})
	return e
}

func (e *entry) published() Published {
	html, plain := e.render()
	return Published{Article: e.Article, HTML: html, Text: plain}
}

// with returns the shelf after changes; changed names the languages it touched.
func (s *shelf) with(articles []Article, change int64, fill *strings.Replacer, p *page) (next *shelf, changed []string) {
	next = &shelf{change: change, editions: maps.Clone(s.editions)}
	touched := map[string]map[string]*entry{}
	for _, a := range articles {
		entries := touched[a.Language]
		if entries == nil {
			entries = map[string]*entry{}
			if old := s.editions[a.Language]; old != nil {
				entries = maps.Clone(old.byID)
			}
			touched[a.Language] = entries
		}
		if a.Status == StatusPublished {
			entries[a.ID] = newEntry(a, fill, p)
		} else {
			delete(entries, a.ID)
		}
	}
	for language, entries := range touched {
		next.editions[language] = newEdition(language, entries)
	}
	return next, slices.Sorted(maps.Keys(touched))
}

func newEdition(language string, byID map[string]*entry) *edition {
	e := &edition{language: language, reader: newReader(language), byID: byID, entries: make([]*entry, 0, len(byID))}
	articles := make([]Article, 0, len(byID))
	for _, id := range slices.Sorted(maps.Keys(byID)) {
		e.entries = append(e.entries, byID[id])
		articles = append(articles, byID[id].Article)
	}
	e.topics = menu(articles, language)
	return e
}

// current returns the topics without the articles that may not be shown today.
func (e *edition) current(now time.Time) []Topic {
	topics := make([]Topic, 0, len(e.topics))
	for _, t := range e.topics {
		var ids []string
		for _, id := range t.Articles {
			if e.byID[id].Current(now) {
				ids = append(ids, id)
			}
		}
		if len(ids) > 0 {
			topics = append(topics, Topic{ID: t.ID, Label: t.Label, Articles: ids})
		}
	}
	return topics
}

// filler replaces placeholders such as {phone} by the values of the settings; ones
// without a value stay as they are.
func filler(settings map[string]string) *strings.Replacer {
	var pairs []string
	for _, name := range slices.Sorted(maps.Keys(settings)) {
		pairs = append(pairs, "{"+name+"}", settings[name])
	}
	return strings.NewReplacer(pairs...)
}
