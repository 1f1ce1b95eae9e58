package bot

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Kind is a kind of personal number or address in a text.
type Kind string

// The kinds. The first three must never be stored and are what [Mask] removes; the
// others may be kept, sealed, for the agent.
const (
	SSN       Kind = "ssn"        // US social-security or individual taxpayer number
	Card      Kind = "card"       // payment card
	IBAN      Kind = "iban"       // bank account
	Receipt   Kind = "receipt"    // receipt number of a case
	ANumber   Kind = "a_number"   // alien registration number
	Account   Kind = "account"    // online account number
	BirthDate Kind = "birth_date" // only where the text says that it is one
	Email     Kind = "email"
	Phone     Kind = "phone"
)

// Secret reports whether the kind must never be stored.
func (k Kind) Secret() bool { return k == SSN || k == Card || k == IBAN }

// Span is one recognised number or address.
type Span struct {
	Kind       Kind
	Start, End int    // bytes of the text
	Normal     string // without separators, upper case; as typed for dates
	// Problem says what is wrong with a receipt number: few, many, or empty.
	Problem Problem
}

// Find returns what of a text has to be sealed before anyone but the agent of the
// conversation sees it, in the order of the text and without overlaps. own are the
// agency's own phone numbers and e-mail addresses, which are left alone.
func Find(text string, own ...string) []Span {
	return slices.DeleteFunc(scan(text, own), func(s Span) bool { return s.Kind.Secret() })
}

// scan finds all kinds. Where two readings overlap the more telling one wins:
// receipt numbers, A-numbers, bank accounts, cards, social-security numbers, the rest.
func scan(text string, own []string) []Span {
	if !strings.ContainsFunc(text, func(r rune) bool { return r == '@' || unicode.IsNumber(r) }) {
		return nil // each of them has a digit, or is an address
	}
	var found []Span
	claim := func(spans ...Span) {
		for _, s := range spans {
			overlaps := func(other Span) bool { return s.Start < other.End && other.Start < s.End }
			if !slices.ContainsFunc(found, overlaps) {
				found = append(found, s)
			}
		}
	}
	claim(findReceipts(text)...)
	if strings.ContainsRune(text, '@') {
		claim(findEmails(text, own)...)
	}
	numbers := runs(text)
	for i := range numbers {
		claim(findANumbers(text, &numbers[i])...)
	}
	claim(findIBANs(text)...)
	for i := range numbers {
		claim(findCards(&numbers[i])...)
	}
	for i := range numbers {
		claim(findSSNs(text, &numbers[i])...)
	}
	claim(findOddSSNs(text)...)
	for i := range numbers {
		claim(findAccounts(text, &numbers[i])...)
		claim(findPhones(text, &numbers[i], own)...)
	}
	claim(findBirthDates(text, numbers)...)
	slices.SortFunc(found, func(a, b Span) int { return a.Start - b.Start })
	return found
}

// contextBytes is how far before a number a word may stand that says what it is.
const contextBytes = 48

// wordsBefore returns the words that lead up to a place of the text, up to the last
// full stop, nearest last.
func wordsBefore(text string, at int) []string {
	from := max(0, at-contextBytes)
	for from > 0 && !utf8.RuneStart(text[from]) {
		from--
	}
	lead := text[from:at]
	lead = lead[strings.LastIndexByte(lead, ']')+1:] // the words of a mark say nothing about what follows
	if cut := strings.LastIndexAny(lead, ".;\n?!"); cut >= 0 && strings.TrimSpace(lead[cut+1:]) != "" {
		lead = lead[cut+1:]
	}
	return words(lead)
}

// says reports whether one of the words leads up to the place.
func says(text string, at int, any ...string) bool {
	lead := wordsBefore(text, at)
	return slices.ContainsFunc(lead, func(w string) bool { return slices.Contains(any, w) })
}

// findANumbers finds A and 7 to 9 digits, however separated, and 9 digits that the
// words before call an alien or USCIS number.
func findANumbers(text string, r *run) []Span {
	prefixed, start := letterA(text, r)
	for n := min(len(r.groups), 9); n >= 1; n-- {
		digits := r.digits(0, n)
		if len(digits) > 9 || len(digits) < 7 {
			continue
		}
		last := r.groups[n-1]
		if n == len(r.groups) && unicode.IsLetter(r.after) {
			continue
		}
		span := Span{Kind: ANumber, Start: r.start, End: last.end, Normal: "A" + digits}
		switch {
		case prefixed:
			span.Start = start
			return []Span{span}
		case unicode.IsLetter(r.before):
		case len(digits) >= 8 && alienContext(wordsBefore(text, r.start)),
			len(digits) == 9 && r.shape(0, 3, 3, 3) && r.groups[1].separator == "-" && !socialContext(text, r.start):
			return []Span{span}
		}
	}
	return nil
}

// letterA reports whether a single letter A stands before the number, with at most
// a few signs between, and where it begins.
func letterA(text string, r *run) (bool, int) {
	lead := strings.TrimRightFunc(text[:r.start], func(c rune) bool {
		return isSeparator(c) || c == '#' || c == ':' || c == '№' || c == 'º' || c == '°'
	})
	if len(lead) == 0 || r.start-len(lead) > 6 {
		return false, 0
	}
	letter := lead[len(lead)-1]
	before, _ := utf8.DecodeLastRuneInString(lead[:len(lead)-1])
	if letter != 'A' && letter != 'a' || unicode.IsLetter(before) || unicode.IsDigit(before) {
		return false, 0
	}
	// "a 12345678" may be an article before an amount: a small letter needs to touch
	// the number or be followed by a sign, or the number to have eight digits or more.
	between := text[len(lead):r.start]
	if letter == 'a' && strings.TrimSpace(between) == "" && between != "" && len(r.digits(0, len(r.groups))) < 8 {
		return false, 0
	}
	return true, len(lead) - 1
}

func alienContext(lead []string) bool {
	for i, w := range lead {
		next := ""
		if i+1 < len(lead) {
			next = lead[i+1]
		}
		switch {
		case w == "alien" || w == "extranjero" || w == "anumber" || w == "anum":
			return true
		case (w == "a" || w == "uscis") && (next == "number" || next == "num" || next == "no" || next == "numero"):
			return true
		case (w == "numero" || w == "num") && (next == "a" || next == "uscis"):
			return true
		}
	}
	return false
}

// findAccounts finds the 12 digits of an online account where the words before say
// that it is one.
func findAccounts(text string, r *run) []Span {
	if len(r.groups) > 12 {
		return nil
	}
	digits := r.digits(0, len(r.groups))
	if len(digits) != 12 || unicode.IsLetter(r.before) || unicode.IsLetter(r.after) ||
		!says(text, r.start, "account", "cuenta", "online", "oan", "acct") {
		return nil
	}
	return []Span{{Kind: Account, Start: r.start, End: r.end, Normal: digits}}
}
