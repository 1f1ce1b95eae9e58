package bot

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestRedactLeavesNothingOfAPerson(t *testing.T) {
	for text, want := range map[string]string{
		"where is my card IOE0912345678":                                           "where is my card [receipt number]",
		"my a number is A123-456-789, what now?":                                   "my a number is [A-number], what now?",
		"my ssn is 123-45-6789 ok":                                                 "my ssn is [number] ok",
		"mail me at ana@example.org please":                                        "mail me at [e-mail] please",
		"My name is Ana Maria Lopez and I lost my card":                            "My name is [name] and I lost my card",
		"me llamo ana, perdí mi tarjeta":                                           "me llamo [name], perdí mi tarjeta",
		"Do I need Form I-90 in 2027?":                                             "Do I need Form I-90 in 2027?",
		markOf(Receipt, FewDigits, 1) + " is [my] number, " + markOf(Email, "", 2): "[receipt number] is [my] number, [e-mail]",
		"call 1-800-375-5283":                                                      "call 1-800-375-5283",
		"  two   lines\nof text ":                                                  "two lines of text",
		"receipt [SSN removed · SSN eliminado] and card number":                    "receipt and card number",
	} {
		if got := Redact(text); got != want {
			t.Errorf("%q became %q, want %q", text, got, want)
		}
	}
}

func TestRedactTwiceIsRedactOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		parts := rapid.SliceOfN(rapid.SampledFrom([]string{"my name is", "me llamo", "Ana", "Bob,", "IOE0912345678", "A123456789",
			"123-45-6789", "hello", "a@b.org", "born 01/02/1990", ".", "4111 1111 1111 1111", "İ"}), 0, 8).Draw(t, "parts")
		once := Redact(strings.Join(parts, " "))
		if twice := Redact(once); twice != once {
			t.Errorf("%q became %q", once, twice)
		}
		if len(Find(once)) > 0 {
			t.Errorf("%q still holds a number", once)
		}
	})
}

func TestMaskTakesTheCardBehindAReceiptNumber(t *testing.T) {
	for text, want := range map[string]string{
		"IOE0912345678 4111 1111 1111 1111":   "IOE0912345678 " + maskOf(Card),
		"IOE0912345678 3782 822463 10005, ok": "IOE0912345678 " + maskOf(Card) + ", ok",
	} {
		if got, _ := Mask(text); got != want {
			t.Errorf("%q became %q, want %q", text, got, want)
		}
	}
}
