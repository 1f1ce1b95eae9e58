package bot

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// signals is a compiled file of lists: per name the patterns that make it fire and
// those that hold it back. It is immutable.
type signals struct {
	names    []string       // sorted
	number   map[string]int // of a name among them
	any      map[string]*patternSet
	unless   map[string]*patternSet
	all      *patternSet // the patterns of any
	spelling spelling
	classOf  map[string][]string // the named lists that hold a word, in order
}

// patternSet finds the patterns that may begin at a word without trying them all.
type patternSet struct {
	byFirst map[string][]*pattern
	byLead  map[string][]*pattern // by the first lead bytes of the word
	others  []*pattern
}

// lead is how many bytes of the beginning of a word patterns are found by.
const lead = 2

func compileSignals(f lists) (*signals, error) {
	s := &signals{number: map[string]int{}, any: map[string]*patternSet{}, unless: map[string]*patternSet{}, all: newPatternSet()}
	for number, name := range slices.Sorted(maps.Keys(f.signals)) {
		s.names = append(s.names, name)
		s.number[name] = number
		s.any[name] = newPatternSet()
		for _, line := range f.signals[name] {
			p, err := compile(line, f.classes)
			if err != nil {
				return nil, fmt.Errorf("signal %s: %w", name, err)
			}
			p.signal = number
			s.any[name].add(&p)
			s.all.add(&p)
		}
	}
	for name, lines := range f.unless {
		if s.any[name] == nil {
			return nil, fmt.Errorf("unless %s: there is no such signal", name)
		}
		s.unless[name] = newPatternSet()
		for _, line := range lines {
			p, err := compile(line, f.classes)
			if err != nil {
				return nil, fmt.Errorf("unless %s: %w", name, err)
			}
			s.unless[name].add(&p)
		}
	}
	s.spelling = newSpelling(f)
	s.classOf = map[string][]string{}
	for _, name := range slices.Sorted(maps.Keys(f.classes)) {
		for _, member := range f.classes[name] {
			if w := strings.TrimPrefix(member, "%"); len(w) > 1 && !strings.HasSuffix(w, "*") {
				s.classOf[w] = append(s.classOf[w], name)
			}
		}
	}
	return s, nil
}

func newPatternSet() *patternSet {
	return &patternSet{byFirst: map[string][]*pattern{}, byLead: map[string][]*pattern{}}
}

func (set *patternSet) add(p *pattern) {
	exact, prefixes, any := p.firsts()
	if any || slices.ContainsFunc(prefixes, func(prefix string) bool { return len(prefix) < lead }) {
		set.others = append(set.others, p)
		return
	}
	for _, word := range exact {
		set.byFirst[word] = append(set.byFirst[word], p)
	}
	for i, prefix := range prefixes {
		prefixes[i] = prefix[:lead]
	}
	slices.Sort(prefixes)
	for _, begin := range slices.Compact(prefixes) {
		set.byLead[begin] = append(set.byLead[begin], p)
	}
}

// firing says of each signal, by its number, whether it is in the message: one of its
// lines matches and none of those that hold it back does. Each word is looked up once for
// all signals.
func (s *signals) firing(said []string) []bool {
	fired := make([]bool, len(s.names))
	for i := range said {
		s.all.eachAt(said[i], func(p *pattern) {
			if !fired[p.signal] {
				end, ok := p.match(said, i)
				fired[p.signal] = ok && end > i
			}
		})
	}
	for number, name := range s.names {
		fired[number] = fired[number] && !s.held(name, said)
	}
	return fired
}

func (s *signals) held(name string, said []string) bool {
	set := s.unless[name]
	return set != nil && set.matches(said)
}

func (s *patternSet) matches(said []string) bool {
	for i := range said {
		if _, ok := s.matchAt(said, i); ok {
			return true
		}
	}
	return false
}

// matchAt returns the end of the longest match that begins at word i.
func (s *patternSet) matchAt(said []string, i int) (end int, ok bool) {
	s.eachAt(said[i], func(p *pattern) {
		if e, matched := p.match(said, i); matched && e > i {
			end, ok = max(end, e), true
		}
	})
	return end, ok
}

// eachAt calls try for the patterns that may begin at a word.
func (s *patternSet) eachAt(word string, try func(*pattern)) {
	for _, p := range s.byFirst[word] {
		try(p)
	}
	if len(word) >= lead && len(s.byLead) > 0 {
		for _, p := range s.byLead[word[:lead]] {
			try(p)
		}
	}
	for _, p := range s.others {
		try(p)
	}
}

// covers reports whether matches of the named signals, words of the signal named
// filler and nothing else make up the whole message, and which signals they are.
func (s *signals) covers(names []string, filler string, said []string) (found []string, ok bool) {
	for i := 0; i < len(said); {
		best, by := 0, ""
		for _, name := range names {
			if end, matched := s.any[name].matchAt(said, i); matched && end > best {
				best, by = end, name
			}
		}
		if by == "" {
			end, matched := s.any[filler].matchAt(said, i)
			if !matched {
				return nil, false
			}
			i = end
			continue
		}
		if !slices.Contains(found, by) {
			found = append(found, by)
		}
		i = best
	}
	return found, len(found) > 0
}
