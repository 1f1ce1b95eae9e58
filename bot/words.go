package bot

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// maxWords bounds what of a message is looked at; a message has at most 4,000
// characters, which is more than this only when it is not language.
const maxWords = 1000

// words splits a text into lower-case words without accents or apostrophes: runs of
// letters or digits. "¿Cómo está mi I-485?" becomes como, esta, mi, i, 485. A letter
// that is held down ("heeelp") counts once.
func words(text string) []string {
	said := make([]byte, 0, len(text)+8) // all words in a row
	ends := make([]int, 0, 1+len(text)/6)
	start := 0 // of the word that is read
	var last rune
	run := 0
	flush := func() {
		if len(said) > start {
			ends, start = append(ends, len(said)), len(said)
		}
		last, run = 0, 0
	}
	for _, r := range norm.NFKD.String(text) {
		switch {
		case unicode.Is(unicode.Mn, r) || isApostrophe(r):
			continue
		case unicode.IsLetter(r):
			r = unicode.ToLower(r)
			if last != 0 && unicode.IsDigit(last) && !ordinalOrForm(len(said)-start) {
				flush()
			}
			if r == last {
				run++
			} else {
				run = 1
			}
			last = r
			if run > 2 {
				continue
			}
			said = utf8.AppendRune(said, r)
		case unicode.IsDigit(r):
			if last != 0 && !unicode.IsDigit(last) {
				flush()
			}
			last, run = r, 1
			said = utf8.AppendRune(said, r)
		default:
			flush()
			if len(ends) >= maxWords {
				return cut(string(said), ends)
			}
		}
	}
	flush()
	return cut(string(said), ends[:min(len(ends), maxWords)])
}

// ordinalOrForm keeps "2nd" and "485a" from being torn: letters after digits start
// a new word only when the digits are long enough to be an amount or a number.
func ordinalOrForm(digits int) bool { return digits <= 3 }

// cut returns the parts of a text that end there.
func cut(text string, ends []int) []string {
	parts := make([]string, len(ends))
	start := 0
	for i, end := range ends {
		parts[i] = text[start:end]
		start = end
	}
	return parts
}

func isApostrophe(r rune) bool {
	return r == '\'' || r == '’' || r == '‘' || r == '`' || r == '´'
}
