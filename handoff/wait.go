package handoff

import (
	"cmp"
	"math"
	"slices"
	"time"
)

// Wait is an honest range: half of the visitors wait at most P50, nine in ten at most
// P90. The zero Wait means that nothing can be said: nobody is there.
type Wait struct {
	P50 time.Duration `json:"p50"`
	P90 time.Duration `json:"p90"`
}

// crew is the part of the staff that serves one line, as far as the wait depends on it.
type crew struct {
	people int     // agents who take conversations now
	room   float64 // conversations that they can have at once, shared with other lines
	free   float64 // how many more they could take now
}

// pace is how fast a team works: what was measured, mixed with a prior for a desk
// that has no past.
type pace struct {
	handling time.Duration // mean time that a conversation takes up room
	answer   Wait          // until a free agent takes one
	free     fix           // of waits for a free agent
	queued   fix           // of waits until a talk ends
}

// fix corrects the model by how earlier forecasts were met: factors of its quantiles.
type fix struct{ p50, p90 float64 }

// The prior: a conversation takes ten minutes in the mean, and a free agent comes
// within half a minute or a minute and a half. It weighs as much as so many measured
// values, so that it is soon outweighed.
const (
	priorHandling = 10 * time.Minute
	priorWeight   = 10
	priorScores   = 15
)

// measuredPace is the pace from the samples of a team and tier, newest last. The
// corrections are those of split conformal prediction (V. Vovk et al., Algorithmic
// Learning in a Random World, 2005; J. Lei et al., JASA 113, 2018): the quantile of
// the ratios of wait and model, over the last waits, so that nine in ten new waits
// stay within the told range whatever the model is worth, as long as the days resemble
// each other.
func measuredPace(samples []Sample, automatic bool) pace {
	p := pace{answer: Wait{P50: 30 * time.Second, P90: 90 * time.Second}}
	if automatic {
		p.answer = Wait{P50: 5 * time.Second, P90: 20 * time.Second}
	}
	total, n := priorHandling*priorWeight, priorWeight
	var free, queued [2][]float64 // ratios of wait and model, of p50 and p90
	for _, s := range samples {
		switch s.Kind {
		case Handling:
			total, n = total+s.Took, n+1
			continue
		case Replied:
			continue
		}
		if _, known := s.hit(); known && s.Forecast.Model.P50 > 0 {
			of := &free
			if s.Forecast.Behind > 0 {
				of = &queued
			}
			of[0] = append(of[0], float64(s.Took)/float64(s.Forecast.Model.P50))
			of[1] = append(of[1], float64(s.Took)/float64(s.Forecast.Model.P90))
		}
	}
	p.handling = total / time.Duration(n)
	p.free = fix{correction(free[0], 0.5), correction(free[1], 0.9)}
	p.queued = fix{correction(queued[0], 0.5), correction(queued[1], 0.9)}
	return p
}

// scoreWindow is how many of the last waits correct the model: enough for a ninth
// decile, few enough to follow the day.
const scoreWindow = 150

// correction is the q-quantile of the ratios together with priorScores that say
// "the model is right", kept within a factor of five.
func correction(ratios []float64, q float64) float64 {
	ratios = slices.Clone(ratios[max(0, len(ratios)-scoreWindow):])
	for i := range priorScores {
		// Spread so that their own q-quantile is 1.
		ratios = append(ratios, math.Exp((float64(i)+0.5)/priorScores-q))
	}
	slices.Sort(ratios)
	at := int(math.Ceil(q*float64(len(ratios)+1))) - 1
	return min(max(ratios[min(at, len(ratios)-1)], 0.2), 5)
}

// model is the wait of the n-th in line (1 is next) before any correction. With room
// left it is the time until a free agent looks; else n minus the free places must end
// first, each of room places after handling in the mean: the sum of k exponential
// times with rate room/handling, a gamma distribution with shape k. behind is k.
func (c crew) model(n int, p pace) (w Wait, behind int) {
	k := math.Ceil(float64(n) - c.free)
	if k <= 0 {
		return p.answer, 0
	}
	scale := float64(p.handling) / max(c.room, 0.5)
	return Wait{
		P50: p.answer.P50 + time.Duration(scale*gammaQuantile(k, 0)),
		P90: p.answer.P90 + time.Duration(scale*gammaQuantile(k, 1.2815515655)),
	}, int(k)
}

