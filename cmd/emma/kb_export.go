package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"go.uber.org/zap"

	"emma/knowledge"
)

type kbExportCmd struct {
	Path string `arg:"" help:"File that ends in .jsonl, .csv or .xlsx, or a folder for Markdown files." type:"path"`
}

// Run exports, also beside a running server. A file is written whole or not at all.
func (c kbExportCmd) Run(ctx context.Context, t terminal, all *commands) (err error) {
	write, err := writerOf(c.Path)
	if err != nil {
		return err
	}
	s, err := openStore(ctx, all, zap.NewNop())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	articles, hidden, err := knowledge.ExportFrom(ctx, s)
	if err != nil {
		return err
	}
	if write == nil {
		err = writeFolder(t, c.Path, articles)
	} else {
		err = replaceFile(c.Path, func(w io.Writer) error { return write(w, articles) })
	}
	if err != nil {
		return err
	}
	fmt.Fprintf(t.out, "Wrote %s to %s.\n", counted(len(articles), "article"), c.Path)
	if hidden > 0 {
		fmt.Fprintf(t.out, "Left out: %s. An export holds what visitors get.\n", counted(hidden, "newer draft"))
	}
	return nil
}

// writerOf is the format that the ending of a path names; nil is a folder.
func writerOf(path string) (func(io.Writer, []knowledge.Article) error, error) {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return nil, nil
	}
	switch ending := strings.ToLower(filepath.Ext(path)); ending {
	case ".jsonl":
		return knowledge.WriteJSONLines, nil
	case ".csv":
		return knowledge.WriteCSV, nil
	case ".xlsx":
		return knowledge.WriteXLSX, nil
	case "":
		return nil, nil
	default:
		return nil, fmt.Errorf("there is no format for %q. Let the name end in .jsonl, .csv or .xlsx, or name a folder for Markdown files", ending)
	}
}

// replaceFile writes a file beside its place and moves it there, so that nobody
// finds half of it.
func replaceFile(path string, write func(io.Writer) error) (err error) {
	fail := func(err error) error { return fmt.Errorf("%s cannot be written: %w", path, cause(err)) }
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*")
	if err != nil {
		return fail(err)
	}
	defer func() {
		if err != nil {
			_ = os.Remove(f.Name())
		}
	}()
	if err := errors.Join(write(f), f.Chmod(0o644), f.Sync(), f.Close()); err != nil {
		return fail(err)
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return fail(err)
	}
	return nil
}

// writeFolder writes <language>/<id>.md for each article. Files that are as they
// should be are not touched; those of other articles are named and left alone.
func writeFolder(t terminal, folder string, articles []knowledge.Article) error {
	var ours []string
	for _, a := range articles {
		content, err := knowledge.WriteMarkdown(a.Normal())
		if err != nil {
			return err
		}
		path := filepath.Join(folder, filepath.FromSlash(knowledge.MarkdownFile(a)))
		ours = append(ours, path)
		if old, err := os.ReadFile(path); err == nil && bytes.Equal(old, content) {
			continue
		}
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return fmt.Errorf("the folder %s cannot be made: %w", filepath.Dir(path), cause(err))
		}
		err = replaceFile(path, func(w io.Writer) error {
			_, err := w.Write(content)
			return err
		})
		if err != nil {
			return err
		}
	}
	for _, language := range []string{knowledge.English, knowledge.Spanish} {
		there, err := filepath.Glob(filepath.Join(folder, language, "*.md"))
		if err != nil {
			return fmt.Errorf("looking at %s: %w", folder, err)
		}
		for _, path := range there {
			if !slices.Contains(ours, path) {
				fmt.Fprintf(t.out, "  %s is of no article that was exported; delete it if it is no longer wanted\n", path)
			}
		}
	}
	return nil
}
