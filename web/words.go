package web

import (
	"bytes"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
)

//go:embed src/widget/words
var widgetWords embed.FS

// Words are texts of the widget that an agency has written: by language ("fr"), then by
// name as in src/widget/words/word.ts. English and Spanish are there; of them a file
// holds what shall be different. A further language needs all names.
type Words map[string]map[string]string

// Validate returns an error that says what is missing or wrong, or nil.
func (w Words) Validate() error {
	names, english, err := ownWords()
	if err != nil {
		return err
	}
	var errs []error
	tag := regexp.MustCompile(`^[a-z]{2,3}$`)
	for _, language := range slices.Sorted(maps.Keys(w)) {
		if !tag.MatchString(language) {
			errs = append(errs, fmt.Errorf("%q is not a language such as fr: name the file after it, fr.json", language))
		}
		for _, name := range slices.Sorted(maps.Keys(w[language])) {
			i := slices.Index(names, name)
			if i < 0 {
				errs = append(errs, fmt.Errorf("%s: there is no text of the name %q", language, name))
				continue
			}
			for _, gap := range gaps(w[language][name]) {
				if !strings.Contains(english[i], gap) && gap != "{name}" {
					errs = append(errs, fmt.Errorf("%s: %s cannot hold %s; the English text is %q", language, name, gap, english[i]))
				}
			}
		}
		if language == "en" || language == "es" {
			continue
		}
		missing := slices.DeleteFunc(slices.Clone(names), func(name string) bool { return w[language][name] != "" })
		if len(missing) > 0 {
			errs = append(errs, fmt.Errorf("%s: these texts are missing: %s", language, strings.Join(missing, ", ")))
		}
	}
	return errors.Join(errs...)
}

// dress puts the texts, which must be valid, into the widget's script.
func (w Words) dress(script []byte) ([]byte, error) {
	if len(w) == 0 {
		return script, nil
	}
	names, _, err := ownWords()
	if err != nil {
		return nil, err
	}
	chosen := map[string]map[int]string{}
	for language, texts := range w {
		chosen[language] = map[int]string{}
		for name, text := range texts {
			chosen[language][slices.Index(names, name)] = text
		}
	}
	encoded, err := json.Marshal(chosen)
	if err != nil {
		return nil, fmt.Errorf("encoding the words: %w", err)
	}
	var out bytes.Buffer
	out.WriteString("(()=>{const emmaWords=")
	for _, r := range string(encoded) { // ASCII, whatever the page says of its own letters
		if r < 0x80 {
			out.WriteRune(r)
		} else {
			fmt.Fprintf(&out, `\u{%x}`, r)
		}
	}
	out.WriteString(";\n")
	out.Write(script)
	out.WriteString("})()\n")
	return out.Bytes(), nil
}

// ownWords are the names and the English texts, in the same order.
func ownWords() (names, english []string, err error) {
	list, err := widgetWords.ReadFile("src/widget/words/word.ts")
	if err != nil {
		return nil, nil, fmt.Errorf("reading the names of the words: %w", err)
	}
	for _, m := range regexp.MustCompile(`(?m)^\s+(\w+),`).FindAllSubmatch(list, -1) {
		names = append(names, string(m[1]))
	}
	texts, err := widgetWords.ReadFile("src/widget/words/en.json")
	if err != nil {
		return nil, nil, fmt.Errorf("reading the English words: %w", err)
	}
	if err := json.Unmarshal(texts, &english); err != nil || len(english) != len(names) {
		return nil, nil, fmt.Errorf("the English words do not fit their %d names: %w", len(names), err)
	}
	return names, english, nil
}

// gaps are the parts of a text that are filled in, such as {name}.
func gaps(text string) []string { return regexp.MustCompile(`\{\w+\}`).FindAllString(text, -1) }
