package bot

import (
	"fmt"
	"io/fs"
	"math"
	"slices"
	"strconv"
	"strings"

	"emma/knowledge"
)

// The kinds of messages that the model tells apart. "other" is everything that is left to
// the knowledge base: general questions.
const (
	kindPerson  = "wants_person"
	kindCase    = "case_specific"
	kindSafety  = "safety"
	kindLegal   = "legal_advice"
	kindAbuse   = "abusive"
	kindTalk    = "smalltalk"
	kindOutside = "out_of_scope"
	kindGeneral = "general"
)

// kinds are the kinds in the order of the columns of kinds.tsv.
func kinds() []string {
	return []string{kindPerson, kindCase, kindSafety, kindLegal, kindAbuse, kindTalk, kindOutside, kindGeneral}
}

// limit says from which probability on a message is of a kind.
type limit struct {
	sure    float64 // the model alone
	strange float64 // the model alone, when it knows few of the words
	listed  float64 // when one of the lists says so too
}

// limitOf is held to the bars of the labelled messages and of other domains: for danger a
// miss costs most, for the others a false alarm does too.
func limitOf(kind string) limit {
	switch kind {
	case kindSafety:
		return limit{sure: 0.3, strange: 0.5, listed: 0.02}
	case kindPerson:
		return limit{sure: 0.4, strange: 0.6, listed: 0.15}
	case kindCase:
		return limit{sure: 0.35, strange: 0.6, listed: 0.35}
	case kindLegal:
		return limit{sure: 0.25, strange: 0.25, listed: 0.15}
	case kindAbuse:
		return limit{sure: 0.4, strange: 0.4, listed: 0.2}
	case kindTalk:
		return limit{sure: 0.5, strange: 0.5, listed: 0.2}
	}
	// Nothing is answered that is more likely another office's matter than not.
	return limit{sure: 0.5, strange: 0.5, listed: 0.5}
}

// model tells kinds of messages apart: multinomial logistic regression (softmax) over
// words, pairs of words and the signals of the lists. The weights are fitted on the
// fitting halves of testdata/decisions.jsonl and elsewhere.jsonl and on the wordings of the
// starter base (go test ./bot -run TestFitOfTheModel -fit). It is immutable.
type model struct {
	weights map[string][]float32 // one column per kind
	stops   map[string]bool      // words that say little about a topic, of both languages
}

// weightScale is how many steps of a stored weight make one.
const weightScale = 20

// readModel reads kinds.tsv: one sign per line, then a whole number per kind. The error
// names the line.
func readModel(folder fs.FS) (model, error) {
	content, err := fs.ReadFile(folder, "kinds.tsv")
	if err != nil {
		return model{}, fmt.Errorf("reading phrases: %w", err)
	}
	m := model{weights: map[string][]float32{}, stops: map[string]bool{}}
	for _, language := range []string{knowledge.English, knowledge.Spanish} {
		for _, w := range knowledge.StopWords(language) {
			m.stops[w] = true
		}
	}
	columns := len(kinds())
	number := 0
	for line := range strings.Lines(string(content)) {
		number++
		if strings.HasPrefix(line, "#") {
			continue
		}
		fields := strings.Fields(line)
		if len(fields) != columns+1 {
			return model{}, fmt.Errorf("phrases kinds.tsv, line %d: want a sign and %d numbers", number, columns)
		}
		row := make([]float32, columns)
		for i, f := range fields[1:] {
			n, err := strconv.Atoi(f)
			if err != nil {
				return model{}, fmt.Errorf("phrases kinds.tsv, line %d: %q is no whole number", number, f)
			}
			row[i] = float32(n) / weightScale
		}
		m.weights[fields[0]] = row
	}
	return m, nil
}

// strange reports whether at least half of the words that say something about the topic
// are new to the model. What is left to it then is how a message is built, and in every
// domain people build requests alike: "set a timer" as "get a person".
func (m model) strange(said []string, common func(string) string) bool {
	unknown, telling := 0, 0
	for _, w := range said {
		if m.stops[w] {
			continue
		}
		telling++
		if m.weights[common(w)] == nil {
			unknown++
		}
	}
	return unknown > 0 && 2*unknown >= telling
}

// probabilities of each kind, in the order of kinds.
func (m model) probabilities(signs []string) []float64 {
	z := make([]float64, len(kinds()))
	for _, s := range signs {
		for k, w := range m.weights[s] {
			z[k] += float64(w)
		}
	}
	return softmax(z)
}

func softmax(z []float64) []float64 {
	most := slices.Max(z)
	sum := 0.0
	for i := range z {
		z[i] = math.Exp(z[i] - most)
		sum += z[i]
	}
	for i := range z {
		z[i] /= sum
	}
	return z
}
