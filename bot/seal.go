package bot

import (
	"fmt"
	"strconv"
	"strings"
)

// Sealed is a number or an address of a person that was taken out of a message. A mark
// with the same number stands in its place, so that the log, and everything that is
// made from it, does not hold the value.
type Sealed struct {
	Number int    `json:"number"` // 1, 2, 3 … within the message
	Kind   Kind   `json:"kind"`
	Value  string `json:"-"` // as typed; kept apart, shown through a logged reveal only
}

// Seal takes out of a masked text what only the agent of the conversation may see, and
// leaves marks such as "[receipt number 1 · número de recibo]". A sealed text comes back
// as it is. The agency's own phone numbers and addresses are left alone.
func (b *Bot) Seal(text string) (string, []Sealed) {
	spans := Find(text, b.own...)
	if len(spans) == 0 {
		return text, nil
	}
	var out strings.Builder
	var sealed []Sealed
	at := 0
	for i, s := range spans {
		out.WriteString(text[at:s.Start])
		out.WriteString(markOf(s.Kind, s.Problem, i+1))
		sealed = append(sealed, Sealed{Number: i + 1, Kind: s.Kind, Value: text[s.Start:s.End]})
		at = s.End
	}
	out.WriteString(text[at:])
	return out.String(), sealed
}

// mark is what stands in a sealed text, as it is read back from there: a decision is
// made on the text of the log alone, so that it can be made again.
type mark struct {
	kind    Kind
	problem Problem
}

// markWords are the names of a kind in a mark.
func markWords(k Kind) (english, spanish string) {
	switch k {
	case Receipt:
		return "receipt number", "número de recibo"
	case ANumber:
		return "A-number", "número A"
	case Account:
		return "account number", "número de cuenta"
	case BirthDate:
		return "date of birth", "fecha de nacimiento"
	case Email:
		return "e-mail address", "correo electrónico"
	default:
		return "phone number", "teléfono"
	}
}

func problemWords(p Problem) (english, spanish string) {
	switch p {
	case FewDigits:
		return ", too short", ", muy corto"
	case ManyDigits:
		return ", too long", ", muy largo"
	}
	return "", ""
}

func markOf(k Kind, p Problem, number int) string {
	english, spanish := markWords(k)
	shortcoming, falta := problemWords(p)
	return fmt.Sprintf("[%s %d%s · %s%s]", english, number, shortcoming, spanish, falta)
}

// readMarks takes the marks out of a sealed text and says which there were.
func readMarks(text string) (plain string, marks []mark) {
	if !strings.Contains(text, " · ") {
		return text, nil
	}
	var out strings.Builder
	for {
		open := strings.IndexByte(text, '[')
		if open < 0 {
			break
		}
		end := strings.IndexByte(text[open:], ']')
		if end < 0 {
			break
		}
		end += open + 1
		m, ok := readMark(text[open:end])
		if !ok {
			out.WriteString(text[:open+1])
			text = text[open+1:]
			continue
		}
		out.WriteString(text[:open] + " ")
		marks = append(marks, m)
		text = text[end:]
	}
	out.WriteString(text)
	return out.String(), marks
}

func readMark(s string) (mark, bool) {
	for _, k := range []Kind{Receipt, ANumber, Account, BirthDate, Email, Phone} {
		english, _ := markWords(k)
		rest, ok := strings.CutPrefix(s, "["+english+" ")
		if !ok {
			continue
		}
		digits := rest[:len(rest)-len(strings.TrimLeft(rest, "0123456789"))]
		number, err := strconv.Atoi(digits)
		if err != nil {
			return mark{}, false
		}
		for _, p := range []Problem{"", FewDigits, ManyDigits} {
			if s == markOf(k, p, number) {
				return mark{k, p}, true
			}
		}
	}
	return mark{}, false
}
