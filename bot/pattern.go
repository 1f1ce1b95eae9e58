package bot

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// pattern is a compiled line of a list of signals. A line is a sequence of slots:
//
//	word        that word; word* any word that begins with it
//	a|b|@class  one of these
//	x?          a slot that may be missing
//	~3          up to three words of any kind
//	^ and $     the beginning and the end of the message; $ may stand among
//	            alternatives, as in now|$
//
// A class is a named list of single words of the same file; %word in a class or a
// slot also accepts a typing error in that word (see spelling).
type pattern struct {
	slots   []slot
	signal  int // the number of the signal that it makes fire
	atStart bool
	atEnd   bool
}

type slot struct {
	exact    map[string]bool
	prefixes []string
	optional bool
	end      bool // $ among the alternatives: the end of the message will do
	gap      int  // above 0: so many words of any kind
}

// compile reads one line. It returns an error for a line that could match nothing
// or everything.
func compile(line string, classes map[string][]string) (pattern, error) {
	var p pattern
	for _, field := range strings.Fields(line) {
		switch {
		case field == "^":
			p.atStart = true
		case field == "$":
			p.atEnd = true
		case strings.HasPrefix(field, "~"):
			n := 0
			if _, err := fmt.Sscanf(field, "~%d", &n); err != nil || n < 1 || n > 12 {
				return p, fmt.Errorf("the gap %q is not ~1 to ~12", field)
			}
			p.slots = append(p.slots, slot{gap: n})
		default:
			s, err := compileSlot(field, classes)
			if err != nil {
				return p, err
			}
			p.slots = append(p.slots, s)
		}
	}
	if n := len(p.slots); n == 0 || p.slots[0].gap > 0 && !p.atStart || p.slots[n-1].gap > 0 && !p.atEnd {
		return p, fmt.Errorf("the line %q may begin or end with a gap only beside ^ or $", line)
	}
	return p, nil
}

// firsts are the words and beginnings of words that a match may begin with; any says
// that it may begin with others too.
func (p *pattern) firsts() (exact, prefixes []string, any bool) {
	for i := range p.slots {
		s := &p.slots[i]
		if s.gap > 0 || s.end {
			break
		}
		exact = slices.AppendSeq(exact, maps.Keys(s.exact))
		prefixes = append(prefixes, s.prefixes...)
		if !s.optional {
			return exact, prefixes, false
		}
	}
	return nil, nil, true
}

func compileSlot(field string, classes map[string][]string) (slot, error) {
	s := slot{exact: map[string]bool{}}
	if strings.HasSuffix(field, "?") {
		s.optional = true
		field = strings.TrimSuffix(field, "?")
	}
	for _, word := range strings.Split(field, "|") {
		if word == "$" {
			s.end = true
			continue
		}
		members := []string{word}
		if name, isClass := strings.CutPrefix(word, "@"); isClass {
			var known bool
			if members, known = classes[name]; !known {
				return s, fmt.Errorf("the class %q is not in the list", word)
			}
		}
		for _, m := range members {
			m = strings.TrimPrefix(m, "%")
			prefix, isPrefix := strings.CutSuffix(m, "*")
			plain := words(prefix)
			if len(plain) != 1 {
				return s, fmt.Errorf("%q is not one word", m)
			}
			if isPrefix {
				s.prefixes = append(s.prefixes, plain[0])
			} else {
				s.exact[plain[0]] = true
			}
		}
	}
	return s, nil
}

// match reports whether the pattern matches words from position i on, and where the
// match ends. The shortest way through the gaps wins.
func (p *pattern) match(said []string, i int) (end int, ok bool) {
	if p.atStart && i != 0 {
		return 0, false
	}
	return p.matchSlots(said, i, 0)
}

func (p *pattern) matchSlots(said []string, i, at int) (int, bool) {
	if at == len(p.slots) {
		return i, !p.atEnd || i == len(said)
	}
	s := &p.slots[at]
	if s.gap > 0 {
		for skipped := 0; skipped <= s.gap && i+skipped <= len(said); skipped++ {
			if end, ok := p.matchSlots(said, i+skipped, at+1); ok {
				return end, true
			}
		}
		return 0, false
	}
	if i < len(said) && s.accepts(said[i]) {
		if end, ok := p.matchSlots(said, i+1, at+1); ok {
			return end, true
		}
	}
	if s.optional || s.end && i == len(said) {
		return p.matchSlots(said, i, at+1)
	}
	return 0, false
}

func (s *slot) accepts(word string) bool {
	if s.exact[word] {
		return true
	}
	for _, prefix := range s.prefixes {
		if strings.HasPrefix(word, prefix) {
			return true
		}
	}
	return false
}
