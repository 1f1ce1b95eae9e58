package handoff

import (
	"crypto/rand"
	"errors"
	"fmt"
	"math/big"
	"strings"
	"unicode"
)

// ErrReference says that a text is no reference: a digit was misread or left out.
var ErrReference = errors.New("this is not a reference number: it has 10 digits and begins with 1")

// referenceDigits is the length of a reference: 1, eight random digits, a check digit.
const referenceDigits = 10

// damm is the quasigroup of order 10 by H. Michael Damm ("Total anti-symmetrische
// Quasigruppen", Marburg 2004). Its check digit finds every wrong digit and every
// swap of two neighbours.
func damm(digits string) int {
	table := [...]string{
		"0317598642", "7092154863", "4206871359", "1750983426", "6123045978",
		"3674209581", "5869720134", "8945362017", "9438617205", "2581436790",
	}
	state := 0
	for i := range len(digits) {
		state = int(table[state][digits[i]-'0'] - '0')
	}
	return state
}

// newReference draws the number of a case. It consists of digits alone, which are
// read out the same way in both languages. The first is 1, as in no telephone number
// of North America, and ten digits are never taken for a social-security number.
func newReference() (string, error) {
	n, err := rand.Int(rand.Reader, big.NewInt(100_000_000))
	if err != nil {
		return "", fmt.Errorf("drawing a reference: %w", err)
	}
	digits := fmt.Sprintf("1%08d", n)
	return digits + string(rune('0'+damm(digits))), nil
}

// ParseReference reads a reference as people type it, with spaces and dashes
// anywhere, or returns ErrReference.
func ParseReference(text string) (string, error) {
	var b strings.Builder
	for _, r := range text {
		switch {
		case r >= '0' && r <= '9':
			b.WriteRune(r)
		case unicode.IsSpace(r), unicode.Is(unicode.Pd, r), r == '.', r == '#':
		default:
			return "", ErrReference
		}
	}
	digits := b.String()
	if len(digits) != referenceDigits || digits[0] != '1' || damm(digits) != 0 {
		return "", ErrReference
	}
	return digits, nil
}

// ReferenceText is a reference as it is shown and read out: 1482-739-065.
func ReferenceText(reference string) string {
	if len(reference) != referenceDigits {
		return reference
	}
	return reference[:4] + "-" + reference[4:7] + "-" + reference[7:]
}
