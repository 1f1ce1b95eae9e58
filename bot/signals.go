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
	*fields
	names    []string       // sorted; a name's number is that of the set that makes it fire
	number   map[string]int // of a name among them
	unless   []int          // by number: the set that holds it back, or -1
	byFirst  [][]*pattern   // by field: the patterns that may begin with what it accepts
	others   []*pattern     // those that may begin with any word
	spelling spelling
	classOf  map[string][]string // the named lists that hold a word, in order
}

func compileSignals(f lists) (*signals, error) {
	s := &signals{fields: newFields(), number: map[string]int{}, classOf: map[string][]string{}}
	s.names = slices.Sorted(maps.Keys(f.signals))
	var all []*pattern
	add := func(set int, lines []string) error {
		for _, line := range lines {
			p, err := compile(line, f.classes, s.fields)
			if err != nil {
				return err
			}
			p.set = set
			all = append(all, &p)
		}
		return nil
	}
	for number, name := range s.names {
		s.number[name] = number
		s.unless = append(s.unless, -1)
		if err := add(number, f.signals[name]); err != nil {
			return nil, fmt.Errorf("signal %s: %w", name, err)
		}
	}
	set := len(s.names)
	for _, name := range slices.Sorted(maps.Keys(f.unless)) {
		number, known := s.number[name]
		if !known {
			return nil, fmt.Errorf("unless %s: there is no such signal", name)
		}
		s.unless[number] = set
		if err := add(set, f.unless[name]); err != nil {
			return nil, fmt.Errorf("unless %s: %w", name, err)
		}
		set++
	}
	s.byFirst = make([][]*pattern, s.count)
	for _, p := range all {
		firsts, any := p.firsts()
		if any {
			s.others = append(s.others, p)
		}
		for _, field := range firsts {
			s.byFirst[field] = append(s.byFirst[field], p)
		}
	}
	s.spelling = newSpelling(f)
	for _, name := range slices.Sorted(maps.Keys(f.classes)) {
		for _, member := range f.classes[name] {
			if w := strings.TrimPrefix(member, "%"); len(w) > 1 && !strings.HasSuffix(w, "*") {
				s.classOf[w] = append(s.classOf[w], name)
			}
		}
	}
	return s, nil
}

// beginning are the patterns that may begin with a word that some fields accept, by set.
func (s *signals) beginning(accepting []uint64) []*pattern {
	all := slices.Clone(s.others)
	for field, patterns := range s.byFirst {
		if accepting[field/64]>>(field%64)&1 == 1 {
			all = append(all, patterns...)
		}
	}
	slices.SortStableFunc(all, func(a, b *pattern) int { return a.set - b.set })
	seen := map[*pattern]bool{}
	return slices.Clip(slices.DeleteFunc(all, func(p *pattern) bool {
		twice := seen[p]
		seen[p] = true
		return twice
	}))
}

// firing says of each signal, by its number, whether it is in the message: one of its
// lines matches and none of those that hold it back does. Each word is looked up once for
// all signals.
func (s *signals) firing(said []*heard) []bool {
	fired := make([]bool, len(s.names))
	for i, h := range said {
		for _, p := range h.begins {
			if p.set >= len(fired) {
				break
			}
			if !fired[p.set] {
				end, ok := p.match(said, i)
				fired[p.set] = ok && end > i
			}
		}
	}
	for number, held := range s.unless {
		if fired[number] && held >= 0 {
			fired[number] = !matches(held, said)
		}
	}
	return fired
}

// matches reports whether some pattern of a set matches anywhere.
func matches(set int, said []*heard) bool {
	for i := range said {
		if _, ok := matchAt(set, said, i); ok {
			return true
		}
	}
	return false
}

// matchAt returns the end of the longest match of a set that begins at word i.
func matchAt(set int, said []*heard, i int) (end int, ok bool) {
	for _, p := range said[i].of(set) {
		if e, matched := p.match(said, i); matched && e > i {
			end, ok = max(end, e), true
		}
	}
	return end, ok
}

// covers reports whether matches of the named signals, words of the signal named
// filler and nothing else make up the whole message, and which signals they are.
func (s *signals) covers(names []string, filler string, said []*heard) (found []string, ok bool) {
	for i := 0; i < len(said); {
		best, by := 0, ""
		for _, name := range names {
			if end, matched := s.matchAt(name, said, i); matched && end > best {
				best, by = end, name
			}
		}
		if by == "" {
			end, matched := s.matchAt(filler, said, i)
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

// matchAt returns the end of the longest match of a signal that begins at word i.
func (s *signals) matchAt(name string, said []*heard, i int) (end int, ok bool) {
	number, known := s.number[name]
	if !known {
		return 0, false
	}
	return matchAt(number, said, i)
}
