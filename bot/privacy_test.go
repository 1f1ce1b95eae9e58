package bot

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"emma/knowledge"
)

// digitsOf draws n digits.
func digitsOf(r *rand.Rand, n int) string {
	var b strings.Builder
	for range n {
		b.WriteByte(byte('0' + r.IntN(10)))
	}
	return b.String()
}

// cardOf draws a number of n digits with a prefix and a right check digit.
func cardOf(r *rand.Rand, prefix string, n int) string {
	body := prefix + digitsOf(r, n-1-len(prefix))
	for d := range 10 {
		if number := body + fmt.Sprint(d); luhn(number) {
			return number
		}
	}
	panic("no check digit")
}

// inGroups writes digits in groups with a separator between them.
func inGroups(digits, separator string, lengths ...int) string {
	var parts []string
	for _, n := range lengths {
		parts, digits = append(parts, digits[:n]), digits[n:]
	}
	return strings.Join(parts, separator)
}

// forms are the twenty ways in which the four kinds are written.
func forms() []struct {
	kind  Kind
	write func(r *rand.Rand) string
} {
	type form = struct {
		kind  Kind
		write func(r *rand.Rand) string
	}
	receipt := func(r *rand.Rand) (prefix, digits string) {
		prefix = []string{"IOE", "EAC", "WAC", "LIN", "SRC", "NBC", "MSC", "YSC"}[r.IntN(8)]
		if prefix == "IOE" {
			return prefix, "0" + digitsOf(r, 9)
		}
		return prefix, digitsOf(r, 10)
	}
	return []form{
		{SSN, func(r *rand.Rand) string { return inGroups(digitsOf(r, 9), "-", 3, 2, 4) }},
		{SSN, func(r *rand.Rand) string { return inGroups(digitsOf(r, 9), " ", 3, 2, 4) }},
		{SSN, func(r *rand.Rand) string { return inGroups("9"+digitsOf(r, 8), ".", 3, 2, 4) }},
		{SSN, func(r *rand.Rand) string { return inGroups(digitsOf(r, 9), "–", 3, 2, 4) }},
		{SSN, func(r *rand.Rand) string { return digitsOf(r, 9) }},
		{ANumber, func(r *rand.Rand) string { return "A" + digitsOf(r, 9) }},
		{ANumber, func(r *rand.Rand) string { return "A-" + digitsOf(r, 8) }},
		{ANumber, func(r *rand.Rand) string { return "A" + inGroups(digitsOf(r, 9), "-", 3, 3, 3) }},
		{ANumber, func(r *rand.Rand) string { return "A# " + inGroups(digitsOf(r, 9), " ", 3, 3, 3) }},
		{ANumber, func(r *rand.Rand) string { return "a" + digitsOf(r, 7+r.IntN(3)) }},
		{Receipt, func(r *rand.Rand) string { p, d := receipt(r); return p + d }},
		{Receipt, func(r *rand.Rand) string { p, d := receipt(r); return strings.ToLower(p) + d }},
		{Receipt, func(r *rand.Rand) string { p, d := receipt(r); return p + "-" + inGroups(d, "-", 2, 3, 5) }},
		{Receipt, func(r *rand.Rand) string { p, d := receipt(r); return p + " " + inGroups(d, " ", 3, 3, 4) }},
		{Receipt, func(r *rand.Rand) string { p, d := receipt(r); return p + strings.Replace(d, "0", "O", 1) }},
		{Card, func(r *rand.Rand) string { return cardOf(r, "4", 16) }},
		{Card, func(r *rand.Rand) string { return inGroups(cardOf(r, "4", 16), " ", 4, 4, 4, 4) }},
		{Card, func(r *rand.Rand) string {
			return inGroups(cardOf(r, "5"+fmt.Sprint(1+r.IntN(5)), 16), "-", 4, 4, 4, 4)
		}},
		{Card, func(r *rand.Rand) string { return inGroups(cardOf(r, "37", 15), " ", 4, 6, 5) }},
		{Card, func(r *rand.Rand) string { return inGroups(cardOf(r, "6011", 16), ".", 4, 4, 4, 4) }},
	}
}

// carriers are sentences around a number; they say what kind it is in some cases, in
// others not.
func carriers() []string {
	return []string{
		"%s", "my number is %s", "here it is: %s", "It's %s, thanks.", "(%s)", "please check %s for me", "I wrote %s on the form but they say it is wrong",
		"hi, %s\nis that right?", "can you see %s?", "The one on my notice is %s and I filed in May 2023.", "%s!!", "number:%s",
		"mi número es %s", "aquí está: %s", "es el %s, gracias", "¿puede revisar %s?", "El que me mandaron es %s y apliqué en 2022.", "hola %s por favor",
		"anoté %s en la I-485 y pagué $1,440", "le mando %s; mi código postal es 33125",
	}
}

