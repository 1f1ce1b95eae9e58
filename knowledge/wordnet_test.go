package knowledge

import (
	"bufio"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// wordNet is what is used of WordNet's data files.
type wordNet struct {
	stems       map[string]bool               // of all its words
	parts       map[string]map[string]float64 // by word: how often it is which part of speech
	examples    []string                      // sentences and phrases, plain
	definitions []string
}

func readWordNet(t *testing.T, folder string) *wordNet {
	w := &wordNet{stems: map[string]bool{}, parts: map[string]map[string]float64{}}
	count := func(word, part string, n float64) {
		if w.parts[word] == nil {
			w.parts[word] = map[string]float64{}
		}
		w.parts[word][part] += n
	}
	quoted := regexp.MustCompile(`"([^"]+)"`)
	for _, part := range []string{"noun", "verb", "adj", "adv"} {
		wordNetLines(t, filepath.Join(folder, "data."+part), func(line string) {
			_, gloss, _ := strings.Cut(line, " | ")
			for _, m := range quoted.FindAllStringSubmatch(gloss, -1) {
				w.examples = append(w.examples, plainText(m[1]))
			}
			for d := range strings.SplitSeq(quoted.ReplaceAllString(gloss, ""), ";") {
				w.definitions = append(w.definitions, plainText(d))
			}
		})
		wordNetLines(t, filepath.Join(folder, "index."+part), func(line string) {
			f := strings.Fields(line)
			senses, err := strconv.Atoi(f[2])
			if err != nil {
				t.Fatal(err)
			}
			count(f[0], part, 0.1*float64(senses))
			w.stems[stemOf(f[0])] = true
		})
		wordNetLines(t, filepath.Join(folder, part+".exc"), func(line string) {
			w.stems[stemOf(strings.Fields(line)[0])] = true
		})
	}
	names := map[byte]string{'1': "noun", '2': "verb", '3': "adj", '4': "adv", '5': "adj"}
	wordNetLines(t, filepath.Join(folder, "cntlist.rev"), func(line string) {
		f := strings.Fields(line) // word%part:…, number of the sense, how often it was met
		word, sense, _ := strings.Cut(f[0], "%")
		n, err := strconv.Atoi(f[2])
		if err != nil {
			t.Fatal(err)
		}
		count(word, names[sense[0]], float64(n))
	})
	w.examples, w.definitions = between(w.examples, 3, 40), between(w.definitions, 3, 14)
	return w
}

// plainText is a text as the reader splits it.
func plainText(text string) string { return strings.Join(plainReader(English).split(nil, text), " ") }

// between are the texts with that many words, in order, once each.
func between(texts []string, least, most int) []string {
	texts = slices.DeleteFunc(texts, func(s string) bool {
		n := len(strings.Fields(s))
		return n < least || n > most
	})
	slices.Sort(texts)
	return slices.Compact(texts)
}

// wordNetLines calls do with each line but those of the licence.
func wordNetLines(t *testing.T, file string, do func(line string)) {
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }() // it was only read
	s := bufio.NewScanner(f)
	s.Buffer(nil, 1<<20)
	for s.Scan() {
		if !strings.HasPrefix(s.Text(), "  ") {
			do(s.Text())
		}
	}
	if err := s.Err(); err != nil {
		t.Fatal(err)
	}
}

// mostly are the words that are mostly one part of speech, the commonest first. rank says
// how common a word is; words that it does not hold are left out.
func (w *wordNet) mostly(part string, rank map[string]int, limit int) []string {
	var all []string
	for word, parts := range w.parts {
		if _, known := rank[word]; known && len(word) > 2 && parts[part] > 0 && parts[part] >= 0.5*slices.Max(slices.Collect(maps.Values(parts))) {
			all = append(all, word)
		}
	}
	slices.SortFunc(all, func(a, b string) int { return rank[a] - rank[b] })
	return all[:min(limit, len(all))]
}

// compounds are the nouns of two words, both of them common.
func (w *wordNet) compounds(rank map[string]int, common int) []string {
	var all []string
	for word, parts := range w.parts {
		first, second, two := strings.Cut(word, "_")
		a, known := rank[first]
		b, too := rank[second]
		if two && parts["noun"] > 0 && known && too && a < common && b < common {
			all = append(all, first+" "+second)
		}
	}
	slices.Sort(all)
	return all
}
