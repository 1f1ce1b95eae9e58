package web

import (
	"bytes"
	"strings"
	"testing"
)

func TestUnreadableColoursAreRefused(t *testing.T) {
	for _, c := range []struct {
		theme Theme
		want  string // part of the error, or empty for none
	}{
		{Theme{}, ""},
		{Theme{"accent": "#1a4480", "accent-hover": "#162e51", "accent-ink": "#1a4480", "accent-wash": "#e7eef7", "accent-line": "#5b7fb5", "said": "#1a4480"}, ""},
		{Theme{"accent": "#aaaaaa"}, "on-accent on accent"},
		{Theme{"said": "#eeeeee"}, "on-said on said"},
		{Theme{"accent-ink": "#8fd5da"}, "accent-ink on canvas"},
		{Theme{"dark-accent-ink": "#0b525a"}, "in the dark scheme"},
		{Theme{"accent": "#8a2432"}, "too like the colour of danger"},
		{Theme{"accent": "#7b2f58"}, "too like the colour of person"},
		{Theme{"accent": "teal"}, "not a colour"},
		{Theme{"person": "#000000"}, "none of the widget's colours"},
	} {
		err := c.theme.Validate()
		if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v: %v, want %q", c.theme, err, c.want)
		}
	}
}

// The contrasts of the look's own list (lowest pairs), to two digits.
func TestContrastIsThatOfWCAG(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want float64
	}{{"#000000", "#ffffff", 21}, {"#777777", "#ffffff", 4.48}, {"#595959", "#ffffff", 7.0}} {
		a, _ := parseColour(c.a)
		b, _ := parseColour(c.b)
		if got := contrast(a, b); got < c.want-0.01 || got > c.want+0.01 {
			t.Errorf("%s on %s: %.2f, want %.2f", c.a, c.b, got, c.want)
		}
	}
}

func TestTheDefaultsOfTheThemeAreTheTokens(t *testing.T) {
	all := tokens(readFile(t, "src/shared/tokens.css"))
	for _, list := range []map[string][2]string{themed, fixed} {
		for name, values := range list {
			for scheme, value := range map[string]string{"light": values[0], "(prefers-color-scheme:": values[1]} {
				if got := all[scheme+" --"+name]; got != short6(value) {
					t.Errorf("%s %s is %q in the tokens and %q here", scheme, name, got, value)
				}
			}
		}
	}
}

func TestChosenColoursAreInTheScript(t *testing.T) {
	pages, err := readPages(Theme{"accent": "#1a4480", "dark-accent": "#9dc3f5"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	script := pages.files["widget.js"].plain
	if n := bytes.Count(script, []byte(lightEnd+";--accent:#1a4480}")); n != 1 {
		t.Errorf("the light accent is there %d times", n)
	}
	if n := bytes.Count(script, []byte(darkEnd+";--accent:#9dc3f5}")); n != 2 {
		t.Errorf("the dark accent is there %d times", n)
	}
}
