package handoff

import (
	"net/mail"
	"strings"
	"unicode"
	"unicode/utf8"

	"emma/bot"
)

// FieldError says which field of a form is wrong and what to do.
type FieldError struct{ Field, Text string }

func (e *FieldError) Error() string { return e.Field + ": " + e.Text }

// Contact is how a visitor can be reached. Every part may be empty.
type Contact struct{ Name, Email, Phone string }

// check returns the contact tidied up, or a *FieldError.
func (c Contact) check() (Contact, error) {
	c.Name, _ = bot.Mask(strings.Join(strings.Fields(c.Name), " "))
	if utf8.RuneCountInString(c.Name) > 100 || strings.ContainsFunc(c.Name, unicode.IsControl) {
		return Contact{}, &FieldError{"name", "Please write a name of at most 100 characters."}
	}
	var err error
	if c.Email, err = checkEmail(c.Email); err != nil {
		return Contact{}, err
	}
	if c.Phone, err = checkPhone(c.Phone); err != nil {
		return Contact{}, err
	}
	return c, nil
}

// checkEmail accepts one bare address with a domain, or nothing.
func checkEmail(text string) (string, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return "", nil
	}
	wrong := &FieldError{"email", "Please check the e-mail address. It looks like maria@example.org."}
	address, err := mail.ParseAddress(text)
	if err != nil || address.Address != text || len(text) > 254 {
		return "", wrong
	}
	at := strings.LastIndexByte(text, '@')
	domain := text[at+1:]
	if at > 64 || !strings.Contains(strings.Trim(domain, "."), ".") || strings.ContainsAny(text, " \"'<>,;()[]\\`") ||
		strings.ContainsFunc(text, func(r rune) bool { return unicode.IsControl(r) || unicode.IsSpace(r) }) {
		return "", wrong
	}
	return text, nil
}

// checkPhone accepts 7 to 15 digits (ITU-T E.164) with the signs that people write
// between them, or nothing.
func checkPhone(text string) (string, error) {
	text = strings.Join(strings.Fields(text), " ")
	if text == "" {
		return "", nil
	}
	digits := 0
	for _, r := range text {
		switch {
		case r >= '0' && r <= '9':
			digits++
		case strings.ContainsRune("+()-./ xX#", r):
		default:
			digits = -100
		}
	}
	if digits < 7 || digits > 20 || len(text) > 40 {
		return "", &FieldError{"phone", "Please check the telephone number. It looks like 212-555-0142."}
	}
	return text, nil
}

// sameEmail compares addresses as people mean them.
func sameEmail(a, b string) bool {
	return a != "" && strings.EqualFold(strings.TrimSpace(a), strings.TrimSpace(b))
}

// receiptOf reads one receipt number, or returns a *FieldError; empty is none.
func receiptOf(text string) (string, error) {
	if strings.TrimSpace(text) == "" {
		return "", nil
	}
	spans := bot.Find(text)
	if len(spans) != 1 || spans[0].Kind != bot.Receipt || spans[0].Problem != "" {
		return "", &FieldError{"receipt", "A receipt number has 13 characters: three letters and ten digits. Please look at the notice again."}
	}
	return spans[0].Normal, nil
}
