package bot

import (
	"slices"
	"strings"
	"unicode"
)

// findEmails finds e-mail addresses other than the agency's own.
func findEmails(text string, own []string) []Span {
	var found []Span
	part := func(c byte) bool {
		return isASCIIAlnum(c) || c == '.' || c == '_' || c == '-' || c == '+' || c == '%' || c >= 0x80
	}
	for at := range len(text) {
		if text[at] != '@' {
			continue
		}
		start, end := at, at+1
		for start > 0 && at-start < 64 && part(text[start-1]) {
			start--
		}
		for end < len(text) && end-at < 254 && part(text[end]) && text[end] != '+' && text[end] != '%' {
			end++
		}
		for end > at+1 && (text[end-1] == '.' || text[end-1] == '-') {
			end--
		}
		domain := text[at+1 : end]
		dot := strings.LastIndexByte(domain, '.')
		if start == at || dot < 1 || len(domain)-dot < 3 {
			continue
		}
		address := strings.ToLower(text[start:end])
		if !slices.ContainsFunc(own, func(o string) bool { return strings.EqualFold(o, address) }) {
			found = append(found, Span{Kind: Email, Start: start, End: end, Normal: address})
		}
	}
	return found
}

// findPhones finds telephone numbers of persons: ten digits of the North American
// plan, with or without 1, and numbers that begin with +. Toll-free numbers belong
// to organisations and are left alone, as are the agency's own.
func findPhones(text string, r *run, own []string) []Span {
	if unicode.IsLetter(r.before) || unicode.IsLetter(r.after) {
		return nil
	}
	start := r.start
	if start > 0 && text[start-1] == '(' {
		start--
	}
	abroad := start > 0 && text[start-1] == '+'
	for n := min(len(r.groups), 15); n >= 1; n-- {
		digits := r.digits(0, n)
		national := digits
		if len(digits) == 11 && digits[0] == '1' {
			national = digits[1:]
		}
		end := r.groups[n-1].end
		switch {
		case abroad && len(digits) >= 8 && len(digits) <= 15:
			start--
		case len(national) != 10 || national[0] < '2' || national[3] < '2' || strings.Contains(r.separators(n), "/"):
			continue
		}
		if tollFree(national) || slices.ContainsFunc(own, func(o string) bool { return samePhone(o, national) }) {
			return nil
		}
		return []Span{{Kind: Phone, Start: start, End: end, Normal: digits}}
	}
	return nil
}

func (r *run) separators(n int) string {
	var b strings.Builder
	for _, g := range r.groups[:n] {
		b.WriteString(g.separator)
	}
	return b.String()
}

func tollFree(national string) bool {
	if len(national) != 10 {
		return false
	}
	return slices.Contains([]string{"800", "822", "833", "844", "855", "866", "877", "888"}, national[:3])
}

func samePhone(own, national string) bool {
	digits := strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, own)
	return len(digits) >= 7 && strings.HasSuffix(digits, national[max(0, len(national)-10):])
}

// findBirthDates finds dates that the words around them call a date of birth.
func findBirthDates(text string, numbers []run) []Span {
	var found []Span
	for i := range numbers {
		r := &numbers[i]
		start, end, ok := dateAt(text, numbers, i)
		if !ok {
			continue
		}
		before := says(text, start, "dob", "born", "birth", "birthday", "birthdate", "nacimiento", "naci", "nacio", "nacido", "nacida", "cumpleanos")
		after := words(text[end:min(len(text), end+24)])
		if before || slices.Contains(after, "birthday") || slices.Contains(after, "dob") || len(after) > 1 && slices.Contains(after, "birth") {
			found = append(found, Span{Kind: BirthDate, Start: start, End: end, Normal: strings.TrimSpace(text[start:end])})
		}
		_ = r
	}
	return found
}

// dateAt reports whether a date begins with number i: 03/04/1985, 1985-03-04,
// "March 4, 1985", "4 March 1985", "4 de marzo de 1985".
func dateAt(text string, numbers []run, i int) (start, end int, ok bool) {
	r := &numbers[i]
	for _, lengths := range [][]int{{2, 2, 4}, {1, 2, 4}, {2, 1, 4}, {1, 1, 4}, {4, 2, 2}, {4, 1, 1}, {4, 2, 1}, {4, 1, 2}, {2, 2, 2}, {1, 2, 2}, {2, 1, 2}, {1, 1, 2}} {
		if r.shape(0, lengths...) {
			return r.start, r.groups[2].end, true
		}
	}
	if r.shape(0, 8) {
		return r.start, r.groups[0].end, true
	}
	if i+1 < len(numbers) && r.shape(0, len(r.groups[0].digits)) && len(r.groups[0].digits) <= 2 && numbers[i+1].shape(0, 4) {
		between := text[r.end:numbers[i+1].start]
		if len(between) > 24 {
			return 0, 0, false
		}
		if hasMonth(words(between)) {
			return r.start, numbers[i+1].groups[0].end, true
		}
		if start, ok = monthBefore(text, r.start); ok && len(words(between)) <= 1 {
			return start, numbers[i+1].groups[0].end, true
		}
	}
	if r.shape(0, 2, 4) || r.shape(0, 1, 4) {
		if start, ok = monthBefore(text, r.start); ok {
			return start, r.groups[1].end, true
		}
	}
	return 0, 0, false
}

func hasMonth(said []string) bool { return slices.ContainsFunc(said, isMonth) }

// monthBefore reports whether the word before a place is a month, and where it begins.
func monthBefore(text string, at int) (int, bool) {
	lead := strings.TrimRight(text[:at], " .")
	cut := strings.LastIndexFunc(lead, func(r rune) bool { return !unicode.IsLetter(r) }) + 1
	if got := words(lead[cut:]); len(got) == 1 && isMonth(got[0]) {
		return cut, true
	}
	return 0, false
}

func isMonth(w string) bool {
	if len(w) < 3 {
		return false
	}
	for _, m := range []string{"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
		"enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "setiembre", "octubre", "noviembre", "diciembre"} {
		if w == m || len(w) <= 4 && strings.HasPrefix(m, w) {
			return true
		}
	}
	return false
}
