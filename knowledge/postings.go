package knowledge

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"sync"

	"github.com/blevesearch/bleve/v2"
	bleveindex "github.com/blevesearch/bleve_index_api"
)

// mostKept bounds the postings that are kept in memory, of 8 bytes each.
const mostKept = 1 << 20

// posting says how much one document is about a word.
type posting struct {
	document uint32
	score    float32 // BM25 in one field
}

// postings reads from a built index which documents have a word. What it has read it
// keeps, since visitors ask in the same words again: the index does not change. It is
// safe for concurrent use.
type postings struct {
	reader    bleveindex.IndexReader
	keys      []string           // of the articles, by document
	documents float64            // how many there are
	mean      map[string]float64 // length of a document, by field, as Bleve estimates it

	mu   sync.RWMutex
	kept map[languageWord][]posting
	size int

	matches sync.Pool // of *[]match, by document, all empty
}

// match is how a document does for the words of a text: the more of them it has, the
// more its postings count.
type match struct{ sum, found float32 }

func (t match) score() float32 { return t.sum * t.found }

type languageWord struct{ language, word string }

// newPostings reads which document is which article.
func newPostings(b bleve.Index) (*postings, error) {
	opened, err := b.Advanced()
	if err != nil {
		return nil, err
	}
	reader, err := opened.Reader()
	if err != nil {
		return nil, err
	}
	p := &postings{reader: reader, mean: map[string]float64{}, kept: map[languageWord][]posting{}}
	if err := errors.Join(p.readKeys(), p.readMeans()); err != nil {
		return nil, errors.Join(err, reader.Close())
	}
	return p, nil
}

// readMeans must be done while the files are known to be whole: Bleve does it in
// goroutines of its own, whose faults nobody can catch.
func (p *postings) readMeans() error {
	documents, err := p.reader.DocCount()
	if err != nil {
		return err
	}
	p.documents = float64(documents)
	lengths, ok := p.reader.(bleveindex.BM25Reader)
	if !ok {
		return errors.New("the index does not know BM25")
	}
	for _, language := range []string{English, Spanish} {
		for _, b := range boosts() {
			words, err := lengths.FieldCardinality(b.field + "_" + language)
			if err != nil {
				return err
			}
			p.mean[b.field+"_"+language] = math.Ceil(float64(words) / p.documents)
		}
	}
	return nil
}

func (p *postings) readKeys() error {
	all, err := p.reader.DocIDReaderAll()
	if err != nil {
		return err
	}
	defer func() { _ = all.Close() }() // it was only read
	for {
		id, err := all.Next()
		if err != nil || id == nil {
			return err
		}
		key, err := p.reader.ExternalID(id)
		if err != nil {
			return err
		}
		document := int(id.Value())
		p.keys = append(p.keys, make([]string, max(document+1-len(p.keys), 0))...)
		p.keys[document] = key
	}
}

// best returns the keys of the articles that have most of some words, at most limit,
// best first.
func (p *postings) best(ctx context.Context, language string, words []string, limit int) ([]string, error) {
	all, ok := p.matches.Get().(*[]match)
	if !ok {
		made := make([]match, len(p.keys))
		all = &made
	}
	matches := *all
	var scored []uint32
	defer func() {
		for _, d := range scored {
			matches[d] = match{}
		}
		p.matches.Put(all)
	}()
	for _, word := range words {
		found, err := p.of(ctx, language, word)
		if err != nil {
			return nil, err
		}
		for _, f := range found {
			t := &matches[f.document]
			if t.found == 0 {
				scored = append(scored, f.document)
			}
			t.sum += f.score
			t.found++
		}
	}
	var keys []string
	for _, d := range firstOf(scored, limit, func(a, b uint32) int {
		return cmp.Or(cmp.Compare(matches[b].score(), matches[a].score()), cmp.Compare(a, b))
	}) {
		keys = append(keys, p.keys[d])
	}
	return keys, nil
}

// firstOf returns the first of some things in an order, at most limit.
func firstOf[T any](all []T, limit int, order func(a, b T) int) []T {
	first := make([]T, 0, limit+1)
	for _, one := range all {
		if len(first) == limit && order(one, first[limit-1]) >= 0 {
			continue
		}
		at, _ := slices.BinarySearchFunc(first, one, order)
		first = slices.Insert(first, at, one)
		first = first[:min(len(first), limit)]
	}
	return first
}

// of returns the postings of a word, which must not be changed.
func (p *postings) of(ctx context.Context, language, word string) ([]posting, error) {
	k := languageWord{language, word}
	p.mu.RLock()
	found, kept := p.kept[k]
	p.mu.RUnlock()
	if kept {
		return found, nil
	}
	for _, b := range boosts() {
		var err error
		if found, err = p.read(ctx, found, b.field+"_"+language, word, b.by); err != nil {
			return nil, fmt.Errorf("reading the postings of a word: %w", err)
		}
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.size += len(found) + 1; p.size > mostKept {
		p.kept, p.size = map[languageWord][]posting{}, len(found)+1
	}
	p.kept[k] = found
	return found, nil
}

// read appends the postings of a word in one field: BM25 as Bleve has it.
func (p *postings) read(ctx context.Context, to []posting, field, word string, boost float64) ([]posting, error) {
	in, err := p.reader.TermFieldReader(ctx, []byte(word), field, true, true, false)
	if err != nil {
		return nil, err
	}
	defer func() { _ = in.Close() }() // it was only read
	having := float64(in.Count())
	idf := math.Log(1 + (p.documents-having+0.5)/(having+0.5))
	var room bleveindex.TermFieldDoc
	for {
		d, err := in.Next(&room)
		if err != nil || d == nil {
			return to, err
		}
		often, length := math.Sqrt(float64(d.Freq)), 1/(d.Norm*d.Norm)
		score := boost * idf * idf * often * bm25K / (often + bm25K*(1-bm25B+bm25B*length/p.mean[field]))
		to = append(to, posting{uint32(d.ID.Value()), float32(score)})
	}
}
