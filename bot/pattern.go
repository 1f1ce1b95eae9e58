package bot

import (
	"fmt"
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
	set     int // the number of the set that it belongs to
	atStart bool
	atEnd   bool
}

type slot struct {
	field    int32 // the number of what it accepts
	optional bool
	end      bool // $ among the alternatives: the end of the message will do
	gap      int  // above 0: so many words of any kind
}

// fields are what the slots of some patterns accept. Slots that are written alike accept
// the same, and a word is looked up once for all of them.
type fields struct {
	number  map[string]int32   // by what is written
	count   int32              // of the numbers given
	exact   map[string][]int32 // the fields that accept a word
	prefix  map[string][]int32 // and those that accept what begins with one
	lengths []int              // of the beginnings, each once
}

func newFields() *fields {
	return &fields{number: map[string]int32{}, exact: map[string][]int32{}, prefix: map[string][]int32{}}
}

// accepting are the fields that accept a word, a bit for each.
func (f *fields) accepting(word string) []uint64 {
	bits := make([]uint64, (f.count+63)/64)
	for _, n := range f.exact[word] {
		bits[n/64] |= 1 << (n % 64)
	}
	for _, length := range f.lengths {
		if length > len(word) {
			continue
		}
		for _, n := range f.prefix[word[:length]] {
			bits[n/64] |= 1 << (n % 64)
		}
	}
	return bits
}

// compile reads one line. It returns an error for a line that could match nothing
// or everything.
func compile(line string, classes map[string][]string, fields *fields) (pattern, error) {
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
			s, err := compileSlot(field, classes, fields)
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

// firsts are the fields that a match may begin with; any says that it may begin with
// other words too.
func (p *pattern) firsts() (fields []int32, any bool) {
	for i := range p.slots {
		s := &p.slots[i]
		if s.gap > 0 || s.end {
			break
		}
		fields = append(fields, s.field)
		if !s.optional {
			return fields, false
		}
	}
	return nil, true
}

func compileSlot(text string, classes map[string][]string, fields *fields) (slot, error) {
	var s slot
	text, s.optional = strings.CutSuffix(text, "?")
	s.end = slices.Contains(strings.Split(text, "|"), "$")
	if number, known := fields.number[text]; known {
		s.field = number
		return s, nil
	}
	s.field = fields.count
	for _, word := range strings.Split(text, "|") {
		if word == "$" {
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
			prefix, isPrefix := strings.CutSuffix(strings.TrimPrefix(m, "%"), "*")
			plain := words(prefix)
			if len(plain) != 1 {
				return s, fmt.Errorf("%q is not one word", m)
			}
			fields.add(plain[0], isPrefix)
		}
	}
	fields.number[text] = fields.count
	fields.count++
	return s, nil
}

// add makes the field that is being read accept a word, or what begins with it.
func (f *fields) add(word string, begins bool) {
	if !begins {
		f.exact[word] = append(f.exact[word], f.count)
		return
	}
	f.prefix[word] = append(f.prefix[word], f.count)
	if !slices.Contains(f.lengths, len(word)) {
		f.lengths = append(f.lengths, len(word))
	}
}

// match reports whether the pattern matches words from position i on, and where the
// match ends. The shortest way through the gaps wins.
func (p *pattern) match(said []*heard, i int) (end int, ok bool) {
	if p.atStart && i != 0 {
		return 0, false
	}
	return p.matchSlots(said, i, 0)
}

func (p *pattern) matchSlots(said []*heard, i, at int) (int, bool) {
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
	if i < len(said) && said[i].accept(s.field) {
		if end, ok := p.matchSlots(said, i+1, at+1); ok {
			return end, true
		}
	}
	if s.optional || s.end && i == len(said) {
		return p.matchSlots(said, i, at+1)
	}
	return 0, false
}
