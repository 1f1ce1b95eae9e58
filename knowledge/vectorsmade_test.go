package knowledge

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/binary"
	"encoding/json"
	"errors"
	"hash/crc32"
	"io/fs"
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/english"
)

const (
	wordsWanted = 30000
	wordsAlways = 10000 // the commonest ones are taken whether WordNet has them or not
)

// madeWord is a word of the file to be.
type madeWord struct {
	word   string
	weight float64 // SIF
	vector []float32
}

// makeVectors writes english.bin from what an encoder said of words and sentences, in the
// file taught.f32; without that file it writes what is to be asked, to taught.txt.
func makeVectors(t *testing.T, glove, folder, taught string) {
	t.Helper()
	net := readWordNet(t, folder)
	words, rank := readWords(t, glove, net)
	sentences := net.sentences(rank)
	var asked strings.Builder
	for _, w := range words {
		asked.WriteString(w.word + "\n")
	}
	asked.WriteString(strings.Join(sentences, "\n") + "\n")
	answers, err := os.ReadFile(taught + ".f32")
	if errors.Is(err, fs.ErrNotExist) {
		if err := os.WriteFile(taught+".txt", []byte(asked.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		t.Skip("run vectors/teach.mjs on " + taught + ".txt now, and then this again")
	}
	if err != nil {
		t.Fatal(err)
	}
	if want := 4 * encoderSize * (len(words) + len(sentences)); len(answers) != want {
		t.Fatalf("the encoder's file has %d bytes, want %d: it answers other questions", len(answers), want)
	}
	learn(words, sentences, answers)
	if err := os.WriteFile("vectors/english.bin", encodeVectors(words), 0o644); err != nil {
		t.Fatal(err)
	}
}

// readWords takes the commonest words of GloVe, without their vectors, and says of all
// its words how common they are.
func readWords(t *testing.T, file string, net *wordNet) (words []madeWord, rank map[string]int) {
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }() // it was only read
	var content struct {
		Words []string `json:"words"` // the commonest first
	}
	if err := json.NewDecoder(bufio.NewReaderSize(f, 1<<20)).Decode(&content); err != nil {
		t.Fatal(err)
	}
	rank = map[string]int{}
	for at, word := range content.Words {
		if !plainWord(word) {
			continue
		}
		rank[word] = at
		if len(words) == wordsWanted || at >= wordsAlways && !net.stems[stemOf(word)] {
			continue
		}
		// Zipf's law gives the frequency, and that the weight (Arora, Liang and Ma 2017).
		often := 0.1 / float64(at+2)
		words = append(words, madeWord{word: word, weight: 1e-3 / (1e-3 + often)})
	}
	return append(words, contractions(words)...), rank
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

// contractions are words that texts have without their apostrophe.
func contractions(words []madeWord) []madeWord {
	weight := map[string]float64{}
	for _, e := range words {
		weight[e.word] = e.weight
	}
	var made []madeWord
	add := func(word string, parts ...string) {
		if _, known := weight[word]; known {
			return
		}
		e := madeWord{word: word, weight: 1}
		for _, part := range parts {
			e.weight = min(e.weight, weight[part])
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

// encodeVectors rounds to bytes: one number in two thousand is cut.
func encodeVectors(words []madeWord) []byte {
	slices.SortFunc(words, func(a, b madeWord) int { return cmp.Compare(a.word, b.word) })
	var sizes []float64
	for _, e := range words {
		for _, x := range e.vector {
			sizes = append(sizes, math.Abs(float64(x)))
		}
	}
	slices.Sort(sizes)
	scale := 127 / sizes[len(sizes)-len(sizes)/2000]
	var records bytes.Buffer
	for _, e := range words {
		records.WriteString(e.word + strings.Repeat("\x00", vectorWord-len(e.word)))
		records.WriteByte(byte(math.Round(255 * e.weight)))
		for _, x := range e.vector {
			records.WriteByte(byte(int8(math.Round(min(max(scale*float64(x), -127), 127)))))
		}
	}
	out := []byte(vectorHead)
	out = binary.LittleEndian.AppendUint32(out, crc32.Checksum(records.Bytes(), crc32.MakeTable(crc32.Castagnoli)))
	return append(out, records.Bytes()...)
}
