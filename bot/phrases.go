package bot

import (
	"embed"
	"encoding/json"
	"fmt"
	"html"
	"io/fs"
	"strings"

	"emma/knowledge"
)

//go:embed phrases
var embedded embed.FS

// Phrases are what Emma says and the words that she listens for. They are data: a
// folder of text and JSON files that an agency may replace. The value is immutable.
type Phrases struct {
	say      map[string]map[string]string // language, key
	signals  *signals
	articles articleIDs
	model    *model
	ear      *ear
	about    []PhraseAbout
	triggers []Trigger
}

// articleIDs are the articles of the knowledge base that rules lead to. Where none
// of a list is published, Emma says a phrase instead.
type articleIDs struct {
	Safety map[string][]string `json:"safety"` // by kind of danger, best first
	Legal  []string            `json:"legal"`
	// SafetyTopic is the topic whose first article serves when no other does.
	SafetyTopic string `json:"safety_topic"`
}

// DefaultPhrases returns the phrases that come with the program.
func DefaultPhrases() (Phrases, error) {
	folder, err := fs.Sub(embedded, "phrases")
	if err != nil {
		return Phrases{}, fmt.Errorf("opening the built-in phrases: %w", err)
	}
	return ReadPhrases(folder)
}

// ReadPhrases reads a folder with en.json and es.json (Emma's sentences by name), the
// lists *.txt of the words she listens for, articles.json (the articles that rules
// lead to), kinds.tsv (the weights of the signs of each kind of message) and
// language.json (letters that tell the languages apart), about.json (when each sentence
// is said) and triggers.json (what editors may add wordings to). The error names the file.
func ReadPhrases(folder fs.FS) (Phrases, error) {
	p := Phrases{say: map[string]map[string]string{}}
	for _, language := range []string{knowledge.English, knowledge.Spanish} {
		said := map[string]string{}
		if err := readJSON(folder, language+".json", &said); err != nil {
			return Phrases{}, err
		}
		p.say[language] = said
	}
	heard, err := readLists(folder)
	if err != nil {
		return Phrases{}, err
	}
	if p.signals, err = compileSignals(heard); err != nil {
		return Phrases{}, fmt.Errorf("phrases: %w", err)
	}
	if err := readJSON(folder, "articles.json", &p.articles); err != nil {
		return Phrases{}, err
	}
	if p.model, err = readModel(folder); err != nil {
		return Phrases{}, err
	}
	var letters grams
	if err := readJSON(folder, "language.json", &letters); err != nil {
		return Phrases{}, err
	}
	p.ear = newEar(p.signals, p.model, letters)
	if err := readJSON(folder, "about.json", &p.about); err != nil {
		return Phrases{}, err
	}
	if err := readJSON(folder, "triggers.json", &p.triggers); err != nil {
		return Phrases{}, err
	}
	return p, nil
}

func readJSON(folder fs.FS, name string, into any) error {
	content, err := fs.ReadFile(folder, name)
	if err != nil {
		return fmt.Errorf("reading phrases: %w", err)
	}
	if err := json.Unmarshal(content, into); err != nil {
		return fmt.Errorf("phrases %s: %w", name, err)
	}
	return nil
}

// Say returns one of Emma's sentences by its name, in English where the language has
// none, and "" for a name that does not exist.
func (p Phrases) Say(key, language string) string {
	if text, ok := p.say[language][key]; ok {
		return text
	}
	return p.say[knowledge.English][key]
}

// paragraph turns plain text into the HTML of a message.
func paragraph(text string) string {
	if text == "" {
		return ""
	}
	var b strings.Builder
	for part := range strings.SplitSeq(text, "\n\n") {
		b.WriteString("<p>" + strings.ReplaceAll(html.EscapeString(part), "\n", "<br>") + "</p>")
	}
	return b.String()
}
