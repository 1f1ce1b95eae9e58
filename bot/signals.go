package bot

import (
	"fmt"
	"maps"
	"slices"
	"sort"
	"strings"
)

// signals is a compiled file of lists: per name the patterns that make it fire and
// those that hold it back. It is immutable.
type signals struct {
	names    []string // sorted
	any      map[string]*patternSet
	unless   map[string]*patternSet
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
	s := &signals{any: map[string]*patternSet{}, unless: map[string]*patternSet{}}
	for name, lines := range f.signals {
		set, err := compileSet(lines, f.classes)
		if err != nil {
			return nil, fmt.Errorf("signal %s: %w", name, err)
		}
		s.any[name] = set
		s.names = append(s.names, name)
	}
	sort.Strings(s.names)
	for name, lines := range f.unless {
		if s.any[name] == nil {
			return nil, fmt.Errorf("unless %s: there is no such signal", name)
		}
		set, err := compileSet(lines, f.classes)
		if err != nil {
			return nil, fmt.Errorf("unless %s: %w", name, err)
		}
		s.unless[name] = set
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

func compileSet(lines []string, classes map[string][]string) (*patternSet, error) {
	set := &patternSet{byFirst: map[string][]*pattern{}, byLead: map[string][]*pattern{}}
	for _, line := range lines {
		p, err := compile(line, classes)
		if err != nil {
			return nil, err
		}
		exact, prefixes, any := p.firsts()
		if any || slices.ContainsFunc(prefixes, func(prefix string) bool { return len(prefix) < lead }) {
			set.others = append(set.others, &p)
			continue
		}
		for _, word := range exact {
			set.byFirst[word] = append(set.byFirst[word], &p)
		}
		for i, prefix := range prefixes {
			prefixes[i] = prefix[:lead]
		}
		slices.Sort(prefixes)
		for _, begin := range slices.Compact(prefixes) {
			set.byLead[begin] = append(set.byLead[begin], &p)
		}
	}
	return set, nil
}

// fires reports whether the named signal is in the message: one of its lines
// matches and none of those that hold it back does.
func (s *signals) fires(name string, said []string) bool {
	set := s.any[name]
	return set != nil && set.matches(said) && !s.held(name, said)
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
	try := func(p *pattern) {
		if e, matched := p.match(said, i); matched && e > i {
			end, ok = max(end, e), true
		}
	}
	for _, p := range s.byFirst[said[i]] {
		try(p)
	}
	if w := said[i]; len(w) >= lead && len(s.byLead) > 0 {
		for _, p := range s.byLead[w[:lead]] {
			try(p)
		}
	}
	for _, p := range s.others {
		try(p)
	}
	return end, ok
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
