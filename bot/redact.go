package bot

import "strings"

// Redact returns a text for people who may not see whose it is, such as editors of
// the knowledge base: every number and address that Mask or Find knows becomes a word
// in brackets, and so does a name that the text gives as one. own are the agency's own
// phone numbers and e-mail addresses, which stay. Redact(Redact(t)) is Redact(t).
func Redact(text string, own ...string) string {
	text = unmasked(text)
	// A number that stood right behind another one is seen once that one is gone.
	for spans := scan(text, own); len(spans) > 0; spans = scan(text, own) {
		text = replaced(text, spans)
	}
	return strings.Join(strings.Fields(redactNames(text)), " ")
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

// redactNames replaces up to nameWords capitalised words after an introduction, or the
// next word when none is capitalised.
func redactNames(text string) string {
	lower := strings.ToLower(text)
	if len(lower) != len(text) {
		return text // folding moved the bytes: nothing can be cut safely
	}
	for _, lead := range introductions() {
		i := strings.Index(lower, lead)
		if i < 0 {
			continue
		}
		start := i + len(lead)
		if strings.HasPrefix(text[start:], "[name]") {
			continue
		}
		end := start
		for n := range nameWords {
			stop := end + strings.IndexAny(text[end:]+" ", " ,.;:!?()\n\t")
			word := text[end:stop]
			if word == "" || n > 0 && word == strings.ToLower(word) {
				break
			}
			end = stop
			if stop == len(text) || text[stop] != ' ' {
				break
			}
			end++
		}
		if end > start && text[end-1] == ' ' {
			end--
		}
		text = text[:start] + "[name]" + text[end:]
		lower = strings.ToLower(text)
	}
	return text
}
