package bot

import (
	"slices"
	"strings"
	"unicode"
)

// Mask replaces what must never be stored (social-security numbers, payment cards,
// bank accounts) by a note in brackets and says which kinds it found, in order. Text
// without them comes back unchanged, and Mask(Mask(t)) is Mask(t).
func Mask(text string) (masked string, kinds []Kind) {
	at := 0
	var b strings.Builder
	for _, s := range scan(text, nil) {
		if !s.Kind.Secret() {
			continue
		}
		b.WriteString(text[at:s.Start])
		b.WriteString(maskOf(s.Kind))
		at = s.End
		kinds = append(kinds, s.Kind)
	}
	if kinds == nil {
		return text, nil
	}
	b.WriteString(text[at:])
	return b.String(), kinds
}

// maskOf stands in the log instead of a number, for readers of both languages.
func maskOf(k Kind) string {
	switch k {
	case Card:
		return "[card number removed · tarjeta eliminada]"
	case IBAN:
		return "[bank account removed · cuenta eliminada]"
	default:
		return "[SSN removed · SSN eliminado]"
	}
}

// unmasked takes the notes of Mask out of a text again, so that their words do not
// take part in a decision.
func unmasked(text string) string {
	for _, k := range []Kind{SSN, Card, IBAN} {
		text = strings.ReplaceAll(text, maskOf(k), " ")
	}
	return text
}

// findSSNs finds nine digits as 3-2-4 with any separators or without one, also ones
// that were never issued (area 9xx, group 00), and any nine digits that the words
// before call a social-security number.
func findSSNs(text string, r *run) []Span {
	if unicode.IsLetter(r.before) && r.before != 'O' && r.before != 'o' {
		// A code such as "AB123456789": the letters belong to the number.
		if len(r.groups) == 1 {
			return nil
		}
	}
	var found []Span
	social := socialContext(text, r.start)
	for i := 0; i < len(r.groups); i++ {
		n := 0
		switch {
		case r.shape(i, 3, 2, 4):
			n = 3
		case r.shape(i, 9):
			n = 1
		case i == 0 && len(r.groups) == 9 && r.shape(0, 1, 1, 1, 1, 1, 1, 1, 1, 1):
			n = 9
		case r.shape(i, 5, 4) && r.groups[i+1].separator != "-", r.shape(i, 3, 6):
			if r.shape(i, 3, 6) || social {
				n = 2
			}
		case social:
			for j := i + 1; j <= min(len(r.groups), i+9) && n == 0; j++ {
				if len(r.digits(i, j)) == 9 {
					n = j - i
				}
			}
		}
		if n == 0 || n == 1 && !loneNumber(r, i) {
			continue
		}
		found = append(found, Span{Kind: SSN, Start: r.groups[i].start, End: r.groups[i+n-1].end, Normal: r.digits(i, i+n)})
		i += n - 1
	}
	return found
}

// findOddSSNs finds 3-2-4 digits with twice the same sign between them that is no usual
// separator of numbers, as in 123,45,6789.
func findOddSSNs(text string) []Span {
	const length = 11
	var found []Span
	for i := 0; i+length <= len(text); i++ {
		sign := text[i+3]
		if strings.IndexByte(",:;=~+&|'\\^", sign) < 0 || text[i+6] != sign || i > 0 && isASCIIAlnum(text[i-1]) ||
			i+length < len(text) && isASCIIAlnum(text[i+length]) {
			continue
		}
		digits := text[i:i+3] + text[i+4:i+6] + text[i+7:i+length]
		if strings.Trim(digits, "0123456789") == "" {
			found = append(found, Span{Kind: SSN, Start: i, End: i + length, Normal: digits})
			i += length - 1
		}
	}
	return found
}

// loneNumber reports whether group i is a number of its own: no letter touches it.
func loneNumber(r *run, i int) bool {
	return !(i == 0 && unicode.IsLetter(r.before)) && !(i == len(r.groups)-1 && unicode.IsLetter(r.after))
}

func socialContext(text string, at int) bool {
	return says(text, at, "ssn", "social", "socialsecurity", "seguro", "itin", "ss", "sosial", "soc")
}

// findCards finds 13 to 19 digits with a prefix that card networks use and a right
// check digit (ISO/IEC 7812-1, Luhn), alone, in fours, or as cards print them.
func findCards(r *run) []Span {
	var found []Span
	for i := 0; i < len(r.groups); i++ {
		for j := min(len(r.groups), i+19); j > i; j-- {
			if n := r.length(i, j); n < 13 || n > 19 || !cardShape(r, i, j) {
				continue
			}
			digits := r.digits(i, j)
			if !cardPrefix(digits) || !luhn(digits) {
				continue
			}
			found = append(found, Span{Kind: Card, Start: r.groups[i].start, End: r.groups[j-1].end, Normal: digits})
			i = j - 1
			break
		}
	}
	return found
}

