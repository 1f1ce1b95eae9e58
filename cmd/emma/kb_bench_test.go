package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"

	"emma/knowledge"
)

// BenchmarkImport is the whole command on a file of 10,000 articles with eight
// alternates each, into a base that has none of them.
func BenchmarkImport(b *testing.B) {
	var articles []knowledge.Article
	for i := range 10_000 {
		a := knowledge.Article{
			ID: fmt.Sprintf("article-%d", i), Language: knowledge.English, Status: knowledge.StatusPublished, Topic: fmt.Sprintf("topic-%d", i%30),
			Question: fmt.Sprintf("What about matter %d of kind %d?", i, i%97), Answer: fmt.Sprintf("Matter %d is like this:\n\n1. One.\n2. Two.\n", i),
		}
		for j := range 8 {
			a.Alternates = append(a.Alternates, fmt.Sprintf("another wording %d for matter %d", j, i))
		}
		articles = append(articles, a)
	}
	for _, format := range []struct {
		ending string
		write  func(io.Writer, []knowledge.Article) error
	}{{".jsonl", knowledge.WriteJSONLines}, {".csv", knowledge.WriteCSV}, {".xlsx", knowledge.WriteXLSX}} {
		var content bytes.Buffer
		if err := format.write(&content, articles); err != nil {
			b.Fatal(err)
		}
		file := filepath.Join(b.TempDir(), "file"+format.ending)
		if err := os.WriteFile(file, content.Bytes(), 0o600); err != nil {
			b.Fatal(err)
		}
		run := func(b *testing.B, flags func() []string) {
			for b.Loop() {
				b.StopTimer()
				dir := b.TempDir()
				args := append([]string{"kb", "import", file, "--data", dir}, flags()...)
				b.StartTimer()
				if code, out, errs := command(b, "", args...); code != 0 {
					b.Fatalf("code %d: %s%s", code, out, errs)
				}
			}
		}
		b.Run(format.ending+"/sqlite", func(b *testing.B) { run(b, func() []string { return nil }) })
		if format.ending == ".jsonl" {
			b.Run(format.ending+"/postgres", func(b *testing.B) { run(b, func() []string { return []string{"--database", postgres().Database(b)} }) })
		}
	}
}
