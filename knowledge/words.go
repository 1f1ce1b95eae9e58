package knowledge

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/english"
	"github.com/blevesearch/snowballstem/spanish"
	"golang.org/x/text/unicode/norm"
)

// maxWords bounds the work on one text; what follows is not looked at.
const maxWords = 200

// word is one token of a text.
type word struct {
	*lemma
	group bool // not in the text: the name of a synonym group that it mentions
	// concepts are the everyday meanings that begin at this word.
	concepts []string
}

// reader splits texts of one language into words. It is immutable.
type reader struct {
	language string
	stops    map[string]bool
	synonyms *thesaurus // wordings of the domain: they count as a word of their own
	everyday *thesaurus // wordings of everyday language: they count as a hint
	vectors  vectors    // how the words are used
	lemmas   *lemmas    // what was read lately
}

// newReader is a reader with some synonyms, or those that come with the program where
// they are nil.
func newReader(language string, groups []Synonyms) *reader {
	r := plainReader(language)
	r.everyday = readThesaurus(r, "synonyms/everyday_"+language+".txt")
	if language == English {
		var err error
		if r.vectors, err = openVectors(englishVectors); err != nil {
			panic("the embedded vectors cannot be read: " + err.Error())
		}
	}
	if groups == nil {
		r.synonyms = readThesaurus(r, "synonyms/"+language+".txt")
		return r
	}
	var words [][]string
	for _, g := range groups {
		if g.Language == "" || g.Language == language {
			words = append(words, g.Words)
		}
	}
	r.synonyms = newThesaurus(r, "synonyms", words)
	return r
}

// plainReader knows no synonyms.
func plainReader(language string) *reader {
	r := &reader{language: language, stops: map[string]bool{}, lemmas: &lemmas{}}
	for w := range strings.FieldsSeq(stopWords(language)) {
		r.stops[w] = true
	}
	return r
}

// stems are the words of a text as they are compared.
func (r *reader) stems(text string) []string {
	var stems []string
	for _, plain := range r.split(nil, text) {
		stems = append(stems, r.stem(plain))
	}
	return stems
}

// words returns the words of a text in order, form numbers as one word and the number
// alone ("I-485" gives "i485" and "485"), and after them the names of the synonym
// groups that the text mentions.
func (r *reader) words(text string) []word {
	return r.read(nil, r.split(nil, text))
}

// read appends the words for plain words; the first words of the result are those.
func (r *reader) read(out []word, plain []string) []word {
	out = slices.Grow(out, len(plain)+4)
	for _, p := range plain {
		out = append(out, word{lemma: r.lemma(p)})
	}
	for i := range out {
		w := &out[i]
		w.concepts = at(w.synonyms, at(w.everyday, nil, out[i:]), out[i:])
	}
	return names(out)
}

func (r *reader) stem(w string) string {
	if len(w) < 4 || w[len(w)-1] < 'a' {
		return w
	}
	env := snowballstem.NewEnv(w)
	if r.language == Spanish {
		spanish.Stem(env)
	} else {
		english.Stem(env)
	}
	return env.Current()
}

// split appends the plain words of a text.
func (r *reader) split(words []string, text string) []string {
	text = fold(text)
	start, joined := -1, "" // joined: letters right before this word, for form numbers
	gap := ""
	flush := func(end int) {
		if start < 0 {
			return
		}
		w := text[start:end]
		switch {
		case joined != "" && isNumber(w) && len(w) >= 2 && len(w) <= 4 && (gap == "-" || formSeries(joined)):
			words[len(words)-1] = joined + w
			words = append(words, w)
		default:
			words = append(words, w)
			if letters, digits := cutForm(w); digits != "" && formSeries(letters) {
				words = append(words, digits)
			}
		}
		joined = ""
		if len(w) <= 3 && !strings.ContainsAny(w, "0123456789") {
			joined = w
		}
		start, gap = -1, ""
	}
	for i, c := range text {
		if len(words) >= maxWords {
			return words[:maxWords]
		}
		if unicode.IsLetter(c) || unicode.IsDigit(c) {
			if start < 0 {
				start = i
				if gap != "-" && gap != " " {
					joined = ""
				}
			}
			continue
		}
		flush(i)
		gap += string(c)
	}
	flush(len(text))
	return words
}

// fold lowers a text and removes accents, apostrophes and what is not text.
func fold(text string) string {
	var b strings.Builder
	b.Grow(len(text))
	ascii := true
	for i := 0; i < len(text); i++ {
		if text[i] >= utf8.RuneSelf {
			ascii = false
			break
		}
	}
	if !ascii {
		text = norm.NFKD.String(strings.ToValidUTF8(text, " "))
	}
	for _, c := range text {
		switch {
		case c == '\'' || c == '’' || c == '‘' || c == '`' || c == '´':
		case c < utf8.RuneSelf:
			if c >= 'A' && c <= 'Z' {
				c += 'a' - 'A'
			}
			b.WriteByte(byte(c))
		case unicode.Is(unicode.Mn, c) || unicode.Is(unicode.Cf, c):
		case unicode.Is(unicode.Pd, c):
			b.WriteByte('-')
		default:
			b.WriteRune(unicode.ToLower(c))
		}
	}
	return b.String()
}

func isNumber(w string) bool {
	for i := range len(w) {
		if w[i] < '0' || w[i] > '9' {
			return false
		}
	}
	return w != ""
}

// formSeries are the letters that begin the numbers of forms even where they are
// written apart or in one word.
func formSeries(letters string) bool {
	switch letters {
	case "i", "n", "g", "ar", "ds":
		return true
	}
	return false
}

func cutForm(w string) (letters, digits string) {
	i := strings.IndexAny(w, "0123456789")
	if i < 1 || i > 2 || len(w)-i < 2 || len(w)-i > 4 || !isNumber(w[i:]) {
		return "", ""
	}
	return w[:i], w[i:]
}