// cardShape reports whether groups i to j are separated as one number: the whole
// run, one group, or the groups that are printed on cards.
func cardShape(r *run, i, j int) bool {
	n := j - i
	switch {
	case n == 1 || i == 0 && j == len(r.groups):
		return i != 0 || !unicode.IsLetter(r.before)
	case n == 4 && (r.shape(i, 4, 4, 4, 4) || r.shape(i, 4, 4, 4, 3)), n == 3 && (r.shape(i, 4, 6, 5) || r.shape(i, 4, 6, 4)), n == 5 && r.shape(i, 4, 4, 4, 4, 3):
		// The digits of a code such as a receipt number are no part of the card behind it.
		behindCode := i == 1 && unicode.IsLetter(r.before)
		return (i == 0 || behindCode || len(r.groups[i-1].digits) < 4) && (j == len(r.groups) || len(r.groups[j].digits) < 4 || r.groups[j].separator != r.groups[j-1].separator)
	}
	inner := r.groups[i+1].separator
	for _, g := range r.groups[i+1 : j] {
		if g.separator != inner {
			return false
		}
	}
	return (i == 0 || r.groups[i].separator != inner) && (j == len(r.groups) || r.groups[j].separator != inner)
}

func cardPrefix(digits string) bool {
	switch digits[0] {
	case '4', '5', '6':
		return true
	case '3':
		return digits[1] != '1' && digits[1] != '2' && digits[1] != '3'
	case '2':
		return digits[:4] >= "2221" && digits[:4] <= "2720" || digits[:4] >= "2200" && digits[:4] <= "2204"
	}
	return false
}

func luhn(digits string) bool {
	sum := 0
	for i := range len(digits) {
		d := int(digits[len(digits)-1-i] - '0')
		if i%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum%10 == 0 && strings.Trim(digits, "0") != ""
}

// ibanLength is the length of account numbers of a country (ISO 13616 registry), 0 for
// one that has none.
func ibanLength(country string) int {
	switch country {
	case "NO":
		return 15
	case "BE":
		return 16
	case "DK", "FI", "FO", "GL", "NL", "SD":
		return 18
	case "MK", "SI":
		return 19
	case "AT", "BA", "EE", "KZ", "LT", "LU", "XK":
		return 20
	case "CH", "HR", "LI", "LV":
		return 21
	case "BG", "BH", "CR", "DE", "GB", "GE", "IE", "ME", "RS", "VA":
		return 22
	case "AE", "GI", "IL", "IQ", "TL":
		return 23
	case "AD", "CZ", "ES", "MD", "PK", "RO", "SA", "SE", "SK", "TN", "VG":
		return 24
	case "LY", "PT", "ST":
		return 25
	case "IS", "TR":
		return 26
	case "FR", "GR", "IT", "MC", "MR", "SM":
		return 27
	case "AL", "AZ", "BY", "CY", "DO", "GT", "HU", "LB", "PL", "SV":
		return 28
	case "BR", "EG", "PS", "QA", "UA":
		return 29
	case "JO", "KW", "MU":
		return 30
	case "MT", "SC":
		return 31
	case "LC":
		return 32
	}
	return 0
}

// findIBANs finds account numbers by country, length and check digits (ISO 13616,
// modulus 97 of ISO 7064), with or without spaces and in either case.
func findIBANs(text string) []Span {
	var found []Span
	for i := 0; i+15 <= len(text); i++ {
		if !isASCIILetter(text[i]) || !isASCIILetter(text[i+1]) || i > 0 && isASCIIAlnum(text[i-1]) {
			continue
		}
		want := ibanLength(strings.ToUpper(text[i : i+2]))
		if want == 0 {
			continue
		}
		code, end := readCode(text, i, want)
		if len(code) != want || end < len(text) && isASCIIAlnum(text[end]) || !checksIBAN(code) {
			continue
		}
		found = append(found, Span{Kind: IBAN, Start: i, End: end, Normal: code})
		i = end - 1
	}
	return found
}

// readCode reads up to want letters and digits from a place on, skipping single
// separators, in upper case.
func readCode(text string, at, want int) (code string, end int) {
	b := make([]byte, 0, want)
	end = at
	for i := at; i < len(text) && len(b) < want; i++ {
		switch c := text[i]; {
		case isASCIIAlnum(c):
			b = append(b, c)
			end = i + 1
		case (c == ' ' || c == '-' || c == '.') && i > at && isASCIIAlnum(text[i-1]):
		default:
			return strings.ToUpper(string(b)), end
		}
	}
	return strings.ToUpper(string(b)), end
}

func checksIBAN(code string) bool {
	if code[2] < '0' || code[2] > '9' || code[3] < '0' || code[3] > '9' {
		return false
	}
	rest, digits := 0, 0
	for _, c := range slices.Concat([]byte(code[4:]), []byte(code[:4])) {
		if c >= 'A' {
			rest = (rest*100 + int(c-'A') + 10) % 97
		} else {
			rest = (rest*10 + int(c-'0')) % 97
			digits++
		}
	}
	return rest == 1 && digits*2 >= len(code)
}

func isASCIILetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

func isASCIIAlnum(c byte) bool { return isASCIILetter(c) || c >= '0' && c <= '9' }
