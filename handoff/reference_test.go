package handoff

import (
	"errors"
	"testing"

	"pgregory.net/rapid"
)

func TestTheCheckDigitFindsWrongDigitsAndSwaps(t *testing.T) {
	wrong, swapped := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		digits := "1" + rapid.StringMatching(`[0-9]{8}`).Draw(t, "digits")
		reference := digits + string(rune('0'+damm(digits)))
		if got, err := ParseReference(ReferenceText(reference)); err != nil || got != reference {
			t.Fatalf("%s comes back as %q, %v", reference, got, err)
		}
		check := func(changed []byte) {
			if _, err := ParseReference(string(changed)); !errors.Is(err, ErrReference) {
				t.Fatalf("%s passes for %s", changed, reference)
			}
		}
		for i := range reference {
			for d := byte('0'); d <= '9'; d++ {
				if changed := []byte(reference); changed[i] != d {
					changed[i] = d
					check(changed)
					wrong++
				}
			}
			if changed := []byte(reference); i > 0 && changed[i] != changed[i-1] {
				changed[i], changed[i-1] = changed[i-1], changed[i]
				check(changed)
				swapped++
			}
		}
	})
	t.Logf("%d wrong digits and %d swaps of neighbours, all found", wrong, swapped)
}

func TestReferencesAreReadAsPeopleTypeThem(t *testing.T) {
	for text, ok := range map[string]bool{
		"1482-739-060": true, "1482 739 060": true, " 1482739060 ": true, "#1482–739–060": true, "1482.739.060": true,
		"": false, "1482-739-06": false, "1482-739-0600": false, "482-739-0601": false, "1482-739-O60": false, "reference 1482-739-060": false,
	} {
		if got, err := ParseReference(text); (err == nil) != ok || ok && got != "1482739060" {
			t.Errorf("ParseReference(%q) is %q, %v", text, got, err)
		}
	}
}

func TestNewReferencesAreGood(t *testing.T) {
	seen := map[string]bool{}
	for range 2000 {
		reference, err := newReference()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := ParseReference(reference); err != nil {
			t.Fatalf("%s: %v", reference, err)
		}
		seen[reference] = true
	}
	if len(seen) < 1990 {
		t.Errorf("only %d of 2000 references differ", len(seen))
	}
}
