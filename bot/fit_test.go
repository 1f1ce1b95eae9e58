package bot

import (
	"bufio"
	"flag"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"emma/knowledge"
)

var fit = flag.Bool("fit", false, "fit the weights of kinds.tsv on the fitting half and write them")

// example is one message for the fit.
type example struct {
	signs  []string
	kind   int
	or     int // the kind that it may as well be of, or kind itself
	weight float64
}

// examplesOf are the messages that weights may be fitted on: the fitting half of
// the labelled files; that of the messages of other domains, which may as well be another
// office's matter; and the wordings of the starter articles as general questions, which
// count less: their writers did not write the labelled file.
func examplesOf(t testing.TB, b *Bot, articles []knowledge.Article) []example {
	t.Helper()
	var out []example
	add := func(text, kind, or string, weight float64) {
		if k := slices.Index(kinds(), kind); k >= 0 {
			turn := b.read(Question{Text: text})
			turn.ctx = t.Context()
			var signs []string
			turn.signs(func(a, b, c, d string) {
				if sign := a + b + c + d; !slices.Contains(signs, sign) {
					signs = append(signs, sign)
				}
			})
			if err := turn.decideLanguage(); err != nil {
				t.Fatal(err)
			}
			if err := turn.search(); err != nil {
				t.Fatal(err)
			}
			if sign := routeSign(turn.found); sign != "" {
				signs = append(signs, sign)
			}
			out = append(out, example{signs, k, slices.Index(kinds(), or), weight})
		}
	}
	for _, l := range readLabelled(t, "decisions") {
		if l.Half == "fit" {
			add(l.Text, l.Kind, l.Kind, 1)
		}
	}
	for _, l := range readLabelled(t, "triggers") {
		if l.Half == "fit" {
			add(l.Text, l.Kind, l.Kind, 0.5) // rare in life, many here
		}
	}
	for _, l := range readElsewhere(t) {
		if l.Half == "fit" {
			add(l.Text, kindGeneral, kindOutside, 1)
		}
	}
	for _, a := range articles {
		kind := kindGeneral
		switch {
		case a.Topic == "safety":
			kind = kindSafety
		case a.Topic == "limits" || strings.HasPrefix(a.ID, "legal-") || a.ID == "contact-live-person" || a.ID == "contact-live-chat" || a.ID == "contact-what-is-emma":
			continue // they answer what the rules above retrieval decide on
		}
		for _, text := range append([]string{a.Question}, a.Alternates...) {
			// Editors also write "my card never came" as a wording of a general article.
			or := kind
			if kind == kindGeneral && slices.Contains(shapeOf(b, words(text)), "direct") {
				or = kindCase
			}
			add(text, kind, or, 0.15)
		}
	}
	return out
}

func shapeOf(b *Bot, said []string) []string {
	var heard []*heard
	for _, w := range said {
		heard = append(heard, b.ear.word(w)) // as it is written
	}
	return b.signals.shape(b.signals.firing(heard), heard, false)
}

// TestFitOfTheModel writes phrases/kinds.tsv when asked to: the mean of some fits, so that
// the weights depend little on what is drawn.
func TestFitOfTheModel(t *testing.T) {
	if !*fit {
		t.Skip("asked for with -fit")
	}
	b, articles := starterBot(t)
	examples := examplesOf(t, b, articles)
	const draws = 8
	mean := map[string][]float64{}
	for draw := range uint64(draws) {
		for sign, weights := range fitModel(examples, draw) {
			if mean[sign] == nil {
				mean[sign] = make([]float64, len(weights))
			}
			for k, w := range weights {
				mean[sign][k] += w / draws
			}
		}
	}
	if err := writeModel("phrases/kinds.tsv", mean); err != nil {
		t.Fatal(err)
	}
}

// fitModel is multinomial logistic regression with AdaGrad (Duchi, Hazan, Singer 2011), a
// quadratic penalty, and half of the signs left out at each step so that no single word
// carries a decision (Wager, Wang, Liang 2013). Order and choice are drawn from a
// seed: the same examples and draw give the same weights.
func fitModel(examples []example, draw uint64) map[string][]float64 {
	const rounds, rate, penalty, fewest, drop = 50, 0.15, 1e-3, 2, 0.5
	columns := len(kinds())
	counts := map[string]int{}
	for _, e := range examples {
		for _, s := range e.signs {
			counts[s]++
		}
	}
	type row struct{ w, g []float64 }
	rows := map[string]*row{}
	signs := make([][]*row, len(examples))
	for i, e := range examples {
		for _, s := range e.signs {
			if counts[s] < fewest {
				continue
			}
			if rows[s] == nil {
				rows[s] = &row{make([]float64, columns), make([]float64, columns)}
			}
			signs[i] = append(signs[i], rows[s])
		}
	}
	order := make([]int, len(examples))
	for i := range order {
		order[i] = i
	}
	var kept []*row
	random := rand.New(rand.NewPCG(1, 2+draw))
	for range rounds {
		random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, i := range order {
			z := make([]float64, columns)
			kept := kept[:0]
			for _, r := range signs[i] {
				if random.Float64() >= drop {
					kept = append(kept, r)
				}
			}
			for _, r := range kept {
				for k, w := range r.w {
					z[k] += w
				}
			}
			p := softmax(z)
			e, likely := examples[i], p[examples[i].kind]
			if e.or != e.kind {
				likely += p[e.or]
			}
			for k := range p {
				miss := p[k]
				if k == e.kind || k == e.or {
					miss -= p[k] / likely
				}
				if miss *= e.weight; math.Abs(miss) < 1e-4 {
					continue
				}
				for _, r := range kept {
					g := miss + penalty*r.w[k]
					r.g[k] += g * g
					r.w[k] -= rate * g / math.Sqrt(r.g[k]+1e-6)
				}
			}
		}
	}
	out := map[string][]float64{}
	for s, r := range rows {
		for k := range r.w {
			r.w[k] *= 1 - drop
		}
		out[s] = r.w
	}
	return out
}

func writeModel(name string, weights map[string][]float64) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(f)
	fmt.Fprintf(w, "# Fitted: go test ./bot -run Fit -fit. A sign, then its weight in %dths for %s.\n", weightScale, strings.Join(kinds(), ", "))
	var names []string
	for s := range weights {
		names = append(names, s)
	}
	slices.Sort(names)
	for _, s := range names {
		line, any := s, false
		for _, x := range weights[s] {
			n := int(math.Round(x * weightScale))
			any = any || n > 4 || n < -4
			line += fmt.Sprintf(" %d", n)
		}
		if any {
			fmt.Fprintln(w, line)
		}
	}
	if err := w.Flush(); err != nil {
		return err
	}
	return f.Close()
}
