package bot

import "strings"

// Redact returns a text for people who may not see whose it is, such as editors of
// the knowledge base: every number and address that Mask or Find knows becomes a word
// in brackets, and so does a name that the text gives as one. own are the agency's own
// phone numbers and e-mail addresses, which stay. Redact(Redact(t)) is Redact(t).
func Redact(text string, own ...string) string {
	text = redactMarks(unmasked(text))
	// A number that stood right behind another one is seen once that one is gone.
	for spans := scan(text, own); len(spans) > 0; spans = scan(text, own) {
		text = replaced(text, spans)
	}
	return strings.Join(strings.Fields(redactNames(text)), " ")
}

// redactMarks shortens the marks of a sealed text.
func redactMarks(text string) string {
	var b strings.Builder
	for {
		open := strings.IndexByte(text, '[')
		length := strings.IndexByte(text[max(open, 0):], ']') + 1
		if open < 0 || length == 0 {
			return b.String() + text
		}
		m, ok := readMark(text[open : open+length])
		if !ok {
			b.WriteString(text[:open+1])
			text = text[open+1:]
			continue
		}
		b.WriteString(text[:open] + redactedAs(m.kind))
		text = text[open+length:]
	}
}

func replaced(text string, spans []Span) string {
	var b strings.Builder
	at := 0
	for _, s := range spans {
		b.WriteString(text[at:s.Start])
		b.WriteString(redactedAs(s.Kind))
		at = s.End
	}
	return b.String() + text[at:]
}

func redactedAs(k Kind) string {
	switch k {
	case Receipt:
		return "[receipt number]"
	case ANumber:
		return "[A-number]"
	case Email:
		return "[e-mail]"
	case Phone:
		return "[phone]"
	case BirthDate:
		return "[date]"
	}
	return "[number]"
}

// introductions are the words after which people write their names.
func introductions() []string {
	return []string{"my name is ", "my name's ", "i am called ", "mi nombre es ", "me llamo ", "my full name is ", "mi nombre completo es "}
}

// nameWords is how many words after an introduction may belong to the name.
const nameWords = 4

// redactNames replaces what follows an introduction: up to nameWords capitalised words,
// or the next word when none is capitalised.
func redactNames(text string) string {
	if len(strings.ToLower(text)) != len(text) {
		return text // folding moved the bytes: nothing can be cut safely
	}
	var b strings.Builder
	for {
		start := afterIntroduction(text)
		if start < 0 {
			return b.String() + text
		}
		b.WriteString(text[:start])
		text = text[start:]
		if end := nameEnd(text); end > 0 && !strings.HasPrefix(text, "[") {
			b.WriteString("[name]")
			text = text[end:]
		}
	}
}

// afterIntroduction is where the first introduction of a text ends, or -1.
func afterIntroduction(text string) int {
	lower, first, end := strings.ToLower(text), len(text), -1
	for _, lead := range introductions() {
		if i := strings.Index(lower, lead); i >= 0 && i < first {
			first, end = i, i+len(lead)
		}
	}
	return end
}

// nameEnd is the length of the name that a text begins with.
func nameEnd(text string) int {
	end := 0
	for n := range nameWords {
		start := end
		if n > 0 {
			if end >= len(text) || text[end] != ' ' {
				break
			}
			start++
		}
		stop := start + strings.IndexAny(text[start:]+" ", " ,.;:!?()[]\n\t")
		word := text[start:stop]
		if word == "" || n > 0 && word == strings.ToLower(word) {
			break
		}
		end = stop
	}
	return end
}