// gammaQuantile is the quantile of the gamma distribution with a shape of at least 1
// and scale 1 at the normal deviate z (E. B. Wilson and M. M. Hilferty, PNAS 17, 1931).
func gammaQuantile(shape, z float64) float64 {
	v := 1 / (9 * shape) // of the cube root
	return shape * math.Pow(1-v+z*math.Sqrt(v), 3)
}

// tell is the wait as the visitor is told it: corrected, and rounded so that it does
// not change at every moment. The p90 is rounded to the nearest step, since rounding it
// up would make it a p95.
func (p pace) tell(model Wait, behind int) Wait {
	by := p.free
	if behind > 0 {
		by = p.queued
	}
	p50 := time.Duration(float64(model.P50) * by.p50)
	p90 := max(time.Duration(float64(model.P90)*by.p90), p50)
	return Wait{P50: p50.Truncate(grain(p50)), P90: max(p90.Round(grain(p90)), grain(p90))}
}

func grain(d time.Duration) time.Duration {
	switch {
	case d < time.Minute:
		return 5 * time.Second
	case d < 3*time.Minute:
		return 15 * time.Second
	case d < time.Hour:
		return time.Minute
	}
	return 5 * time.Minute
}

// Report is how well the told waits were kept.
type Report struct {
	Team     string  `json:"team"`
	Tier     int     `json:"tier"`
	Waits    int     `json:"waits"`      // that were told and ended
	Left     int     `json:"left"`       // of them without an agent
	Within90 float64 `json:"within_p90"` // share of the waits, as far as known, that ended with an agent within the told p90
	Within50 float64 `json:"within_p50"`
	P50      Period  `json:"wait_p50"` // of the waits that ended with an agent
	P90      Period  `json:"wait_p90"`
	Handling Period  `json:"handling"` // mean, with the work after the chat
	Handled  int     `json:"handled"`
	Replied  int     `json:"replied"`            // chats in which an agent wrote
	Prompt   float64 `json:"within_first_reply"` // share of them whose first message came within the team's target
}

// Reports sums up samples by team and tier.
func Reports(samples []Sample, team func(id string) Team) []Report {
	type line struct {
		team string
		tier int
	}
	groups := map[line][]Sample{}
	for _, s := range samples {
		l := line{s.Team, s.Tier}
		groups[l] = append(groups[l], s)
	}
	var reports []Report
	for l, group := range groups {
		r := Report{Team: l.team, Tier: l.tier}
		var waits []time.Duration
		known, hit90, hit50, handling := 0, 0, 0, time.Duration(0)
		prompt, target := 0, time.Duration(team(l.team).FirstReply)
		for _, s := range group {
			switch s.Kind {
			case Handling:
				handling += s.Took
				r.Handled++
				continue
			case Replied:
				r.Replied++
				if s.Took <= target {
					prompt++
				}
				continue
			}
			r.Waits++
			if s.Kind == Left {
				r.Left++
			} else {
				waits = append(waits, s.Took)
			}
			if hit, ok := s.hit(); ok {
				known++
				if hit {
					hit90++
				}
				if hit && s.Took <= s.Forecast.Told.P50 {
					hit50++
				}
			}
		}
		if known > 0 {
			r.Within90, r.Within50 = float64(hit90)/float64(known), float64(hit50)/float64(known)
		}
		if r.Replied > 0 {
			r.Prompt = float64(prompt) / float64(r.Replied)
		}
		if r.Handled > 0 {
			r.Handling = Period((handling / time.Duration(r.Handled)).Round(time.Second))
		}
		slices.Sort(waits)
		r.P50, r.P90 = Period(Quantile(waits, 0.5)), Period(Quantile(waits, 0.9))
		reports = append(reports, r)
	}
	slices.SortFunc(reports, func(a, b Report) int { return cmp.Or(cmp.Compare(a.Team, b.Team), cmp.Compare(a.Tier, b.Tier)) })
	return reports
}

// Quantile is the q-quantile of sorted times, 0 of none.
func Quantile(sorted []time.Duration, q float64) time.Duration {
	if len(sorted) == 0 {
		return 0
	}
	return sorted[min(int(q*float64(len(sorted))), len(sorted)-1)]
}
