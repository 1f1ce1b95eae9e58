package knowledge

import (
	"math"
	"time"
)

const (
	// fewestLabels are so few that they say nothing about the level of the confidence.
	fewestLabels = 150
	// The level is taken to be right within these deviations until labels say
	// otherwise: of the shift, and of the stretch.
	shiftDoubt, stretchDoubt = 1.0, 0.2
	// levelEvidence is the gain in twice the log-likelihood that a level must bring: a
	// gain by chance is as large in one of twenty cases (chi-square, two degrees).
	levelEvidence = 5.99
)

// Correction corrects how sure Emma is by what became of her answers: to the log-odds of the
// confidence, z, it adds Shift + Stretch·z (Platt 1999). The zero value corrects
// nothing. It is read off nothing but the labels and the base, so that the same ones
// give the same level.
type Correction struct {
	Shift   float64 `json:"shift"`
	Stretch float64 `json:"stretch"`
	// Labels are the questions that it rests on, or that were too few or not clear
	// enough for a correction; Right is the share of them where the first article was
	// the right one, and Sure how sure Emma was of that without the correction.
	Labels int     `json:"labels"`
	Right  float64 `json:"right"`
	Sure   float64 `json:"sure"`
	At     int64   `json:"at"`     // when it was fitted, Unix milliseconds
	Change int64   `json:"change"` // of the base that it was fitted on
}

// corrects reports whether it makes a difference.
func (l Correction) corrects() bool { return l.Shift != 0 || l.Stretch != 0 }

// correct returns the corrected confidence.
func (l Correction) correct(sure float64) float64 {
	if !l.corrects() {
		return sure
	}
	z := logit(sure)
	return sigmoid(z + l.Shift + l.Stretch*z)
}

// labelled is how sure Emma is of the first article of a question, and whether it is the
// right one.
type labelled struct {
	sure  float64
	right bool
}

// fitCorrection fits a level to labels: the most probable one when both of its parts are
// normally distributed around nothing beforehand, so that few labels move it little. It
// corrects nothing where there are fewer than fewestLabels, or where they might well
// come about with the level as it is.
func fitCorrection(labels []labelled) Correction {
	l := Correction{Labels: len(labels)}
	for _, o := range labels {
		l.Sure += o.sure / float64(len(labels))
		if o.right {
			l.Right += 1 / float64(len(labels))
		}
	}
	if len(labels) < fewestLabels {
		return l
	}
	shift, stretch := 0.0, 0.0
	for range 50 { // Newton's method on the two parts; the loss is convex
		gShift, gStretch := shift/(shiftDoubt*shiftDoubt), stretch/(stretchDoubt*stretchDoubt)
		a, b, c := 1/(shiftDoubt*shiftDoubt), 0.0, 1/(stretchDoubt*stretchDoubt)
		for _, o := range labels {
			z := logit(o.sure)
			p := sigmoid(z + shift + stretch*z)
			e := p
			if o.right {
				e--
			}
			w := p * (1 - p)
			gShift, gStretch = gShift+e, gStretch+e*z
			a, b, c = a+w, b+w*z, c+w*z*z
		}
		det := a*c - b*b
		dShift, dStretch := (c*gShift-b*gStretch)/det, (a*gStretch-b*gShift)/det
		shift, stretch = shift-dShift, max(stretch-dStretch, -0.9) // a higher confidence never becomes a lower one
		if math.Abs(dShift)+math.Abs(dStretch) < 1e-9 {
			break
		}
	}
	fitted := Correction{Shift: round(shift), Stretch: round(stretch)}
	if 2*(likelihood(fitted, labels)-likelihood(Correction{}, labels)) < levelEvidence {
		return l
	}
	l.Shift, l.Stretch = fitted.Shift, fitted.Stretch
	return l
}

// round drops the digits that the order of sums decides.
func round(x float64) float64 { return math.Round(x*1e6) / 1e6 }

func likelihood(l Correction, labels []labelled) (sum float64) {
	for _, o := range labels {
		p := l.correct(o.sure)
		if !o.right {
			p = 1 - p
		}
		sum += math.Log(max(p, 1e-12))
	}
	return sum
}

// Correction is the one in force in a language.
func (b *Base) Correction(language string) Correction { return b.present().corrections[language] }

// recorrect fits the levels to what was asked and puts them in force.
func (b *Base) recorrect(asked []Asked, at time.Time) map[string]Correction {
	s := b.present()
	sides := b.stand(s, nil).sides
	quoted := map[string]*quotes{}
	for language, d := range sides {
		quoted[language] = newQuotes(d.edition, b.page)
	}
	known := map[string][]labelled{}
	for _, l := range labels(asked, quoted) {
		if d := sides[l.language]; d != nil {
			raw := *s.judges[l.language]
			raw.correction = Correction{}
			if o, ok := d.judged(&raw, l); ok {
				known[l.language] = append(known[l.language], o)
			}
		}
	}
	corrections := map[string]Correction{}
	for language := range s.judges {
		l := fitCorrection(known[language])
		l.At, l.Change = at.UnixMilli(), s.shelf.change
		corrections[language] = l
	}
	b.replace(func(s *state) bool {
		s.corrections = corrections
		return true
	})
	return corrections
}

// correct puts the corrections in force into the judges.
func (s *state) correct() {
	for language, j := range s.judges {
		if l := s.corrections[language]; j.correction != l {
			leveled := *j
			leveled.correction = l
			s.judges[language] = &leveled
		}
	}
}
