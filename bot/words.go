package bot

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// maxWords bounds what of a message is looked at; a message has at most 4,000
// characters, which is more than this only when it is not language.
const maxWords = 1000

// words splits a text into lower-case words without accents or apostrophes: runs of
// letters or digits. "¿Cómo está mi I-485?" becomes como, esta, mi, i, 485. A letter
// that is held down ("heeelp") counts once.
func words(text string) []string {
	out := make([]string, 0, 1+len(text)/6)
	var b strings.Builder
	var last rune
	run := 0
	flush := func() {
		if b.Len() > 0 {
			out = append(out, b.String())
			b.Reset()
		}
		last, run = 0, 0
	}
	for _, r := range norm.NFKD.String(text) {
		switch {
		case unicode.Is(unicode.Mn, r) || isApostrophe(r):
			continue
		case unicode.IsLetter(r):
			r = unicode.ToLower(r)
			if last != 0 && unicode.IsDigit(last) && !ordinalOrForm(b.String()) {
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
			b.WriteRune(r)
		case unicode.IsDigit(r):
			if last != 0 && !unicode.IsDigit(last) {
				flush()
			}
			last, run = r, 1
			b.WriteRune(r)
		default:
			flush()
			if len(out) >= maxWords {
				return out
			}
		}
	}
	flush()
	if len(out) > maxWords {
		out = out[:maxWords]
	}
	return out
}

// ordinalOrForm keeps "2nd" and "485a" from being torn: letters after digits start
// a new word only when the digits are long enough to be an amount or a number.
func ordinalOrForm(digits string) bool { return len(digits) <= 3 }

func isApostrophe(r rune) bool {
	return r == '\'' || r == '’' || r == '‘' || r == '`' || r == '´'
}
