package knowledge

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/custom"
	"github.com/blevesearch/bleve/v2/analysis/tokenizer/whitespace"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/mapping"
	bleveindex "github.com/blevesearch/bleve_index_api"
)

// index finds the articles that share words with a text: a Bleve index (scorch, BM25)
// with one document for each article and language. It is never written to once it is
// built: what was edited since is compared directly until the next one is built.
type index struct {
	bleve bleve.Index
	*postings
	holds  map[string]string // fingerprint of what was indexed, by the article's key
	report func(error)       // is told when it cannot be closed

	mu      sync.Mutex
	readers int  // searches that run
	retired bool // it is closed when the last of them ends
}

// errUnreadable says that the index failed while it was read.
var errUnreadable = errors.New("the search index cannot be read")

// errNothing says that there is nothing to index.
var errNothing = errors.New("nothing to index")

// The fields of a document. Each is followed by "_" and the language, since the same
// field must not be read in two ways.
const (
	fieldQuestion   = "question"
	fieldAlternates = "alternates" // in the index with the question, which is one more wording
	fieldAnswer     = "answer"
)

// boost says how much a word counts in a field of the index.
type boost struct {
	field string
	by    float64
}

func boosts() []boost { return []boost{{fieldAlternates, 1}, {fieldAnswer, 0.5}} }

// newMapping describes the documents. Their texts are words that [reader] has read,
// apart by spaces: index, ranker and query then agree on what a word is, form numbers
// and synonyms of several words included.
func newMapping() (mapping.IndexMapping, error) {
	m := bleve.NewIndexMapping()
	m.ScoringModel = bleveindex.BM25Scoring
	if err := m.AddCustomAnalyzer("read", map[string]any{"type": custom.Name, "tokenizer": whitespace.Name}); err != nil {
		return nil, fmt.Errorf("describing the index: %w", err)
	}
	document := bleve.NewDocumentStaticMapping()
	for _, language := range []string{English, Spanish} {
		for _, b := range boosts() {
			text := bleve.NewTextFieldMapping()
			text.Analyzer = "read"
			text.Store, text.IncludeInAll, text.IncludeTermVectors, text.DocValues = false, false, false, false
			document.AddFieldMappingsAt(b.field+"_"+language, text)
		}
	}
	m.DefaultMapping = document
	return m, nil
}

// document is what is indexed of an article.
func document(r *reader, e *entry) map[string]any {
	alternates := r.join(nil, e.Question)
	for _, text := range e.Alternates {
		alternates = r.join(alternates, text)
	}
	return map[string]any{
		fieldAlternates + "_" + e.Language: string(alternates),
		fieldAnswer + "_" + e.Language:     string(r.join(nil, e.Answer)),
	}
}

// join appends the words of a text that are searched for, each after a space.
func (r *reader) join(to []byte, text string) []byte {
	for _, w := range r.words(text) {
		if !w.stop {
			to = append(append(to, ' '), w.stem...)
		}
	}
	return to
}

// buildIndex writes an index of the shelf into a folder that does not exist yet. It
// fails when the context ends or the folder cannot be written.
func buildIndex(ctx context.Context, s *shelf, dir, scratch string) error {
	m, err := newMapping()
	if err != nil {
		return err
	}
	builder, err := bleve.NewBuilder(dir, m, map[string]any{"buildPathPrefix": scratch, "batchSize": 1000})
	if err != nil {
		return fmt.Errorf("building the search index: %w", err)
	}
	added := 0
	err = s.eachDocument(ctx, func(id string, data any) error {
		added++
		return builder.Index(id, data)
	})
	if added == 0 {
		return errors.Join(err, errNothing) // closing a builder that got nothing panics
	}
	return errors.Join(err, builder.Close())
}

// memoryIndex builds an index that is on no disk.
func memoryIndex(ctx context.Context, s *shelf, report func(error)) (*index, error) {
	m, err := newMapping()
	if err != nil {
		return nil, err
	}
	// Not bleve.NewMemOnly: that is an older kind of index, which does not know BM25
	// and does not say so.
	made, err := bleve.NewUsing("", m, scorch.Name, scorch.Name, nil)
	if err != nil {
		return nil, fmt.Errorf("building the search index: %w", err)
	}
	batch := made.NewBatch()
	if err := s.eachDocument(ctx, batch.Index); err != nil {
		return nil, errors.Join(err, made.Close())
	}
	if err := made.Batch(batch); err != nil {
		return nil, errors.Join(fmt.Errorf("building the search index: %w", err), made.Close())
	}
	return newIndex(made, s.fingerprints(), report)
}

func (s *shelf) eachDocument(ctx context.Context, add func(id string, data any) error) error {
	for _, language := range []string{English, Spanish} {
		e := s.editions[language]
		if e == nil {
			continue
		}
		for _, entry := range e.entries {
			if err := ctx.Err(); err != nil {
				return err
			}
			if err := add(entry.Key(), document(e.reader, entry)); err != nil {
				return fmt.Errorf("indexing %s: %w", entry.Key(), err)
			}
		}
	}
	return nil
}

// openIndex opens a built index for reading.
func openIndex(dir string, holds map[string]string, report func(error)) (*index, error) {
	opened, err := bleve.OpenUsing(dir, map[string]any{"read_only": true})
	if err != nil {
		return nil, fmt.Errorf("opening the search index: %w", err)
	}
	return newIndex(opened, holds, report)
}

func newIndex(b bleve.Index, holds map[string]string, report func(error)) (*index, error) {
	var p *postings
	if err := reading(func() (err error) {
		p, err = newPostings(b)
		return err
	}); err != nil {
		return nil, errors.Join(err, b.Close())
	}
	return &index{bleve: b, postings: p, holds: holds, report: report}, nil
}

// retire closes the index as soon as no search reads it.
func (x *index) retire() {
	if x == nil {
		return
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	x.retired = true
	if x.readers == 0 {
		x.close()
	}
}

func (x *index) close() {
	if err := errors.Join(x.reader.Close(), x.bleve.Close()); err != nil {
		x.report(fmt.Errorf("closing the search index: %w", err))
	}
}

// enter reports whether the index may be read; leave must follow then.
func (x *index) enter() bool {
	x.mu.Lock()
	defer x.mu.Unlock()
	if !x.retired {
		x.readers++
	}
	return !x.retired
}

func (x *index) leave() {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.readers--
	if x.retired && x.readers == 0 {
		x.close()
	}
}

// find appends the articles that share most words with a text, at most limit, best
// first. places says which article a document is, -1 for one that is gone. It fails with
// errUnreadable, or when the context ends.
func (x *index) find(ctx context.Context, to []int, language string, places []int32, words []string, limit int) ([]int, error) {
	if len(words) == 0 {
		return to, nil
	}
	if !x.enter() {
		return to, errUnreadable // another one has taken its place just now
	}
	defer x.leave()
	found := to
	err := reading(func() (err error) {
		found, err = x.best(ctx, to, language, places, words, limit)
		return err
	})
	switch {
	case err == nil:
		return found, nil
	case ctx.Err() != nil:
		return to, ctx.Err()
	}
	return to, err
}

// reading calls read, which reads the files of an index. They are mapped into memory:
// one that was cut short shows as a fault. It fails with errUnreadable.
func reading(read func() error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if e := recover(); e != nil {
			err = fmt.Errorf("%w: %v", errUnreadable, e)
		}
	}()
	if err := read(); err != nil {
		return fmt.Errorf("%w: %w", errUnreadable, err)
	}
	return nil
}
