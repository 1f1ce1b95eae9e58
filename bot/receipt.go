package bot

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Problem is what is wrong with a number that was meant as a receipt number.
type Problem string

// The problems of a receipt number. A right one has none: three letters and ten digits.
const (
	FewDigits  Problem = "few"
	ManyDigits Problem = "many"
)

const receiptDigits = 10

// knownPrefixes begin the receipt numbers that are in use.
func knownPrefixes() []string {
	return []string{"EAC", "WAC", "LIN", "SRC", "NBC", "MSC", "IOE", "YSC", "MCT", "ESC", "WSC", "TSC", "NSC", "VSC", "CSC", "PSC"}
}

// chunk is a stretch of letters and digits of a text.
type chunk struct {
	start, end int
	text       string
	gap        string // what stands before it
}

func chunks(text string) []chunk {
	var out []chunk
	start, last := -1, 0
	for i, r := range text + " " {
		_, isDigit := digit(r)
		if isDigit || unicode.IsLetter(r) {
			if start < 0 {
				start = i
			}
			continue
		}
		if start >= 0 {
			out = append(out, chunk{start: start, end: i, text: text[start:i], gap: text[last:start]})
			last, start = i, -1
		}
	}
	return out
}

// findReceipts finds receipt numbers as people type them: any case, separators
// anywhere, the letter O for zero and I or l for one, and the other way round in
// the prefix. Numbers with a known prefix and a wrong count of digits come with
// their Problem. Digits stay text: numbers may begin with zero.
func findReceipts(text string) []Span {
	var found []Span
	prefixes := knownPrefixes()
	all := chunks(text)
	for i := 0; i < len(all); i++ {
		c := all[i]
		prefix, rest := splitPrefix(c.text)
		if prefix == "" {
			continue
		}
		known := slices.Contains(prefixes, prefix)
		digits, end, next := collect(all, i, rest)
		span := Span{Kind: Receipt, Start: c.start, End: end, Normal: prefix + digits}
		switch {
		case len(digits) == receiptDigits && (known || plausiblePrefix(c, rest, next-i)):
		case !known || len(digits) < 5 || len(digits) > 16 || rest == "" && !tight(all, i):
			continue
		case len(digits) < receiptDigits:
			span.Problem = FewDigits
		default:
			span.Problem = ManyDigits
		}
		found = append(found, span)
		i = next - 1
	}
	return found
}

// splitPrefix takes the three letters from the front of a chunk. What is left is
// empty or all digits.
func splitPrefix(text string) (prefix, rest string) {
	var b strings.Builder
	at, letters := 0, 0
	for at < len(text) && b.Len() < 3 {
		r, size := utf8.DecodeRuneInString(text[at:])
		switch {
		case r == '0':
			r = 'O'
		case r == '1':
			r = 'I'
		case r < 'A' || r > 'z' || !unicode.IsLetter(r):
			return "", ""
		default:
			if r == 'l' && b.Len() == 0 && at+size < len(text) && (text[at+size]|0x20 == 'o' || text[at+size] == '0') {
				r = 'I'
			}
			letters++
		}
		b.WriteRune(unicode.ToUpper(r))
		at += size
	}
	rest = text[at:]
	if b.Len() < 3 || letters == 0 || rest != "" && readGroup(rest, 0).end != len(rest) && strings.Trim(rest, "OoIl") != "" {
		return "", ""
	}
	return b.String(), rest
}

// collect joins the digits of a chunk and of those after it, until there are ten or
// something else comes. It returns the digits, where they end, and the next chunk.
func collect(all []chunk, i int, rest string) (digits string, end, next int) {
	end, next = all[i].end, i+1
	var b strings.Builder
	for _, r := range rest {
		writeDigit(&b, r)
	}
	for ; next < len(all) && b.Len() < receiptDigits; next++ {
		c := all[next]
		if utf8.RuneCountInString(c.gap) > maxSeparators || strings.ContainsFunc(c.gap, func(r rune) bool {
			return !isSeparator(r) && r != '#' && r != ':' && r != '\\'
		}) {
			break
		}
		if g := readGroup(c.text, 0); g.digits == "" || g.end != len(c.text) {
			break
		}
		for _, r := range c.text {
			writeDigit(&b, r)
		}
		end = c.end
	}
	return b.String(), end, next
}

func writeDigit(b *strings.Builder, r rune) {
	d, ok := digit(r)
	if !ok {
		d, _ = lookalike(r)
	}
	b.WriteByte(d)
}

// plausiblePrefix guards numbers with a prefix that is not known, so that "tel
// 2125550142" is none: the letters touch the digits, or are capitals with one group.
func plausiblePrefix(c chunk, rest string, used int) bool {
	switch strings.ToUpper(c.text) {
	case "TEL", "FAX", "NUM", "CEL", "FON", "USA", "USC", "ZIP", "APT", "BOX", "THE", "AND", "FOR", "CALL":
		return false
	}
	if strings.ContainsAny(c.text[:3], "01") {
		return false
	}
	if rest != "" {
		return used == 1
	}
	return used == 2 && c.text == strings.ToUpper(c.text)
}

// tight reports whether the number after a known prefix stands close to it.
func tight(all []chunk, i int) bool {
	return i+1 < len(all) && len(all[i+1].gap) <= 2 && len(all[i+1].text) >= 2
}
