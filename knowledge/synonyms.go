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
}

// newThesaurus holds groups under names that begin with name.
func newThesaurus(r *reader, name string, groups [][]string) *thesaurus {
	t := &thesaurus{byFirst: map[string][]wording{}}
	for number, words := range groups {
		group := "=" + name + ":" + strconv.Itoa(number)
		for _, phrase := range words {
			w := wording{group: group, stems: r.stems(phrase)}
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

// at returns the groups of the wordings that begin at a word.
func (t *thesaurus) at(words []word, i int) []string {
	var groups []string
	for _, w := range t.byFirst[words[i].stem] {
		if startsWith(words[i:], w.stems) {
			groups = append(groups, w.group)
		}
	}
	return groups
}

// name appends the name of every group that occurs in words, once each.
func (t *thesaurus) name(words []word) []word {
	n := len(words)
	for i := range n {
		for _, group := range t.at(words[:n], i) {
			if !slices.ContainsFunc(words[n:], func(w word) bool { return w.stem == group }) {
				words = append(words, word{plain: group, stem: group, group: true})
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
