package bot

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// run is a stretch of a text that may be one number: digits with separators between
// them, as people type numbers. Offsets are bytes of the text.
type run struct {
	start, end int
	groups     []group
	// before and after are the runes around the run, 0 at the ends of the text.
	before, after rune
}

// group is a part of a run without separators.
type group struct {
	start, end int
	digits     string
	separator  string // what stands between this group and the one before
}

// maxSeparators is how many separator characters may stand between two groups.
const maxSeparators = 3

// runs finds the numbers of a text. A capital or small letter O inside a number is
// taken for zero, I and l for one. Digits of other scripts count as digits.
func runs(text string) []run {
	var out []run
	var before rune
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		if _, isDigit := digit(r); !isDigit {
			before = r
			i += size
			continue
		}
		one := readRun(text, i)
		one.before = before
		out = append(out, one)
		before, _ = utf8.DecodeLastRuneInString(text[:one.end])
		i = one.end
	}
	return out
}

func readRun(text string, start int) run {
	out := run{start: start}
	separator := ""
	for i := start; i < len(text); {
		g := readGroup(text, i)
		if g.digits == "" {
			break
		}
		g.separator = separator
		out.groups = append(out.groups, g)
		out.end = g.end
		i = g.end
		count := 0
		for i < len(text) && count <= maxSeparators {
			r, size := utf8.DecodeRuneInString(text[i:])
			if !isSeparator(r) {
				break
			}
			count++
			i += size
		}
		if count == 0 || count > maxSeparators {
			break
		}
		separator = text[g.end:i]
	}
	if out.end < len(text) {
		out.after, _ = utf8.DecodeRuneInString(text[out.end:])
	}
	return out
}

// readGroup reads digits and, among them, letters that look like digits. Letters
// count only when the group has a digit and no other letter follows.
func readGroup(text string, start int) group {
	g := group{start: start, end: start}
	var b strings.Builder
	real, end := 0, start
	for i := start; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		d, isDigit := digit(r)
		if !isDigit {
			if d, isDigit = lookalike(r); !isDigit {
				if unicode.IsLetter(r) {
					return plainGroup(text, start)
				}
				break
			}
		} else {
			real++
		}
		b.WriteByte(d)
		i += size
		end = i
	}
	if real == 0 {
		return g
	}
	g.end, g.digits = end, b.String()
	return g
}

// plainGroup reads only true digits.
func plainGroup(text string, start int) group {
	g := group{start: start, end: start}
	var b strings.Builder
	for g.end < len(text) {
		r, size := utf8.DecodeRuneInString(text[g.end:])
		d, isDigit := digit(r)
		if !isDigit {
			break
		}
		b.WriteByte(d)
		g.end += size
	}
	g.digits = b.String()
	return g
}

// digit returns the ASCII digit of a decimal digit of any of the scripts that
// visitors' keyboards produce: Latin, full-width, Arabic and Persian.
func digit(r rune) (byte, bool) {
	for _, zero := range [...]rune{'0', '０', '٠', '۰'} {
		if r >= zero && r <= zero+9 {
			return byte('0' + r - zero), true
		}
	}
	return 0, false
}

// lookalike returns the digit that a letter is typed for.
func lookalike(r rune) (byte, bool) {
	switch r {
	case 'O', 'o':
		return '0', true
	case 'I', 'l', 'i', '|':
		return '1', true
	}
	return 0, false
}

func isSeparator(r rune) bool {
	switch r {
	case ' ', '-', '.', '/', '_', '*', '(', ')', '\u00a0', '\u202f', '\u2009', '\t', '\u00ad', '\u200b', '\u200c', '\u200d', '\u2060', '\ufeff',
		'\u2010', '\u2011', '\u2012', '\u2013', '\u2014', '\u2212', '\u00b7', '\u2022':
		return true
	}
	return false
}

// length is the count of digits of groups i to j (j not included).
func (r *run) length(i, j int) int {
	n := 0
	for _, g := range r.groups[i:j] {
		n += len(g.digits)
	}
	return n
}

// digits of groups i to j (j not included), joined.
func (r *run) digits(i, j int) string {
	if j == i+1 {
		return r.groups[i].digits
	}
	var b strings.Builder
	for _, g := range r.groups[i:j] {
		b.WriteString(g.digits)
	}
	return b.String()
}

// shape reports whether the groups from i on have these lengths.
func (r *run) shape(i int, lengths ...int) bool {
	if i+len(lengths) > len(r.groups) {
		return false
	}
	for k, n := range lengths {
		if len(r.groups[i+k].digits) != n {
			return false
		}
	}
	return true
}
