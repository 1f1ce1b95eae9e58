package knowledge

import (
	"bytes"
	"errors"
	"flag"
	"slices"
	"strings"
	"testing"
)

var makeOf = flag.String("vectors", "", "write vectors/english.bin from GLOVE,WORDNET,TAUGHT (vectors/README.md)")

// TestVectorsKnowWhatIsUsedAlike checks what the vectors are for: texts of one meaning
// are nearer to each other than to texts of another. With -vectors it writes them first.
func TestVectorsKnowWhatIsUsedAlike(t *testing.T) {
	if of := strings.Split(*makeOf, ","); len(of) == 3 {
		makeVectors(t, of[0], of[1], of[2])
		t.Skip("written; run the test again, with the new file built in")
	}
	r := newReader(English, nil)
	like := func(a, b string) float32 {
		x, _ := meaning(r.words(a))
		y, _ := meaning(r.words(b))
		if x == nil || y == nil {
			t.Fatalf("%q or %q is unknown", a, b)
		}
		p, q := newPoint(x), newPoint(y)
		w := q.wide()
		return p.like(&w)
	}
	for _, c := range [][3]string{
		{"physician", "doctor", "lawyer"}, {"attorney", "lawyer", "doctor"}, {"married", "wedding", "payment"},
		{"i misplaced my card", "lost my card", "paid with my card"}, {"don't", "not", "car"}, {"bought a truck", "purchase the car", "purchase the house"},
	} {
		if near, far := like(c[0], c[1]), like(c[0], c[2]); near < far+0.1 {
			t.Errorf("%q is %.2f like %q and %.2f like %q", c[0], near, c[1], far, c[2])
		}
	}
}

func TestVectorsSayLittleOfUnknownWords(t *testing.T) {
	r := newReader(English, nil)
	if mean, evidence := meaning(r.words("xqzzt brrfl 485")); mean != nil || evidence != 0 {
		t.Errorf("evidence %v of unknown words", evidence)
	}
	if mean, evidence := meaning(nil); mean != nil || evidence != 0 {
		t.Errorf("evidence %v of no words", evidence)
	}
	_, clear := meaning(r.words("replace stolen passport"))
	_, vague := meaning(r.words("what is it"))
	_, mixed := meaning(r.words("replace stolen xqzzt brrfl"))
	if clear <= vague || clear <= mixed || clear > 1 || vague <= 0 {
		t.Errorf("evidence %v of rare words, %v of common ones, %v of half unknown ones", clear, vague, mixed)
	}
	if mean, _ := meaning(newReader(Spanish, nil).words("no visa")); mean != nil {
		t.Error("Spanish is read with English vectors")
	}
}

func TestVectorsAreInOrder(t *testing.T) {
	v, err := openVectors(englishVectors)
	if err != nil {
		t.Fatal(err)
	}
	last := ""
	for i := 0; i < len(v.records); i += recordSize {
		word := string(bytes.TrimRight(v.records[i:i+vectorWord], "\x00"))
		if word <= last {
			t.Fatalf("%q follows %q", word, last)
		}
		if v.find(word).row == nil {
			t.Fatalf("%q is not found", word)
		}
		last = word
	}
	for _, word := range []string{"", "zzzz", "aaaaaaaaaaaaaaaa", strings.Repeat("z", 400), "\x00"} {
		if v.find(word).row != nil {
			t.Errorf("%q is found", word)
		}
	}
}

func TestDamagedVectorsAreRefused(t *testing.T) {
	whole := englishVectors
	for name, file := range map[string][]byte{
		"empty": nil, "head only": whole[:len(vectorHead)], "cut": whole[:len(whole)-recordSize], "cut in a record": whole[:len(whole)-1],
		"another version": append([]byte("emma vectors 2\n"), whole[len(vectorHead):]...),
		"one bit": func() []byte {
			file := slices.Clone(whole)
			file[len(file)/2] ^= 1
			return file
		}(),
	} {
		if _, err := openVectors(file); !errors.Is(err, errVectors) {
			t.Errorf("%s: error %v", name, err)
		}
	}
}

// TestMeaningFindsAnotherWording asks in words that no article has.
func TestMeaningFindsAnotherWording(t *testing.T) {
	r := newReader(English, nil)
	leaves := []leaf{
		{texts: []*sketch{r.sketch("doctor for my daughter"), r.sketch("physician for a child")}},
		{texts: []*sketch{r.sketch("buy a car"), r.sketch("purchase an automobile")}},
		{texts: []*sketch{r.sketch("lost my luggage"), r.sketch("suitcase is missing")}},
	}
	m := newMatcher(len(leaves), func(a int) leaf { return leaves[a] })
	for question, right := range map[string]int{"pediatrician wanted": 0, "new truck dealership": 1, "baggage misplaced": 2} {
		c := m.lend()
		m.compareIn(c, r.sketch(question))
		best := 0
		for a := range leaves {
			if m.features(c, a)[fSenseCentre] > m.features(c, best)[fSenseCentre] {
				best = a
			}
		}
		m.release(c)
		if best != right {
			t.Errorf("%q finds article %d, want %d", question, best, right)
		}
	}
}
