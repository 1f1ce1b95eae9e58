package knowledge

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
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
	synonyms []Synonyms          // nil: those that come with the program
}

// edition is the published base in one language.
type edition struct {
	language string
	entries  []*entry // in the order of their ids
	byID     map[string]*entry
	place    map[string]int // by key, where it stands in entries
	topics   []Topic
	reader   *reader
}

// entry is one published article, the names in its braces filled in. It is rendered when it
// is first shown, since most of a large base never is.
type entry struct {
	Article
	original    [2]string // question and answer with their braces
	fingerprint string    // of what is searched: the same text gives the same
	written     string    // the same of the article as it was written, with its braces
	render      func() (html, plain string)
}

func newEntry(a Article, lexis string, fill *strings.Replacer, p *page) *entry {
	e := &entry{Article: a, original: [2]string{a.Question, a.Answer}, written: fingerprint(a, lexis)}
	e.Question, e.Answer = filled(fill, a.Question), filled(fill, a.Answer)
	if e.fingerprint = e.written; e.Question != a.Question || e.Answer != a.Answer {
		e.fingerprint = fingerprint(e.Article, lexis)
	}
	e.render = sync.OnceValues(func() (string, string) { return p.render(e.Answer) })
	return e
}

// filled puts the values in; a text without any is not copied.
func filled(fill *strings.Replacer, text string) string {
	if !strings.Contains(text, "{") {
		return text
	}
	return fill.Replace(text)
}

// asWritten is the article with its braces.
func (e *entry) asWritten() Article {
	a := e.Article
	a.Question, a.Answer = e.original[0], e.original[1]
	return a
}

// fingerprint is that of what is searched of an article, read with some synonyms.
func fingerprint(a Article, lexis string) string {
	h := sha256.New()
	_, _ = fmt.Fprintf(h, "%d%s\x00", recipe, lexis) // a hash takes everything
	for _, text := range append([]string{a.Question, a.Answer}, a.Alternates...) {
		_, _ = io.WriteString(h, text+"\x00")
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// leaf reads what is compared of the entry.
func (e *edition) leaf(article int) leaf {
	entry := e.entries[article]
	l := leaf{texts: make([]*sketch, 0, len(entry.Alternates)+1)}
	l.texts = append(l.texts, e.reader.sketch(entry.Question))
	for _, text := range entry.Alternates {
		l.texts = append(l.texts, e.reader.sketch(text))
	}
	l.body = e.reader.terms(e.reader.terms(nil, entry.Question), entry.Answer)
	return l
}

// leaves are those of all articles.
func (e *edition) leaves() []leaf {
	all := make([]leaf, len(e.entries))
	for a := range all {
		all[a] = e.leaf(a)
	}
	return all
}

func (e *entry) published() Published {
	html, plain := e.render()
	return Published{Article: e.Article, HTML: html, Text: plain}
}

// with returns the shelf after changes; changed names the languages it touched.
func (s *shelf) with(articles []Article, change int64, fill *strings.Replacer, p *page) (next *shelf, changed []string) {
	next = &shelf{change: change, editions: maps.Clone(s.editions), synonyms: s.synonyms}
	lexis := lexis(s.synonyms)
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
			entries[a.ID] = newEntry(a, lexis, fill, p)
		} else {
			delete(entries, a.ID)
		}
	}
	for language, entries := range touched {
		next.editions[language] = newEdition(language, entries, s.synonyms)
	}
	return next, slices.Sorted(maps.Keys(touched))
}

// reading returns the shelf as it is read with other synonyms.
func (s *shelf) reading(groups []Synonyms, fill *strings.Replacer, p *page) *shelf {
	next := &shelf{change: s.change, editions: map[string]*edition{}, synonyms: groups}
	lexis := lexis(groups)
	for language, e := range s.editions {
		entries := make(map[string]*entry, len(e.byID))
		for id, old := range e.byID {
			entries[id] = newEntry(old.asWritten(), lexis, fill, p)
		}
		next.editions[language] = newEdition(language, entries, groups)
	}
	return next
}

func newEdition(language string, byID map[string]*entry, groups []Synonyms) *edition {
	e := &edition{language: language, reader: newReader(language, groups), byID: byID, entries: make([]*entry, 0, len(byID)), place: make(map[string]int, len(byID))}
	articles := make([]Article, 0, len(byID))
	for _, id := range slices.Sorted(maps.Keys(byID)) {
		e.place[byID[id].Key()] = len(e.entries)
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

// filler replaces names in braces such as {phone} by the values of the settings; ones
// without a value stay as they are.
func filler(settings map[string]string) *strings.Replacer {
	var pairs []string
	for _, name := range slices.Sorted(maps.Keys(settings)) {
		pairs = append(pairs, "{"+name+"}", settings[name])
	}
	return strings.NewReplacer(pairs...)
}

// fingerprints are those of all entries, by key.
func (s *shelf) fingerprints() map[string]string {
	all := map[string]string{}
	for _, e := range s.editions {
		for _, entry := range e.entries {
			all[entry.Key()] = entry.fingerprint
		}
	}
	return all
}

// fingerprint is that of the whole edition, in order.
func (e *edition) fingerprint() string {
	return e.digest(func(entry *entry) string { return entry.fingerprint })
}

// written is the same of the articles as they were written.
func (e *edition) written() string {
	return e.digest(func(entry *entry) string { return entry.written })
}

func (e *edition) digest(of func(*entry) string) string {
	h := sha256.New()
	for _, entry := range e.entries {
		_, _ = io.WriteString(h, entry.ID+" "+of(entry)+"\n") // a hash takes everything
	}
	return hex.EncodeToString(h.Sum(nil))
}
