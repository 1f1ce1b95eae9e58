package bot

import (
	"fmt"
	"os"
	"slices"
	"testing"
)

func TestCV(t *testing.T) {
	if os.Getenv("CV") == "" {
		t.Skip()
	}
	b, articles := starterBot(t)
	all := examplesOf(t, b, articles)
	const folds = 5
	type scored struct {
		kind int
		p    []float64
		text int
	}
	var out []scored
	lab := []labelled{}
	for _, l := range readLabelled(t) {
		if l.Half == "fit" && slices.Contains(kinds(), l.Kind) {
			lab = append(lab, l)
		}
	}
	n := len(lab)
	for f := range folds {
		var train []example
		for i, e := range all {
			if i < n && (i/2)%folds == f {
				continue
			}
			train = append(train, e)
		}
		w := fitModel(train)
		m := model{weights: map[string][]float32{}}
		for s, r := range w {
			row := make([]float32, len(r))
			for i := range r {
				row[i] = float32(r[i])
			}
			m.weights[s] = row
		}
		for i := range n {
			if (i/2)%folds == f {
				out = append(out, scored{all[i].kind, m.probabilities(all[i].signs), i})
			}
		}
	}
	for k, name := range kinds() {
		type pt struct {
			p        float64
			pos, gen bool
		}
		var pts []pt
		pos, gen := 0, 0
		for _, s := range out {
			g := s.kind == 7
			if s.kind == k {
				pos++
			} else if g {
				gen++
			}
			pts = append(pts, pt{s.p[k], s.kind == k, g && k != 7})
		}
		slices.SortFunc(pts, func(a, b pt) int {
			if a.p > b.p {
				return -1
			} else if a.p < b.p {
				return 1
			}
			return 0
		})
		tp, fg, fo := 0, 0, 0
		line := ""
		marks := []float64{0.005, 0.01, 0.02, 0.03, 0.05}
		mi := 0
		bestF := 0.0
		bf := ""
		for _, q := range pts {
			for mi < len(marks) && float64(fg) > marks[mi]*float64(gen) {
				line += fmt.Sprintf(" | fpgen %.3f: rec %.3f prec %.3f th %.2f", marks[mi], float64(tp)/float64(pos), float64(tp)/float64(tp+fg+fo), q.p)
				mi++
			}
			if q.pos {
				tp++
			} else if q.gen {
				fg++
			} else {
				fo++
			}
			r, pr := float64(tp)/float64(pos), float64(tp)/float64(tp+fg+fo)
			if f := 2 * r * pr / (r + pr); f > bestF {
				bestF = f
				bf = fmt.Sprintf("F %.3f r %.3f p %.3f th %.2f", f, r, pr, q.p)
			}
		}
		fmt.Println("CV", name, bf, line)
	}
	if os.Getenv("CV") == "v" {
		for _, s := range out {
			best := 0
			for k := range s.p {
				if s.p[k] > s.p[best] {
					best = k
				}
			}
			if best != s.kind {
				fmt.Printf("%-14s -> %-14s %.2f (own %.2f) %s\n", kinds()[s.kind], kinds()[best], s.p[best], s.p[s.kind], lab[s.text].Text)
			}
		}
	}
}
