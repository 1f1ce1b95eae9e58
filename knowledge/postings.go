package knowledge

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
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

	tallies sync.Pool // of *matches, all empty
}

// matches are those of one text.
type matches struct {
	by     []match  // by document
	scored []uint32 // the documents that have a match
	first  []ranked
}

func (t *matches) empty() {
	for _, d := range t.scored {
		t.by[d] = match{}
	}
	t.scored, t.first = t.scored[:0], t.first[:0]
}

// ranked is an article and its score.
type ranked struct {
	article int32
	score   float32
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

// best appends the articles that have most of some words, at most limit, best first.
func (p *postings) best(ctx context.Context, to []int, language string, places []int32, words []string, limit int) ([]int, error) {
	t, ok := p.tallies.Get().(*matches)
	if !ok {
		t = &matches{by: make([]match, len(p.keys))}
	}
	defer func() {
		t.empty()
		p.tallies.Put(t)
	}()
	for _, word := range words {
		found, err := p.of(ctx, language, word)
		if err != nil {
			return to, err
		}
		for _, f := range found {
			m := &t.by[f.document]
			if m.found == 0 {
				t.scored = append(t.scored, f.document)
			}
			m.sum += f.score
			m.found++
		}
	}
	for _, d := range t.scored {
		if places[d] < 0 {
			continue
		}
		t.first = inserted(t.first, ranked{places[d], t.by[d].score()}, limit, func(a, b ranked) int {
			return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.article, b.article)) // documents come in no order
		})
	}
	for _, f := range t.first {
		to = append(to, int(f.article))
	}
	return to, nil
}

// places says of each document which article of an edition it is, -1 for none.
func (p *postings) places(e *edition) []int32 {
	all := make([]int32, len(p.keys))
	for d, key := range p.keys {
		all[d] = -1
		if a, ok := e.place[key]; ok {
			all[d] = int32(a)
		}
	}
	return all
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
