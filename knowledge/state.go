package knowledge

import (
	"maps"
	"sync"
)

// state is everything that a search reads. It is replaced as a whole.
type state struct {
	shelf       *shelf
	judges      map[string]*judge     // by language
	corrections map[string]Correction // by language; never changed, only replaced
	target      float64               // the share of answers that shall be right
	index       *index                // nil while there is none
	// late are the articles, by language, whose present text the index does not
	// hold: each is compared with every question.
	late map[string][]int
	// places says, by language, which article a document of the index is.
	places   map[string][]int32
	replaced chan struct{} // closed when another state is in force
}

func newState(target float64) *state {
	return &state{
		shelf: &shelf{editions: map[string]*edition{}}, judges: map[string]*judge{},
		target: target, late: map[string][]int{}, places: map[string][]int32{}, replaced: make(chan struct{}),
	}
}

// copy returns a copy that may be changed until it is in force.
func (s *state) copy() *state {
	c := *s
	c.judges = maps.Clone(s.judges)
	c.late, c.places = maps.Clone(s.late), maps.Clone(s.places)
	c.replaced = make(chan struct{})
	return &c
}

// takeOver replaces the shelf and makes the judges of the changed languages anew.
func (s *state) takeOver(next *shelf, changed []string) {
	judges := make([]*judge, len(changed))
	var reading sync.WaitGroup
	for i, language := range changed {
		reading.Go(func() { judges[i] = s.judgeOf(next.editions[language]) })
	}
	reading.Wait()
	for i, language := range changed {
		s.judges[language] = judges[i]
	}
	s.shelf = next
	s.setIndex(s.index)
}

// reread replaces the shelf by the same one read with other synonyms. How sure Emma is
// stays as it was fitted until the study is done.
func (s *state) reread(next *shelf) {
	for language, e := range next.editions {
		v, rehearsed := starterVerdicts(e, s.target)
		if old := s.judges[language]; old != nil && !rehearsed {
			v = old.verdicts
		}
		s.judges[language] = &judge{matcher: newMatcher(len(e.entries), e.leaf), verdicts: v, rehearsed: rehearsed}
	}
	s.shelf = next
	s.setIndex(s.index)
}

// aim sets another target.
func (s *state) aim(target float64) {
	s.target = target
	for language, j := range s.judges {
		s.judges[language] = j.aiming(target)
	}
}

// aiming returns the judge with the promises for a target. Where they were measured
// without the levels it has to be rehearsed again.
func (j *judge) aiming(target float64) *judge {
	v, known := j.verdicts.aiming(target)
	a := *j
	a.verdicts = v
	if !known {
		a.fitted, a.rehearsed = false, false
	}
	return &a
}

func (v verdicts) aiming(target float64) (_ verdicts, known bool) {
	classified, one := v.Classified.Promise.For(target)
	plain, other := v.Plain.Promise.For(target)
	v.Classified.Promise, v.Plain.Promise = classified, plain
	return v, one && other
}

// judgeOf returns a judge for an edition that was just edited: what did not change
// is taken over from the last one. Its classifier is gone, since it knew the old
// wordings only.
func (s *state) judgeOf(e *edition) *judge {
	old, known := s.judges[e.language], s.shelf.editions[e.language]
	if old != nil && known != nil {
		shapes := make([]*shape, len(e.entries))
		kept := 0
		before := map[*entry]*shape{}
		for a, entry := range known.entries {
			before[entry] = old.matcher.shapes[a]
		}
		for a, entry := range e.entries {
			if shapes[a] = before[entry]; shapes[a] != nil {
				kept++
			}
		}
		if 2*kept > len(e.entries) {
			return &judge{matcher: old.matcher.with(shapes, e.leaf), verdicts: old.verdicts}
		}
	}
	v, rehearsed := starterVerdicts(e, s.target)
	return &judge{matcher: newMatcher(len(e.entries), e.leaf), verdicts: v, rehearsed: rehearsed}
}

// setIndex puts an index in force and finds out what it lacks.
func (s *state) setIndex(x *index) {
	s.index = x
	for language, e := range s.shelf.editions {
		var late []int
		for a, entry := range e.entries {
			if x == nil || x.holds[entry.Key()] != entry.fingerprint {
				late = append(late, a)
			}
		}
		s.late[language], s.places[language] = late, nil
		if x != nil {
			s.places[language] = x.postings.places(e)
		}
	}
}

// lateCount is how many articles the index lacks.
func (s *state) lateCount() int {
	n := 0
	for _, late := range s.late {
		n += len(late)
	}
	return n
}

// settled reports whether nothing is left to be built or fitted.
func (s *state) settled() bool {
	for _, j := range s.judges {
		if !j.fitted {
			return false
		}
	}
	return s.index != nil && s.lateCount() == 0
}