func TestNumbersOfPersonsAreFound(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 1))
	all, found, wrong := map[Kind]int{}, map[Kind]int{}, map[Kind]int{}
	for i := range 2000 {
		f := forms()[i%20]
		number := f.write(r)
		carrier := carriers()[r.IntN(len(carriers()))]
		text := strings.Replace(carrier, "%s", number, 1)
		all[f.kind]++
		spans := scan(text, nil)
		hit := slices.ContainsFunc(spans, func(s Span) bool { return s.Kind == f.kind && strings.Contains(text[s.Start:s.End], number) })
		if hit {
			found[f.kind]++
		} else {
			t.Logf("%s in %q read as %v", f.kind, text, spans)
		}
		for _, s := range spans {
			if s.Kind != f.kind {
				wrong[s.Kind]++
				t.Logf("%s in %q", s.Kind, text)
			}
		}
	}
	clean := cleanSentences(t, r, 10_000)
	for _, text := range clean {
		for _, s := range scan(text, nil) {
			if slices.Contains([]Kind{SSN, ANumber, Receipt, Card}, s.Kind) {
				wrong[s.Kind]++
				t.Logf("%s %q in the clean %q", s.Kind, text[s.Start:s.End], text)
			}
		}
	}
	for _, k := range []Kind{SSN, ANumber, Receipt, Card} {
		recall, precision := share(found[k], all[k]), share(found[k], found[k]+wrong[k])
		t.Logf("%-8s %d strings, %d clean sentences: recall %.4f, precision %.4f", k, all[k], len(clean), recall, precision)
		if recall < 0.995 || precision < 0.99 {
			t.Errorf("%s: recall %.4f and precision %.4f, want 0.995 and 0.99", k, recall, precision)
		}
	}
}

// cleanSentences are n sentences without a number of a person: those of the starter
// base, and made ones with phone numbers, fees, forms, dates, addresses and years.
func cleanSentences(t *testing.T, r *rand.Rand, n int) []string {
	t.Helper()
	articles, err := knowledge.Starter()
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, a := range articles {
		out = append(out, a.Question, a.Source.URL)
		out = append(out, a.Alternates...)
		for line := range strings.Lines(a.Answer) {
			out = append(out, strings.TrimSpace(line))
		}
	}
	pick := func(of ...string) string { return of[r.IntN(len(of))] }
	phone := func() string {
		area, exchange := fmt.Sprint(201+r.IntN(780)), fmt.Sprint(200+r.IntN(800))
		if r.IntN(2) == 0 {
			area = pick("800", "877", "866", "888")
		}
		number := area + exchange + digitsOf(r, 4)
		return pick(inGroups(number, "-", 3, 3, 4), "1-"+inGroups(number, "-", 3, 3, 4), "("+area+") "+inGroups(number[3:], "-", 3, 4),
			inGroups(number, ".", 3, 3, 4), "+1 "+inGroups(number, " ", 3, 3, 4))
	}
	money := func() string {
		return pick(fmt.Sprintf("$%d", 30+r.IntN(2500)), fmt.Sprintf("$%d,%03d.%02d", 1+r.IntN(90), r.IntN(1000), r.IntN(100)), fmt.Sprintf("%d dollars", 100+r.IntN(90000)), fmt.Sprintf("%d.%02d", 100+r.IntN(900), r.IntN(100)))
	}
	date := func() string {
		m, d, y := 1+r.IntN(12), 1+r.IntN(28), 1990+r.IntN(37)
		return pick(fmt.Sprintf("%02d/%02d/%d", m, d, y), fmt.Sprintf("%d-%02d-%02d", y, m, d), fmt.Sprintf("%d/%d/%02d", m, d, y%100),
			fmt.Sprintf("%d de marzo de %d", d, y), fmt.Sprintf("June %d, %d", d, y), fmt.Sprintf("%02d.%02d.%d", d, m, y))
	}
	form := func() string {
		return pick("I-130", "N-400", "I-485", "AR-11", "I-765", "G-1145", "i 90", "I-129F", "DS-260", "I-797C", "n400", "I-864EZ")
	}
	zip := func() string {
		return pick(fmt.Sprintf("%05d", r.IntN(100000)), fmt.Sprintf("%05d-%04d", r.IntN(100000), r.IntN(10000)))
	}
	for len(out) < n {
		out = append(out, pick(
			fmt.Sprintf("The fee for Form %s is %s since %s.", form(), money(), date()),
			fmt.Sprintf("Call %s, extension %d, between 8 and 5.", phone(), r.IntN(10000)),
			fmt.Sprintf("I paid %s on %s with form %s, edition %s", money(), date(), form(), date()),
			fmt.Sprintf("P.O. Box %d, Chicago, IL %s", r.IntN(900000), zip()),
			fmt.Sprintf("vivo en %d calle %d, apto %d, código postal %s", 1+r.IntN(19999), 1+r.IntN(200), 1+r.IntN(999), zip()),
			fmt.Sprintf("llame al %s o al %s", phone(), phone()),
			fmt.Sprintf("Pagué %s el %s por la %s", money(), date(), form()),
			fmt.Sprintf("I have %d children, I am %d, and I have waited %d days", r.IntN(9), 18+r.IntN(70), r.IntN(2000)),
			fmt.Sprintf("mi cita es el %s a las %d:%02d", date(), 8+r.IntN(9), r.IntN(60)),
			fmt.Sprintf("a %d month wait for a %d page form", 2+r.IntN(60), 2+r.IntN(30)),
			fmt.Sprintf("Between %d and %d my husband lived at %s.", 1990+r.IntN(15), 2006+r.IntN(20), zip()),
			fmt.Sprintf("forms %s, %s and %s cost %s, %s, %s", form(), form(), form(), money(), money(), money()),
			fmt.Sprintf("The income must be %s for a family of %d; see 8 CFR %d.%d(a)(%d).", money(), 2+r.IntN(8), 100+r.IntN(300), 1+r.IntN(9), 1+r.IntN(9)),
			fmt.Sprintf("llevo %d meses y %d días, desde %s", r.IntN(60), r.IntN(31), date()),
			fmt.Sprintf("the tracking of the parcel says room %d, lot %d, %d%%", r.IntN(999), r.IntN(99999), r.IntN(100)),
		))
	}
	return out[:n]
}
