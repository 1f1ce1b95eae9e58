package knowledge

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
)

// Place is where something stands in a file. Line counts from 1 (rows, in a
// spreadsheet); 0 means the file as a whole.
type Place struct {
	File string
	Line int
}

// String is the place as people say it: "base.csv line 12".
func (p Place) String() string {
	if p.Line == 0 {
		return p.File
	}
	return fmt.Sprintf("%s line %d", p.File, p.Line)
}

// Row is an article as it stands in a file. Its status is where the article shall
// stand after an import: published where the file says nothing.
type Row struct {
	Place   Place
	Article Article
}

// Flaw is something in a file that keeps it from being imported.
type Flaw struct {
	Place Place
	Text  string // a sentence that says what to mend
}

// Error is the flaw with its place.
func (f Flaw) Error() string { return f.Place.String() + ": " + f.Text }

// Batch is what files hold that are to be imported together.
type Batch struct {
	Rows  []Row
	Flaws []Flaw
}

// ReadFile adds the articles of a file, whose format the ending of its name tells:
// JSON lines, CSV, XLSX, or .tsv as QnA Maker exports it. Language is that of rows
// which name none. What cannot be read becomes a flaw; the rest is read to the end,
// so that one look shows all flaws.
func (b *Batch) ReadFile(name string, content []byte, language string) {
	file := filepath.Base(name)
	switch strings.ToLower(filepath.Ext(name)) {
	case ".jsonl":
		b.readJSONLines(file, content, language)
	case ".csv":
		b.readCSV(file, content, language)
	case ".xlsx":
		b.readXLSX(file, content, language)
	case ".tsv":
		b.readQnA(file, content, language)
	default:
		b.flaw(Place{file, 0}, "the ending of the name is none of .jsonl .csv .xlsx .tsv; give a folder for Markdown files")
	}
}

func (b *Batch) flaw(place Place, format string, args ...any) {
	b.Flaws = append(b.Flaws, Flaw{place, fmt.Sprintf(format, args...)})
}

// add takes a row over, or its flaw.
func (b *Batch) add(place Place, a Article) {
	a = a.Normal()
	if a.Status == "" {
		a.Status = StatusPublished
	}
	name := ""
	if a.ID != "" {
		name = " (" + a.Key() + ")"
	}
	switch err := a.Validate(); {
	case len(a.Status.Next()) == 0:
		b.flaw(place, "the status %q is none of draft, in_review, published, retired%s", a.Status, name)
	case err != nil:
		b.flaw(place, "%s%s", reason(err), name)
	default:
		b.Rows = append(b.Rows, Row{place, a})
	}
}

// reason is the sentence of an ErrInvalid without what every such error begins with.
func reason(err error) string {
	return strings.TrimPrefix(err.Error(), ErrInvalid.Error()+": ")
}

// Plan is what an import would do to a base. Nothing is imported while there are flaws.
type Plan struct {
	Added, Changed, Unchanged []Article
	Flaws                     []Flaw
	Hints                     []string // what an editor may want to mend
}

// Articles is everything that the import would write.
func (p Plan) Articles() []Article { return slices.Concat(p.Added, p.Changed) }

// Plan compares a batch with a base: newest are the newest revisions, published what
// visitors get. It never changes either.
func (b *Batch) Plan(newest, published []Article) Plan {
	p := Plan{Flaws: slices.Clone(b.Flaws)}
	after, live := map[string]Article{}, map[string]Article{}
	for _, a := range newest {
		after[a.Key()] = a
	}
	for _, a := range published {
		if a.Status == StatusPublished {
			live[a.Key()] = a
		}
	}
	places := map[string]Place{}
	for _, row := range b.Rows {
		a := row.Article
		if first, twice := places[a.Key()]; twice {
			p.Flaws = append(p.Flaws, Flaw{row.Place, fmt.Sprintf("%s is there already, in %s", a.Key(), first)})
			continue
		}
		places[a.Key()] = row.Place
		before, known := after[a.Key()]
		switch {
		case !known:
			p.Added = append(p.Added, a)
		case a.Stands(before, live[a.Key()]):
			p.Unchanged = append(p.Unchanged, a)
		default:
			p.Changed = append(p.Changed, a)
		}
		after[a.Key()] = a
	}
	if len(p.Flaws) == 0 { // a row that was not understood would be missed by others
		p.links(after, places)
	}
	return p
}

// PlanFor is the plan for the base that a store keeps.
func (b *Batch) PlanFor(ctx context.Context, s Store) (Plan, error) {
	newest, published, err := whole(ctx, s)
	if err != nil {
		return Plan{}, fmt.Errorf("planning an import: %w", err)
	}
	return b.Plan(newest, published), nil
}

// ExportFrom returns what an export of the base that a store keeps holds, as
// [Exported] has it.
func ExportFrom(ctx context.Context, s Store) (articles []Article, hidden int, err error) {
	newest, published, err := whole(ctx, s)
	if err != nil {
		return nil, 0, fmt.Errorf("exporting: %w", err)
	}
	articles, hidden = Exported(newest, published)
	return articles, hidden, nil
}

// whole reads the newest revision of every article, and what is published.
func whole(ctx context.Context, s Store) (newest, published []Article, err error) {
	if newest, err = s.Articles(ctx); err != nil {
		return nil, nil, err
	}
	published, _, err = s.Published(ctx, 0)
	return newest, published, err
}

// links adds what is wrong between the articles as they would be, as far as it is in
// the files.
func (p *Plan) links(after map[string]Article, places map[string]Place) {
	whole := slices.SortedFunc(maps.Values(after), func(a, b Article) int { return strings.Compare(a.Key(), b.Key()) })
	for _, f := range Links(whole) {
		place, ours := places[f.Article.Key()]
		switch {
		case ours && f.Broken:
			p.Flaws = append(p.Flaws, Flaw{place, fmt.Sprintf("%s (%s)", f.Text, f.Article.Key())})
		case ours:
			p.Hints = append(p.Hints, f.Article.Key()+": "+f.Text)
		}
	}
}

// Stands reports whether importing a over what the base has would change nothing:
// newest is the newest revision, live the published one (zero where there is none).
func (a Article) Stands(newest, live Article) bool {
	switch a.Status {
	case StatusPublished, "":
		return live.Revision > 0 && a.Same(live)
	case StatusDraft, StatusInReview:
		return a.Same(newest) && (newest.Status == a.Status || newest.Status == StatusPublished)
	}
	return a.Same(newest) && newest.Status == a.Status
}

// Exported returns what an export holds, ordered by id and language: what visitors
// get, and the newest revision of articles that were never published. Retired articles
// are left out. Hidden is the number of newer drafts that are not in it.
func Exported(newest, published []Article) (articles []Article, hidden int) {
	live := map[string]Article{}
	for _, a := range published {
		if a.Status == StatusPublished {
			live[a.Key()] = a
		}
	}
	for _, a := range newest {
		if l, ok := live[a.Key()]; ok {
			articles = append(articles, l)
			if !a.Same(l) {
				hidden++
			}
		} else if a.Status != StatusRetired {
			articles = append(articles, a)
		}
	}
	slices.SortFunc(articles, func(a, b Article) int {
		return cmp.Or(strings.Compare(a.ID, b.ID), strings.Compare(a.Language, b.Language))
	})
	return articles, hidden
}
