package bot

import (
	"bytes"
	"fmt"
	"io/fs"
	"math"
	"slices"
	"strconv"
	"strings"

	"emma/knowledge"
)

// The kinds of messages that the model tells apart. "other" is everything that is left to
// the knowledge base: general questions.
const (
	kindPerson  = "wants_person"
	kindCase    = "case_specific"
	kindSafety  = "safety"
	kindLegal   = "legal_advice"
	kindAbuse   = "abusive"
	kindTalk    = "smalltalk"
	kindOutside = "out_of_scope"
	kindGeneral = "general"
)

// kinds are the kinds in the order of the columns of kinds.tsv.
func kinds() []string {
	return []string{kindPerson, kindCase, kindSafety, kindLegal, kindAbuse, kindTalk, kindOutside, kindGeneral}
}

// limit says from which probability on a message is of a kind.
type limit struct {
	sure    float64 // the model alone
	strange float64 // the model alone, when it knows few of the words
	listed  float64 // when one of the lists says so too
}

// limitOf is held to the bars of the labelled messages and of other domains: for danger a
// miss costs most, for the others a false alarm does too.
func limitOf(kind string) limit {
	switch kind {
	case kindSafety:
		return limit{sure: 0.3, strange: 0.5, listed: 0.05}
	case kindPerson:
		return limit{sure: 0.4, strange: 0.6, listed: 0.15}
	case kindCase:
		return limit{sure: 0.35, strange: 0.6, listed: 0.35}
	case kindLegal:
		return limit{sure: 0.25, strange: 0.25, listed: 0.15}
	case kindAbuse:
		return limit{sure: 0.4, strange: 0.4, listed: 0.2}
	case kindTalk:
		return limit{sure: 0.5, strange: 0.5, listed: 0.2}
	}
	// Nothing is answered that is more likely another office's matter than not.
	return limit{sure: 0.5, strange: 0.5, listed: 0.5}
}

// model tells kinds of messages apart: multinomial logistic regression (softmax) over
// words, pairs of words and the signals of the lists. The weights are fitted on the
// fitting halves of the files in testdata and on the wordings of the
// starter base (go test ./bot -run TestFitOfTheModel -fit). It is immutable.
type model struct {
	rows  []weights       // of the signs, in the order of the file
	slots []signSlot      // open addressing by hash; a power of two
	stops map[string]bool // words that say little about a topic, of both languages
}

// weights are those of one sign, or of several together, in steps of 1/weightScale, in the
// order of kinds.
type weights [8]int32

// signSlot says in which row the weights of a sign are, counted from 1.
type signSlot struct {
	hash uint64
	row  int32
}

// weightScale is how many steps of a stored weight make one.
const weightScale = 20

// readModel reads kinds.tsv: one sign per line, then a whole number per kind. The error
// names the line.
func readModel(folder fs.FS) (*model, error) {
	content, err := fs.ReadFile(folder, "kinds.tsv")
	if err != nil {
		return nil, fmt.Errorf("reading phrases: %w", err)
	}
	m := &model{stops: map[string]bool{}}
	for _, language := range []string{knowledge.English, knowledge.Spanish} {
		for _, w := range knowledge.StopWords(language) {
			m.stops[w] = true
		}
	}
	size := 64
	for size < 2*bytes.Count(content, []byte("\n")) {
		size *= 2
	}
	m.slots = make([]signSlot, size)
	number := 0
	for line := range strings.Lines(string(content)) {
		number++
		if strings.HasPrefix(line, "#") {
			continue
		}
		fields := strings.Fields(line)
		if len(fields) != len(weights{})+1 {
			return nil, fmt.Errorf("phrases kinds.tsv, line %d: want a sign and %d numbers", number, len(weights{}))
		}
		var row weights
		for i, f := range fields[1:] {
			n, err := strconv.ParseInt(f, 10, 16)
			if err != nil {
				return nil, fmt.Errorf("phrases kinds.tsv, line %d: %q is no whole number of two bytes", number, f)
			}
			row[i] = int32(n)
		}
		hash := hashOf(hashStart, fields[0])
		slot := m.slot(hash)
		if slot.row != 0 {
			return nil, fmt.Errorf("phrases kinds.tsv, line %d: %q stands there twice", number, fields[0])
		}
		m.rows = append(m.rows, row)
		*slot = signSlot{hash, int32(len(m.rows))}
	}
	return m, nil
}

// slot is that of a sign, or the empty one where it would be.
func (m *model) slot(hash uint64) *signSlot {
	mask := uint64(len(m.slots) - 1)
	for at := hash >> 20 & mask; ; at = (at + 1) & mask {
		if s := &m.slots[at]; s.row == 0 || s.hash == hash {
			return s
		}
	}
}

// row is the index of the weights of a sign, by its hash, or -1.
func (m *model) row(hash uint64) int { return int(m.slot(hash).row) - 1 }

// strange reports whether at least half of the words that say something about the topic
// are new to the model. What is left to it then is how a message is built, and in every
// domain people build requests alike: "set a timer" as "get a person".
func (m *model) strange(said []*heard) bool {
	unknown, telling := 0, 0
	for _, h := range said {
		if h.stop {
			continue
		}
		telling++
		if !h.known {
			unknown++
		}
	}
	return unknown > 0 && 2*unknown >= telling
}

// sum adds up the weights of a message's signs, each of them once.
func (m *model) sum(tell func(func(a, b, c, d string))) weights {
	rows := make([]int32, 0, 96)
	tell(func(a, b, c, d string) {
		if row := m.row(hashOf(hashOf(hashOf(hashOf(hashStart, a), b), c), d)); row >= 0 {
			rows = append(rows, int32(row))
		}
	})
	slices.Sort(rows)
	var z weights
	for _, row := range slices.Compact(rows) {
		z.add(&m.rows[row])
	}
	return z
}

func (z *weights) add(other *weights) {
	for k, w := range other {
		z[k] += w
	}
}

// with adds the weights of one more sign.
func (m *model) with(z weights, sign string) weights {
	if row := m.row(hashOf(hashStart, sign)); row >= 0 {
		z.add(&m.rows[row])
	}
	return z
}

// probabilities of each kind, in the order of kinds.
func (z *weights) probabilities() []float64 {
	p := make([]float64, len(z))
	for k, w := range z {
		p[k] = float64(w) / weightScale
	}
	return softmax(p)
}

func softmax(z []float64) []float64 {
	most := slices.Max(z)
	sum := 0.0
	for i := range z {
		z[i] = math.Exp(z[i] - most)
		sum += z[i]
	}
	for i := range z {
		z[i] /= sum
	}
	return z
}
