package bot

import (
	"sort"
	"strings"
)

// spelling turns typing errors in marked words into those words.
type spelling struct {
	known map[string]bool
	// marked are the words written with % in the lists, by length.
	marked map[int][]string
}

func newSpelling(f lists) spelling {
	s := spelling{known: map[string]bool{}, marked: map[int][]string{}}
	note := func(field string) {
		for _, w := range strings.Split(strings.TrimSuffix(field, "?"), "|") {
			w, isMarked := strings.CutPrefix(w, "%")
			w = strings.TrimSuffix(w, "*")
			if isMarked && !s.known["%"+w] {
				s.known["%"+w] = true
				s.marked[len(w)] = append(s.marked[len(w)], w)
			}
			s.known[w] = true
		}
	}
	for _, members := range f.classes {
		for _, w := range members {
			note(w)
		}
	}
	for _, lists := range []map[string][]string{f.signals, f.unless} {
		for _, lines := range lists {
			for _, line := range lines {
				for _, field := range strings.Fields(line) {
					note(field)
				}
			}
		}
	}
	for _, list := range s.marked {
		sort.Strings(list)
	}
	return s
}

// mended returns the marked word that a word was meant to be: one error in words of five
// letters or more, two from nine on. The first letter must be right.
func (s *spelling) mended(w string) (string, bool) {
	if len(w) < 4 || len(w) > 20 || s.known[w] {
		return "", false
	}
	return s.closest(w)
}

func (s *spelling) closest(w string) (string, bool) {
	for errors := 1; errors <= 2; errors++ {
		for length := len(w) - errors; length <= len(w)+errors; length++ {
			if length < 5 || errors == 2 && length < 9 {
				continue
			}
			for _, candidate := range s.marked[length] {
				if candidate[0] == w[0] && distance(w, candidate, errors) <= errors {
					return candidate, true
				}
			}
		}
	}
	return "", false
}

// distance is the optimal string alignment distance (insertions, deletions,
// substitutions and swaps of neighbours) of two words of plain letters, after
// Damerau 1964. The result is only exact up to most.
func distance(a, b string, most int) int {
	if d := len(a) - len(b); d > most || -d > most {
		return most + 1
	}
	before, previous, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range previous {
		previous[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(previous[j]+1, row[j-1]+1, previous[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, previous, row = previous, row, before
	}
	return previous[len(b)]
}
