package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"
	"go.uber.org/zap"

	"emma/cmd/emma/store"
	"emma/knowledge"
)

const (
	// maxImport bounds one file, in bytes.
	maxImport = 256 << 20
	// shownFlaws is how many flaws are printed; nobody mends more at one go.
	shownFlaws = 50
)

type kbImportCmd struct {
	Path     []string `arg:"" help:"Files or folders; they are imported together, or not at all." type:"path"`
	DryRun   bool     `help:"Only say what would be added and changed."`
	Review   bool     `help:"Publish nothing: what the files would publish waits in the editor for a second look and its check."`
	Language string   `help:"Language of rows that name none." enum:"en,es" default:"en"`
}

// Run imports, also beside a running server.
func (c kbImportCmd) Run(ctx context.Context, t terminal, all *commands) (err error) {
	var batch knowledge.Batch
	for _, path := range c.Path {
		if err := readPath(&batch, path, c.Language); err != nil {
			return err
		}
	}
	if c.Review {
		batch = batch.ForReview()
	}
	s, err := openStore(ctx, all, zap.NewNop())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	plan, err := batch.PlanFor(ctx, s)
	if err != nil {
		return err
	}
	if len(plan.Flaws) > 0 {
		return tellFlaws(t, plan.Flaws)
	}
	c.tell(t, plan)
	if c.DryRun || len(plan.Articles()) == 0 {
		return nil
	}
	changed, err := importWithProgress(ctx, t, s, plan.Articles())
	if err != nil {
		return fmt.Errorf("nothing was imported: %w", err)
	}
	then := "A running server answers from it within a few seconds."
	if c.Review {
		then = "They wait in the editor to be checked and published."
	}
	_, err = fmt.Fprintf(t.out, "Imported %s. %s\n", counted(changed, "article"), then)
	return err
}

// readPath adds a file or a folder to the batch.
func readPath(batch *knowledge.Batch, path, language string) error {
	info, err := os.Stat(path)
	if err != nil {
		return fmt.Errorf("%s cannot be read: %w", path, cause(err))
	}
	if info.IsDir() {
		batch.ReadFolder(os.DirFS(path), filepath.Base(path))
		return nil
	}
	if info.Size() > maxImport {
		return fmt.Errorf("%s is larger than %d MB. Split it into several files", path, maxImport>>20)
	}
	content, err := os.ReadFile(path)
	if err != nil {
		return fmt.Errorf("%s cannot be read: %w", path, cause(err))
	}
	batch.ReadFile(path, content, language)
	return nil
}

// tellFlaws prints what keeps the files from being imported.
func tellFlaws(t terminal, flaws []knowledge.Flaw) error {
	fmt.Fprintf(t.err, "emma: nothing was imported. Mend this and import again (%s):\n", counted(len(flaws), "place"))
	for i, flaw := range flaws {
		if i == shownFlaws {
			fmt.Fprintf(t.err, "  … and %d more\n", len(flaws)-i)
			break
		}
		fmt.Fprintf(t.err, "  %s\n", flaw.Error())
	}
	return errSaid
}

// tell prints what the import does or would do.
func (c kbImportCmd) tell(t terminal, plan knowledge.Plan) {
	would := ""
	if c.DryRun {
		would = "would be "
	}
	fmt.Fprintf(t.out, "%d %sadded, %d %schanged, %d unchanged.\n", len(plan.Added), would, len(plan.Changed), would, len(plan.Unchanged))
	if !c.DryRun {
		return
	}
	for _, part := range []struct {
		name     string
		articles []knowledge.Article
	}{{"add", plan.Added}, {"change", plan.Changed}} {
		for _, a := range part.articles {
			fmt.Fprintf(t.out, "  %-6s %s  %s\n", part.name, a.Key(), a.Question)
		}
	}
	for _, hint := range plan.Hints {
		fmt.Fprintf(t.out, "  hint   %s\n", hint)
	}
}

// importWithProgress shows a bar on a terminal while the articles are written.
func importWithProgress(ctx context.Context, t terminal, s *store.Store, articles []knowledge.Article) (int, error) {
	bars := mpb.New(mpb.WithOutput(t.err), mpb.WithWidth(60))
	bar := bars.AddBar(int64(len(articles)), mpb.BarRemoveOnComplete(),
		mpb.PrependDecorators(decor.Name("importing "), decor.CountersNoUnit("%d / %d")), mpb.AppendDecorators(decor.Percentage()))
	changed, err := s.ImportArticles(ctx, articles, knowledge.ByImport, "", func(done int) { bar.SetCurrent(int64(done)) })
	if err != nil {
		bar.Abort(true)
	}
	bars.Wait()
	return changed, err
}

// counted is "1 article" or "2 articles".
func counted(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}
