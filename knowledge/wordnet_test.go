package knowledge

import (
	"bufio"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// sensesLinked is how many meanings of a word count, the commonest first.
const sensesLinked = 3

// wordNet is what is used of WordNet's data files.
type wordNet struct {
	stems  map[string]bool // of all its words
	synset map[string]synset
	meant  map[string][][]string // by word, one list for each part of speech: synsets, the commonest first
	forms  [][2]string           // irregular form and word
}

type synset struct {
	words []string
	wider []string // synsets
}

func readWordNet(t *testing.T, folder string) *wordNet {
	w := &wordNet{stems: map[string]bool{}, synset: map[string]synset{}, meant: map[string][][]string{}}
	for _, part := range []string{"noun", "verb", "adj", "adv"} {
		wordNetLines(t, filepath.Join(folder, "data."+part), func(f []string) {
			var s synset
			n, err := strconv.ParseInt(f[3], 16, 32)
			if err != nil {
				t.Fatal(err)
			}
			for i := range int(n) {
				word, _, _ := strings.Cut(strings.ToLower(f[4+2*i]), "(")
				s.words = append(s.words, word)
			}
			pointers := f[5+2*n:]
			for len(pointers) >= 4 && (len(pointers[1]) == 8) {
				if pointers[0] == "@" || pointers[0] == "&" {
					s.wider = append(s.wider, part+pointers[1])
				}
				pointers = pointers[4:]
			}
			w.synset[part+f[0]] = s
		})
		wordNetLines(t, filepath.Join(folder, "index."+part), func(f []string) {
			n, err := strconv.Atoi(f[2])
			if err != nil {
				t.Fatal(err)
			}
			var list []string
			for _, offset := range f[len(f)-n:] {
				list = append(list, part+offset)
			}
			w.meant[f[0]] = append(w.meant[f[0]], list)
			w.stems[stemOf(f[0])] = true
		})
		wordNetLines(t, filepath.Join(folder, part+".exc"), func(f []string) {
			w.forms = append(w.forms, [2]string{f[0], f[1]})
			w.stems[stemOf(f[0])] = true
		})
	}
	return w
}

// lines calls do with the fields of each line but those of the licence.
func wordNetLines(t *testing.T, file string, do func(fields []string)) {
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	s := bufio.NewScanner(f)
	s.Buffer(nil, 1<<20)
	for s.Scan() {
		line, _, _ := strings.Cut(s.Text(), " | ")
		if !strings.HasPrefix(line, "  ") {
			do(strings.Fields(line))
		}
	}
	if err := s.Err(); err != nil {
		t.Fatal(err)
	}
}

// edges link words of one meaning, of a wider one at half the weight, and the forms of a
// word. The weight falls with the rank of the meaning.
func (w *wordNet) edges(words []gloveWord) []map[int]float64 {
	at, links := map[string]int{}, make([]map[int]float64, len(words))
	for i, e := range words {
		at[e.word], links[i] = i, map[int]float64{}
	}
	link := func(i int, word string, weight float64) {
		if j, known := at[word]; known && i != j && weight > links[i][j] {
			links[i][j], links[j][i] = weight, weight
		}
	}
	family := map[string][]string{}
	for i, e := range words {
		for _, list := range w.meant[e.word] {
			for rank, offset := range list[:min(len(list), sensesLinked)] {
				for _, word := range w.synset[offset].words {
					link(i, word, 1/float64(1+rank))
				}
				for _, wider := range w.synset[offset].wider {
					for _, word := range w.synset[wider].words {
						link(i, word, 0.5/float64(1+rank))
					}
				}
			}
		}
		if len(e.word) > 3 {
			family[stemOf(e.word)] = append(family[stemOf(e.word)], e.word)
		}
	}
	for _, words := range family {
		for _, a := range words {
			for _, b := range words {
				link(at[a], b, 1)
			}
		}
	}
	for _, f := range w.forms {
		if i, known := at[f[0]]; known {
			link(i, f[1], 1)
		}
	}
	return links
}
