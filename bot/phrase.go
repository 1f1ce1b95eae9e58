package bot

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"emma/knowledge"
)

// PhraseAbout says when Emma says a phrase, for those who change it.
type PhraseAbout struct {
	Key   string `json:"key"`
	Group string `json:"group"`
	When  string `json:"when"`
}

// PhraseError says what is wrong with the text of a phrase in a language.
type PhraseError struct{ Language, Text string }

func (e *PhraseError) Error() string { return e.Text }

// errNoPhrase says that there is no phrase of a name.
var errNoPhrase = errors.New("there is no such phrase")

// longestPhrase bounds a phrase, in characters.
const longestPhrase = 1000

// About lists the phrases that editors may change, in the order in which they belong
// together.
func (p Phrases) About() []PhraseAbout { return slices.Clone(p.about) }

// HasPhrase reports whether there is a phrase of that name.
func (p Phrases) HasPhrase(key string) bool {
	_, ok := p.say[knowledge.English][key]
	return ok
}

// Places lists the names in braces that stand for values in a phrase, sorted.
func (p Phrases) Places(key string) []string { return places(p.say[knowledge.English][key]) }

func places(text string) []string {
	found := []string{}
	for _, name := range regexp.MustCompile(`\{[^{}]*\}`).FindAllString(text, -1) {
		found = append(found, strings.Trim(name, "{}"))
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// CheckPhrase returns a *PhraseError unless the texts can stand for a phrase: one in
// each language, with the same places as those that came with the program.
func (p Phrases) CheckPhrase(key string, texts map[string]string) error {
	if !p.HasPhrase(key) {
		return fmt.Errorf("%w: %.60q", errNoPhrase, key)
	}
	wanted := p.Places(key)
	for _, language := range []string{knowledge.English, knowledge.Spanish} {
		text := texts[language]
		wrong := func(format string, args ...any) error { return &PhraseError{language, fmt.Sprintf(format, args...)} }
		name := map[string]string{knowledge.English: "English", knowledge.Spanish: "Spanish"}[language]
		switch {
		case strings.TrimSpace(text) == "":
			return wrong("The %s text is empty. Emma needs one in both languages.", name)
		case utf8.RuneCountInString(text) > longestPhrase:
			return wrong("The %s text is longer than %d characters.", name, longestPhrase)
		case strings.ContainsFunc(text, func(r rune) bool { return r != '\n' && unicode.IsControl(r) }):
			return wrong("The %s text holds signs that cannot be shown.", name)
		}
		has := places(text)
		for _, place := range wanted {
			if !slices.Contains(has, place) {
				return wrong("The %s text needs {%s}: Emma puts a value there.", name, place)
			}
		}
		for _, place := range has {
			if !slices.Contains(wanted, place) {
				return wrong("The %s text has {%s}, which Emma does not know here.", name, place)
			}
		}
	}
	if len(texts) != 2 {
		return &PhraseError{knowledge.English, "Emma speaks English and Spanish only: en and es."}
	}
	return nil
}
