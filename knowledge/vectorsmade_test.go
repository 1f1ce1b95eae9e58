package knowledge

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/binary"
	"encoding/json"
	"hash/crc32"
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/english"
)

const (
	wordsWanted   = 30000
	wordsAlways   = 10000 // the commonest ones are taken whether WordNet has them or not
	gloveSize     = 100   // dimensions of GloVe
	firstsDropped = 2     // first components: they tell common words from rare ones (Mu and Viswanath 2018)
)

type gloveWord struct {
	word   string
	weight float64 // SIF
	vector []float64
}

func makeVectors(t *testing.T, glove, folder string) {
	t.Helper()
	w := readWordNet(t, folder)
	words := readGloVe(t, glove, w)
	retrofit(words, w.edges(words))
	centreOn(words)
	project(words)
	words = append(words, contractions(words)...)
	if err := os.WriteFile("vectors/english.bin", encodeVectors(words), 0o644); err != nil {
		t.Fatal(err)
	}
}

// readGloVe takes the commonest words with their vectors, centred and of length 1.
func readGloVe(t *testing.T, file string, w *wordNet) []gloveWord {
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	var content struct {
		Words   []string             `json:"words"` // the commonest first
		Vectors map[string][]float64 `json:"vectors"`
	}
	if err := json.NewDecoder(bufio.NewReaderSize(f, 1<<20)).Decode(&content); err != nil {
		t.Fatal(err)
	}
	var words []gloveWord
	for rank, word := range content.Words {
		v := content.Vectors[word]
		if len(words) == wordsWanted {
			break
		}
		if len(v) < gloveSize || !plainWord(word) || rank >= wordsAlways && !w.stems[stemOf(word)] {
			continue
		}
		// Zipf's law gives the frequency, and that the weight (Arora, Liang and Ma 2017).
		often := 0.1 / float64(rank+2)
		e := gloveWord{word: word, weight: 1e-3 / (1e-3 + often), vector: v[:gloveSize]}
		length1(e.vector)
		words = append(words, e)
	}
	centreOn(words)
	for _, e := range words {
		length1(e.vector)
	}
	return words
}

func plainWord(word string) bool {
	return len(word) <= vectorWord && (len(word) > 1 || word == "a" || word == "i") &&
		!strings.ContainsFunc(word, func(r rune) bool { return r < 'a' || r > 'z' })
}

func stemOf(word string) string {
	if len(word) < 4 {
		return word
	}
	env := snowballstem.NewEnv(word)
	english.Stem(env)
	return env.Current()
}

// retrofit draws words towards those that they are linked to (Faruqui et al. 2015).
func retrofit(words []gloveWord, links []map[int]float64) {
	drawn := make([][]float64, len(words))
	for i, e := range words {
		drawn[i] = slices.Clone(e.vector)
	}
	for range 10 {
		for i, e := range words {
			if len(links[i]) == 0 {
				continue
			}
			total, sum := 0.0, make([]float64, gloveSize)
			var others []int // in a fixed order, for the same sums each time
			for j := range links[i] {
				others = append(others, j)
			}
			slices.Sort(others)
			for _, j := range others {
				total += links[i][j]
				for k, x := range drawn[j] {
					sum[k] += links[i][j] * x
				}
			}
			for k := range sum {
				drawn[i][k] = (e.vector[k] + sum[k]/total) / 2
			}
		}
	}
	for i := range words {
		words[i].vector = drawn[i]
	}
}

func centreOn(words []gloveWord) {
	mean := make([]float64, gloveSize)
	for _, e := range words {
		for k, x := range e.vector {
			mean[k] += x / float64(len(words))
		}
	}
	for _, e := range words {
		for k := range e.vector {
			e.vector[k] -= mean[k]
		}
	}
}

