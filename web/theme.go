package web

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
)

// Theme are the colours of the widget that a site may choose, by their names in
// src/shared/tokens.css without the dashes; with "dark-" before the name for the dark
// scheme. What is missing keeps its default.
type Theme map[string]string

// themed are the names, with the defaults of the light and the dark scheme.
var themed = map[string][2]string{
	"accent": {"#0e5a63", "#7dcad0"}, "accent-hover": {"#0a454c", "#a2dde1"}, "accent-ink": {"#0b525a", "#8fd5da"},
	"accent-wash": {"#e2f0ef", "#17393d"}, "accent-line": {"#5b969b", "#4d8f96"}, "on-accent": {"#ffffff", "#05282c"},
	"said": {"#0e5a63", "#1f5a61"}, "on-said": {"#ffffff", "#f5f2ec"},
}

// fixed are the colours that the chosen ones meet, light and dark.
var fixed = map[string][2]string{
	"canvas": {"#f6f4ef", "#12191a"}, "surface": {"#ffffff", "#1a2324"}, "sunken": {"#eeebe4", "#232e2f"},
	"person": {"#7b2f58", "#e9acd0"}, "danger": {"#a1242a", "#f7a8a2"},
}

// readable are the pairs that must differ enough: contrast by WCAG 2.2, 4.5 for text
// and 3 for edges.
var readable = []struct {
	front, back string
	least       float64
}{
	{"on-accent", "accent", 4.5}, {"on-accent", "accent-hover", 4.5}, {"on-said", "said", 4.5},
	{"accent-ink", "canvas", 4.5}, {"accent-ink", "surface", 4.5}, {"accent-ink", "sunken", 4.5}, {"accent-ink", "accent-wash", 4.5},
	{"accent", "canvas", 3}, {"accent", "surface", 3}, {"accent-line", "canvas", 3}, {"accent-line", "surface", 3},
}

// hueApart is how far the accent must be from the colours of persons and of danger,
// in degrees, so that neither is mistaken for it.
const hueApart = 40

// Validate returns an error that says what cannot be read, or nil.
func (t Theme) Validate() error {
	for _, name := range slices.Sorted(maps.Keys(t)) {
		if _, ok := themed[strings.TrimPrefix(name, "dark-")]; !ok {
			return fmt.Errorf("%q is none of the widget's colours; they are %s, each also with dark- before it", name, strings.Join(slices.Sorted(maps.Keys(themed)), ", "))
		}
		if _, err := parseColour(t[name]); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	var errs []error
	for scheme, dark := range []bool{false, true} {
		for _, pair := range readable {
			if c := contrast(t.colour(pair.front, dark), t.colour(pair.back, dark)); c < pair.least {
				errs = append(errs, fmt.Errorf("%s on %s has a contrast of %.1f in the %s scheme, and needs %.1f", pair.front, pair.back, c, []string{"light", "dark"}[scheme], pair.least))
			}
		}
		for _, other := range []string{"person", "danger"} {
			if apart := hueDistance(t.colour("accent", dark), t.colour(other, dark)); apart < hueApart {
				errs = append(errs, fmt.Errorf("accent is too like the colour of %s in the %s scheme: %.0f degrees of hue apart, and needs %d", other, []string{"light", "dark"}[scheme], apart, hueApart))
			}
		}
	}
	return errors.Join(errs...)
}

// colour is a colour of a scheme, chosen or default; it must be valid.
func (t Theme) colour(name string, dark bool) [3]float64 {
	scheme, prefix := 0, ""
	if dark {
		scheme, prefix = 1, "dark-"
	}
	value, ok := t[prefix+name]
	if !ok {
		value = fixed[name][scheme] + themed[name][scheme] // one of them is empty
	}
	c, _ := parseColour(value)
	return c
}

// parseColour reads #rrggbb as parts of 1.
func parseColour(value string) (c [3]float64, err error) {
	n, err := strconv.ParseUint(strings.TrimPrefix(value, "#"), 16, 32)
	if err != nil || len(value) != 7 || value[0] != '#' {
		return c, fmt.Errorf("%q is not a colour like #0e5a63", value)
	}
	for i := range c {
		c[i] = float64(n>>(16-8*i)&0xff) / 255
	}
	return c, nil
}

// contrast is the ratio 1..21 of WCAG 2.2.
func contrast(a, b [3]float64) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// luminance is the relative luminance of WCAG 2.2, 0..1.
func luminance(c [3]float64) float64 {
	for i, v := range c {
		if v <= 0.04045 {
			c[i] = v / 12.92
		} else {
			c[i] = math.Pow((v+0.055)/1.055, 2.4)
		}
	}
	return 0.2126*c[0] + 0.7152*c[1] + 0.0722*c[2]
}

// hueDistance is how far two hues are apart, 0..180 degrees; a grey is far from all.
func hueDistance(a, b [3]float64) float64 {
	x, grey := hue(a)
	y, _ := hue(b)
	if grey {
		return 180
	}
	d := math.Abs(x - y)
	return min(d, 360-d)
}

func hue(c [3]float64) (degrees float64, grey bool) {
	high, low := max(c[0], c[1], c[2]), min(c[0], c[1], c[2])
	d := high - low
	switch {
	case d < 0.04:
		return 0, true
	case high == c[0]:
		degrees = math.Mod((c[1]-c[2])/d, 6)
	case high == c[1]:
		degrees = (c[2]-c[0])/d + 2
	default:
		degrees = (c[0]-c[1])/d + 4
	}
	return math.Mod(degrees*60+360, 360), false
}

// The last declarations of the widget's light and dark scheme; a test finds them.
const (
	lightEnd = "--z-widget:2147483000"
	darkEnd  = "--shadow-2:0 2px 6px rgb(0 0 0 / .4), 0 16px 40px rgb(0 0 0 / .5)"
)

// dress puts the chosen colours into the widget's script.
func (t Theme) dress(script []byte) []byte {
	for _, end := range []struct {
		dark bool
		last string
	}{{false, lightEnd}, {true, darkEnd}} {
		more := ""
		for _, name := range slices.Sorted(maps.Keys(t)) {
			if bare, dark := strings.CutPrefix(name, "dark-"); dark == end.dark {
				more += ";--" + bare + ":" + t[name]
			}
		}
		script = bytes.ReplaceAll(script, []byte(end.last), []byte(end.last+more))
	}
	return script
}
