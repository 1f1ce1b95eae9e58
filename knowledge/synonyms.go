package knowledge

import (
	"embed"
	"slices"
	"strconv"
	"strings"
)

//go:embed synonyms
var synonymFiles embed.FS

// thesaurus holds groups of wordings for one thing, one or several words long.
// Expanding texts on this side keeps wordings of several words whole, which the
// synonym search of the index cannot. It is immutable.
type thesaurus struct {
	byFirst map[string][]wording // first stem → wordings
}

type wording struct {
	stems []string
	group string
	name  *lemma // of the group, as a word
}

// newThesaurus holds groups under names that begin with name.
func newThesaurus(r *reader, name string, groups [][]string) *thesaurus {
	t := &thesaurus{byFirst: map[string][]wording{}}
	for number, words := range groups {
		group := "=" + name + ":" + strconv.Itoa(number)
		name := &lemma{plain: group, stem: group, hash: mix(hashOn(hashStart, group)), term: key(wordGrams, group)}
		for _, phrase := range words {
			w := wording{group: group, name: name, stems: r.stems(phrase)}
			if len(w.stems) > 0 && !slices.ContainsFunc(t.byFirst[w.stems[0]], func(other wording) bool {
				return other.group == group && slices.Equal(other.stems, w.stems)
			}) {
				t.byFirst[w.stems[0]] = append(t.byFirst[w.stems[0]], w)
			}
		}
	}
	return t
}

// readThesaurus reads a file that comes with the program; one that does not exist is an
// empty thesaurus.
func readThesaurus(r *reader, file string) *thesaurus {
	content, err := synonymFiles.ReadFile(file)
	if err != nil {
		return newThesaurus(r, file, nil)
	}
	return newThesaurus(r, file, groupsOf(string(content)))
}

// groupsOf reads groups: one a line, wordings apart by commas, lines that begin with #
// left out.
func groupsOf(content string) [][]string {
	var groups [][]string
	for line := range strings.Lines(content) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		var words []string
		for phrase := range strings.SplitSeq(line, ",") {
			words = append(words, strings.TrimSpace(phrase))
		}
		groups = append(groups, words)
	}
	return groups
}

// at appends the groups of those wordings that words begin with.
func at(wordings []wording, groups []string, words []word) []string {
	for _, w := range wordings {
		if startsWith(words, w.stems) {
			groups = append(groups, w.group)
		}
	}
	return groups
}

// names appends the name of every group of synonyms that occurs in words, once each.
func names(words []word) []word {
	n := len(words)
	for i := range n {
		for _, wording := range words[i].synonyms {
			if startsWith(words[i:n], wording.stems) && !slices.ContainsFunc(words[n:], func(w word) bool { return w.lemma == wording.name }) {
				words = append(words, word{lemma: wording.name, group: true})
			}
		}
	}
	return words
}

func startsWith(words []word, stems []string) bool {
	if len(words) < len(stems) {
		return false
	}
	for i, s := range stems {
		if words[i].stem != s {
			return false
		}
	}
	return true
}