// project keeps the principal components after the first ones.
func project(words []gloveWord) {
	covariance := make([][]float64, gloveSize)
	for i := range covariance {
		covariance[i] = make([]float64, gloveSize)
		for _, e := range words {
			for j, x := range e.vector {
				covariance[i][j] += e.vector[i] * x
			}
		}
	}
	axes := eigenvectors(covariance)[firstsDropped : firstsDropped+vectorSize]
	for i, e := range words {
		v := make([]float64, vectorSize)
		for k, axis := range axes {
			for d, x := range e.vector {
				v[k] += axis[d] * x
			}
		}
		words[i].vector = v
	}
}

// eigenvectors of a symmetric matrix by Jacobi's rotations, the greatest first.
func eigenvectors(a [][]float64) [][]float64 {
	n := len(a)
	v := make([][]float64, n) // by row
	for i := range v {
		v[i] = make([]float64, n)
		v[i][i] = 1
	}
	for range 60 {
		for p := range n {
			for q := p + 1; q < n; q++ {
				if math.Abs(a[p][q]) < 1e-12*math.Abs(a[p][p]) {
					continue
				}
				theta := (a[q][q] - a[p][p]) / (2 * a[p][q])
				t := math.Copysign(1/(math.Abs(theta)+math.Sqrt(theta*theta+1)), theta)
				c := 1 / math.Sqrt(t*t+1)
				s := t * c
				for k := range n {
					a[k][p], a[k][q] = c*a[k][p]-s*a[k][q], s*a[k][p]+c*a[k][q]
				}
				for k := range n {
					a[p][k], a[q][k] = c*a[p][k]-s*a[q][k], s*a[p][k]+c*a[q][k]
					v[p][k], v[q][k] = c*v[p][k]-s*v[q][k], s*v[p][k]+c*v[q][k]
				}
			}
		}
	}
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int { return cmp.Compare(a[j][j], a[i][i]) })
	out := make([][]float64, n)
	for to, from := range order {
		out[to] = v[from]
	}
	return out
}

// contractions are words that texts have without their apostrophe.
func contractions(words []gloveWord) []gloveWord {
	at := map[string]gloveWord{}
	for _, e := range words {
		length1(e.vector)
		at[e.word] = e
	}
	var made []gloveWord
	add := func(word string, parts ...string) {
		if _, known := at[word]; known {
			return
		}
		e := gloveWord{word: word, weight: 1, vector: make([]float64, vectorSize)}
		for _, part := range parts {
			e.weight = min(e.weight, at[part].weight)
			for k, x := range at[part].vector {
				e.vector[k] += x
			}
		}
		made = append(made, e)
	}
	for _, verb := range strings.Fields("do does did is are was were has have had could would should might must need") {
		add(verb+"nt", verb, "not")
	}
	add("cant", "can", "not")
	add("cannot", "can", "not")
	add("wont", "will", "not")
	add("aint", "is", "not")
	for _, who := range strings.Fields("what where when how who that there here he she it") {
		add(who+"s", who, "is")
	}
	for _, who := range strings.Fields("you they we") {
		add(who+"re", who, "are")
		add(who+"ve", who, "have")
		add(who+"ll", who, "will")
	}
	add("im", "i", "am")
	add("ive", "i", "have")
	return made
}

func length1(v []float64) {
	square := 0.0
	for _, x := range v {
		square += x * x
	}
	if square == 0 {
		return
	}
	for k := range v {
		v[k] /= math.Sqrt(square)
	}
}

func encodeVectors(words []gloveWord) []byte {
	slices.SortFunc(words, func(a, b gloveWord) int { return cmp.Compare(a.word, b.word) })
	var records bytes.Buffer
	for _, e := range words {
		records.WriteString(e.word + strings.Repeat("\x00", vectorWord-len(e.word)))
		records.WriteByte(byte(math.Round(255 * e.weight)))
		length1(e.vector)
		for _, x := range e.vector {
			records.WriteByte(byte(int8(math.Round(min(max(vectorScale*x, -127), 127)))))
		}
	}
	out := []byte(vectorHead)
	out = binary.LittleEndian.AppendUint32(out, crc32.Checksum(records.Bytes(), crc32.MakeTable(crc32.Castagnoli)))
	return append(out, records.Bytes()...)
}
