package bot

import (
	"strings"
	"testing"
)

func TestNumbersAsPeopleTypeThem(t *testing.T) {
	for text, want := range map[string]string{
		// Social-security numbers, with every separator, also ones that were never issued.
		"123-45-6789": "ssn 123456789", "123 - 45 - 6789": "ssn 123456789", "123,45,6789": "ssn 123456789", "123:45:6789": "ssn 123456789",
		"1 2 3 4 5 6 7 8 9": "ssn 123456789", "123*45*6789": "ssn 123456789", "123\u200b45\u200b6789": "ssn 123456789", "١٢٣-٤٥-٦٧٨٩": "ssn 123456789",
		"my social is 123 456 789": "ssn 123456789", "000-00-0000": "ssn 000000000", "987-65-4321": "ssn 987654321",
		// Cards need the check digit; tracking numbers are none.
		"4111 1111 1111 1111": "card 4111111111111111", "3782 822463 10005": "card 378282246310005", "4111 1111 1111 1112": "", "9400110200881234567890": "",
		// Bank accounts need theirs.
		"GB29 NWBK 6016 1331 9268 19": "iban GB29NWBK60161331926819", "GB28 NWBK 6016 1331 9268 19": "",
		// Receipt numbers stay text: they may begin with zero, and letters stand for digits.
		"ioe 0912345678": "receipt IOE0912345678", "I0E-09-123-45678": "receipt IOE0912345678", "MSC2190O12345": "receipt MSC2190012345",
		"LIN21900I2345": "receipt LIN2190012345", "XYZ1234567890": "receipt XYZ1234567890", "IOE: 0912345678": "receipt IOE0912345678",
		"EAC219001234": "receipt EAC219001234 few", "EAC21900123456": "receipt EAC21900123456 many",
		"A123456789": "a_number A123456789", "a-012-345-678": "a_number A012345678", "alien number 123456789": "a_number A123456789", "a 1234567 loan": "",
		"online account number 1234 5678 9012": "account 123456789012",
		"dob: march 4 1985":                    "birth_date march 4 1985", "nací el 4 de marzo de 1985": "birth_date 4 de marzo de 1985", "I filed on 03/04/2021": "",
		"write to Ana.Ruiz@mail.example.": "email ana.ruiz@mail.example", "call (305) 555-0142": "phone 3055550142", "1-800-375-5283": "",
		"Form I-130, $1,440, ZIP 33125-1234, EIN 12-3456789, by 03/31/2026": "",
	} {
		var got []string
		for _, s := range scan(text, nil) {
			got = append(got, strings.TrimSpace(string(s.Kind)+" "+s.Normal+" "+string(s.Problem)))
		}
		if read := strings.Join(got, "; "); read != want {
			t.Errorf("%q reads as %q, want %q", text, read, want)
		}
	}
}

// FuzzRecognisers checks what holds for any text: what must not be stored is gone, what is
// masked or sealed stays so, and the rest of the text is untouched.
func FuzzRecognisers(f *testing.F) {
	for _, seed := range []string{
		"my ssn is 123-45-6789", "IOE0912345678 and A123456789", "4111 1111 1111 1111", "GB29NWBK60161331926819", "nací el 4 de marzo de 1985", "ana@mail.example",
		"[receipt number 1 · número de recibo]", "[SSN removed · SSN eliminado]", "1 2 3 4 5 6 7 8 9 0", "\xff123-45-6789\xfe", "EAC EAC EAC 1", "0O0O-lI1-٣٣",
	} {
		f.Add(seed)
	}
	b := New(nil, Phrases{})
	f.Fuzz(func(t *testing.T, text string) {
		spans := scan(text, nil)
		at := 0
		for _, s := range spans {
			if s.Start < at || s.End <= s.Start || s.End > len(text) {
				t.Fatalf("%q: the span %+v overlaps or lies outside", text, s)
			}
			at = s.End
		}
		masked, kinds := Mask(text)
		if again, more := Mask(masked); again != masked || more != nil {
			t.Errorf("masking %q again gives %q and %v", masked, again, more)
		}
		if kinds == nil && masked != text {
			t.Errorf("%q became %q although nothing was found", text, masked)
		}
		open, sealed := b.Seal(masked)
		if again, more := b.Seal(open); again != open || more != nil {
			t.Errorf("sealing %q again gives %q and %v", open, again, more)
		}
		if plain, marks := readMarks(open); len(marks) < len(sealed) {
			t.Errorf("%q reads back as %q with %d of %d marks", open, plain, len(marks), len(sealed))
		}
	})
}

// FuzzWords checks that the words of a text are bounded and can be looked up.
func FuzzWords(f *testing.F) {
	for _, seed := range []string{"¿Cómo está mi I-485?", "heeelp!!!", strings.Repeat("a ", 3000), "\u0301\u0301", "ﬁ ½ Ⅷ", "\xff\xfe"} {
		f.Add(seed)
	}
	phrases, err := DefaultPhrases()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text string) {
		said := phrases.ear.hear(words(text))
		if len(said) > maxWords {
			t.Errorf("%d words", len(said))
		}
		for _, h := range said {
			if h.word == "" {
				t.Error("an empty word")
			}
		}
		sum := 0.0
		z := phrases.model.sum(func(tell func(a, b, c, d string)) {
			phrases.signals.signs(phrases.signals.firing(said), said, false, tell)
		})
		for _, p := range z.probabilities() {
			sum += p
		}
		if sum < 0.999 || sum > 1.001 {
			t.Errorf("the probabilities sum to %f", sum)
		}
	})
}
