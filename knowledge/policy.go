package knowledge

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"
	"unicode/utf8"
)

// Policy is what editors set for the base as a whole. The zero value is what comes with
// the program.
type Policy struct {
	// Target is the share of Emma's answers that shall be right; 0 means that of the
	// Config.
	Target float64
	// Synonyms are the groups of wordings for one thing; nil means those that come with
	// the program.
	Synonyms []Synonyms
}

// Synonyms are wordings, of one or several words each, that mean the same.
type Synonyms struct {
	// Language is where they hold: en, es, or empty for both.
	Language string   `json:"language"`
	Words    []string `json:"words"`
}

// Bounds of what may be set.
const (
	LeastTarget, MostTarget = 0.80, 0.99
	MostSynonyms            = 1000 // groups
	mostWords               = 40   // wordings in a group
	mostWording             = 60   // characters
)

// Rulings keeps the policy. It is implemented by the SQL store.
type Rulings interface {
	// Policy returns what is in force.
	Policy(ctx context.Context) (Policy, error)
	// Rulings tell who set what when; the zero Ruling stands for what nobody set.
	Rulings(ctx context.Context) (target, synonyms Ruling, err error)
	// SetTarget and SetSynonyms put another value in force, on every node. The revision
	// must be the present one (0 when nobody set it), else ErrStale.
	SetTarget(ctx context.Context, target float64, revision int64, by string) error
	SetSynonyms(ctx context.Context, groups []Synonyms, revision int64, by string) error
	// NotePrecision keeps a mark of the time line, once; Precision lists the latest ones,
	// newest first.
	NotePrecision(ctx context.Context, m Mark) error
	Precision(ctx context.Context, limit int) ([]Mark, error)
	// NoteCorrection keeps a version of a language's correction when it differs from the last one;
	// Corrections lists the versions, newest first.
	NoteCorrection(ctx context.Context, language string, c Correction) error
	Corrections(ctx context.Context, limit int) ([]CorrectionVersion, error)
}

// Ruling says who set something when.
type Ruling struct {
	Revision int64  `json:"revision"`
	By       string `json:"by"`
	At       int64  `json:"at"` // Unix milliseconds
}

// Mark is what was promised from a moment on.
type Mark struct {
	At       int64   `json:"at"` // Unix milliseconds
	Language string  `json:"language"`
	Change   int64   `json:"change"` // of the base
	Target   float64 `json:"target"`
	Answer   float64 `json:"answer"`
	Achieved float64 `json:"achieved"`
	Bound    float64 `json:"bound"`
	Coverage float64 `json:"coverage"`
}

// CorrectionVersion is a correction that was in force from At on, counted from 1.
type CorrectionVersion struct {
	Language string `json:"language"`
	Version  int64  `json:"version"`
	Correction
}

// ValidTarget says in a sentence what is wrong with a target.
func ValidTarget(target float64) error {
	if !(target >= LeastTarget && target <= MostTarget) {
		return invalid("the target is between %.0f and %.0f of 100 answers", 100*LeastTarget, 100*MostTarget)
	}
	return nil
}

// ValidSynonyms tidies groups, or says in a sentence what is wrong with them.
func ValidSynonyms(groups []Synonyms) ([]Synonyms, error) {
	if len(groups) > MostSynonyms {
		return nil, invalid("there are more than %d groups", MostSynonyms)
	}
	tidy := make([]Synonyms, 0, len(groups))
	places := map[string]int{}
	for n, g := range groups {
		g.Words = slices.Clone(g.Words)
		for i := range g.Words {
			g.Words[i] = strings.Join(strings.Fields(g.Words[i]), " ")
		}
		g.Words = slices.DeleteFunc(g.Words, func(w string) bool { return w == "" })
		switch {
		case g.Language != "" && g.Language != English && g.Language != Spanish:
			return nil, invalid("the language %q of group %d is not one of en, es", g.Language, n+1)
		case len(g.Words) < 2:
			return nil, invalid("group %d needs at least two wordings that mean the same", n+1)
		case len(g.Words) > mostWords:
			return nil, invalid("the group of %q has more than %d wordings", g.Words[0], mostWords)
		}
		for _, w := range g.Words {
			if err := validLine("wording", w); err != nil {
				return nil, err
			}
			if utf8.RuneCountInString(w) > mostWording || strings.ContainsAny(w, ",") {
				return nil, invalid("the wording %.40q has a comma or more than %d characters", w, mostWording)
			}
			for _, language := range []string{English, Spanish} {
				if g.Language != "" && g.Language != language {
					continue
				}
				r := plainReader(language)
				plain := strings.Join(r.stems(w), " ")
				if plain == "" {
					return nil, invalid("the wording %q has no letters", w)
				}
				if stems := r.split(nil, w); len(stems) == 1 && r.stops[stems[0]] {
					return nil, invalid("the word %q is in almost every question, so it can stand for nothing", w)
				}
				if other, twice := places[language+" "+plain]; twice && other != n {
					return nil, invalid("%q is in two groups, those of %q and %q: put them together", w, tidy[other].Words[0], g.Words[0])
				}
				places[language+" "+plain] = n
			}
		}
		tidy = append(tidy, g)
	}
	return tidy, nil
}

// UsualSynonyms are the groups that come with the program.
func UsualSynonyms() []Synonyms {
	var groups []Synonyms
	for _, language := range []string{English, Spanish} {
		content, err := synonymFiles.ReadFile("synonyms/" + language + ".txt")
		if err != nil {
			continue
		}
		for _, words := range groupsOf(string(content)) {
			groups = append(groups, Synonyms{Language: language, Words: words})
		}
	}
	return groups
}

// lexis is the fingerprint of groups: empty for those that come with the program.
func lexis(groups []Synonyms) string {
	if groups == nil {
		return ""
	}
	content, err := json.Marshal(groups)
	if err != nil {
		return err.Error() // cannot be: they are texts
	}
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}
