package bot

import (
	"strings"
	"testing"
)

func TestASealedTextHoldsMarksInsteadOfNumbers(t *testing.T) {
	b := New(nil, Phrases{}, "212-620-3418", "help@agency.example")
	for text, want := range map[string]string{
		"where is IOE0912345678?":                    "where is [receipt number 1 · número de recibo]?",
		"IOE09123456 and A 012-345-678":              "[receipt number 1, too short · número de recibo, muy corto] and [A-number 2 · número A]",
		"mi correo es ana@correo.example gracias":    "mi correo es [e-mail address 1 · correo electrónico] gracias",
		"I was born 03/04/1985":                      "I was born [date of birth 1 · fecha de nacimiento]",
		"call me at (305) 555-0142":                  "call me at [phone number 1 · teléfono]",
		"is 212-620-3418 yours? help@agency.example": "is 212-620-3418 yours? help@agency.example",
		"call 1-800-375-5283 about form I-130, $465": "call 1-800-375-5283 about form I-130, $465",
	} {
		got, sealed := b.Seal(text)
		if got != want {
			t.Errorf("%q became %q, want %q", text, got, want)
		}
		if again, more := b.Seal(got); again != got || more != nil {
			t.Errorf("sealing %q again gives %q and %v", got, again, more)
		}
		for _, s := range sealed {
			if !strings.Contains(text, s.Value) || strings.Contains(got, s.Value) {
				t.Errorf("%q: the value %q", text, s.Value)
			}
		}
		if plain, marks := readMarks(got); len(marks) != len(sealed) || strings.Contains(plain, " · ") {
			t.Errorf("%q reads back as %q with %v", got, plain, marks)
		}
	}
}

func TestTextsThatOnlyLookLikeMarksStay(t *testing.T) {
	for _, text := range []string{"[receipt number 1", "[a] · [b]", "[receipt number x · número de recibo]", "[[ · ]]", "· [receipt number 1 · otra cosa]"} {
		if plain, marks := readMarks(text); plain != text || marks != nil {
			t.Errorf("%q reads as %q with %v", text, plain, marks)
		}
	}
}
