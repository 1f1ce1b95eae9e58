package knowledge

import (
	"bytes"
	_ "embed"
	"encoding/binary"
	"errors"
	"hash/crc32"
)

// The vectors say which English words are used alike; vectors/README.md tells where they
// are from, under which licences, and how the file is laid out. It is read where it
// lies: the vectors take no memory of their own and no time at the start.
//
//go:embed vectors/english.bin
var englishVectors []byte

// Layout of a file of vectors: a head, the CRC-32 (Castagnoli) of what follows it, and
// one record a word, in the order of the words.
const (
	vectorHead = "emma vectors 1\n"
	vectorWord = 15 // bytes of the word, filled up with zeros
	vectorSize = 64 // dimensions, one signed byte each
	recordSize = vectorWord + 1 + vectorSize
)

var errVectors = errors.New("the word vectors are damaged")

// vectors find words by their meaning. The zero value knows no words.
type vectors struct{ records []byte }

// openVectors checks a file of vectors.
func openVectors(file []byte) (vectors, error) {
	body, ok := bytes.CutPrefix(file, []byte(vectorHead))
	if !ok || len(body) < 4 || (len(body)-4)%recordSize != 0 {
		return vectors{}, errVectors
	}
	sum, records := body[:4], body[4:]
	if binary.LittleEndian.Uint32(sum) != crc32.Checksum(records, crc32.MakeTable(crc32.Castagnoli)) {
		return vectors{}, errVectors
	}
	return vectors{records}, nil
}

// sense is the vector of a word. The zero value is that of an unknown word.
type sense struct {
	row    []byte // a signed byte for each dimension
	weight float32
}

// find returns the sense of a word in lower case without accents.
func (v vectors) find(word string) sense {
	if len(word) > vectorWord {
		return sense{}
	}
	low, high := 0, len(v.records)/recordSize
	for low < high { // the zeros after a word keep it in its place
		middle := (low + high) / 2
		if string(v.records[middle*recordSize:][:vectorWord]) < word {
			low = middle + 1
		} else {
			high = middle
		}
	}
	if low*recordSize == len(v.records) {
		return sense{}
	}
	record := v.records[low*recordSize:][:recordSize]
	if name := record[:vectorWord]; string(name[:len(word)]) != word || len(word) < vectorWord && name[len(word)] != 0 {
		return sense{}
	}
	return sense{record[vectorWord+1:], float32(record[vectorWord]) / 255}
}

// meaning is the sum of the vectors of a text's words, its length 1, and how much the text
// gives to go by, 0..1: little where its words are unknown or common (by the weights of
// SIF, Arora, Liang and Ma 2017). The sum is nil where no word is known.
func meaning(words []word) (sum []float32, evidence float32) {
	return meaningIn(new([vectorSize]float32), words)
}

// meaningIn is meaning, the sum made in the room given.
func meaningIn(room *[vectorSize]float32, words []word) (sum []float32, evidence float32) {
	const enough = 0.5 // of weight, for half the evidence
	known, unknown := float32(0), float32(0)
	for _, w := range words {
		if w.group {
			continue
		}
		if w.sense.row == nil {
			unknown++
			continue
		}
		if sum == nil {
			clear(room[:])
			sum = room[:]
		}
		known += w.sense.weight
		for k := range sum {
			sum[k] += float32(int8(w.sense.row[k]))
		}
	}
	if sum == nil {
		return nil, 0
	}
	toLength1(sum)
	return sum, known / (known + unknown + enough)
}

// common reports whether the word is one of the few thousand that are used most: not a
// name, and hardly another word mistyped.
func (s sense) common() bool { return s.row != nil && s.weight < commonWeight }

// commonWeight is that of about the six-thousandth word.
const commonWeight = 0.984
