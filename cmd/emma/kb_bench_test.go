package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"emma/knowledge"
)

// BenchmarkImport is the whole command on a file of 10,000 articles with eight
// alternates each, into a base that has none of them.
func BenchmarkImport(b *testing.B) {
	articles := tenThousand()
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

// tenThousand are as many articles with eight alternates each.
func tenThousand() []knowledge.Article {
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
	return articles
}

// BenchmarkImportWhileVisitorsAsk uploads 10,000 articles to a running server, checks
// and publishes them, while a visitor goes on asking. It reports how long each step
// took, from the upload to the first article of the file that is found, and the longest that the
// visitor waited for an answer.
func BenchmarkImportWhileVisitorsAsk(b *testing.B) {
	var file bytes.Buffer
	if err := knowledge.WriteJSONLines(&file, tenThousand()); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		b.StopTimer()
		p := start(b, b.TempDir(), "--message-rate", "0")
		admin := p.signIn(b, "admin", p.password(b, "admin"))
		stop, asking := make(chan struct{}), make(chan waits, 1)
		go func() { asking <- p.keepsAsking(b, stop) }()
		b.StartTimer()
		begun := time.Now()
		step := func(name string, from time.Time) time.Time {
			b.ReportMetric(time.Since(from).Seconds(), name+"-s")
			return time.Now()
		}
		var read struct {
			Upload struct{ ID, State, Problem string }
		}
		p.posts(b, admin, "/api/import?name=file.jsonl", file.Bytes(), &read)
		at := step("read", begun)
		var check struct{ ID, State string }
		p.posts(b, admin, "/api/import/"+read.Upload.ID+"/check", nil, &check)
		for check.State == "running" {
			p.gets(b, admin, "/api/checks/"+check.ID, &check)
		}
		at = step("check", at)
		p.posts(b, admin, "/api/import/"+read.Upload.ID, []byte(`{"review":false}`), &read.Upload)
		for read.Upload.State == "running" {
			p.gets(b, admin, "/api/import/"+read.Upload.ID, &read.Upload)
		}
		if check.State != "done" || read.Upload.State != "done" {
			b.Fatalf("the check is %s, the import %s %s", check.State, read.Upload.State, read.Upload.Problem)
		}
		at = step("write", at)
		for found := false; !found; {
			var known struct{ Articles []struct{ Article string } }
			p.gets(b, admin, "/api/knowledge?text=another+wording+3+for+matter+9876", &known)
			found = len(known.Articles) > 0 && known.Articles[0].Article == "article-9876"
		}
		step("found", at)
		step("import", begun)
		close(stop)
		w := <-asking
		b.ReportMetric(float64(w.answers), "answers")
		b.ReportMetric(float64(w.longest.Milliseconds()), "longest-ms")
		p.stop()
	}
}

// waits are how long a visitor waited for answers.
type waits struct {
	answers int
	longest time.Duration
}

// keepsAsking puts one question after the other until it is stopped.
func (p *program) keepsAsking(t testing.TB, stop <-chan struct{}) (w waits) {
	visitor, _ := p.visitor(t, "", 0)
	for {
		select {
		case <-stop:
			return w
		case <-time.After(20 * time.Millisecond):
		}
		asked := time.Now()
		visitor.ask("How do I renew my green card?")
		visitor.until(isMessage("emma"))
		w.answers++
		w.longest = max(w.longest, time.Since(asked))
	}
}

// posts sends a body as it is and reads the answer.
func (p *program) posts(t testing.TB, browser *http.Client, path string, body []byte, into any) {
	t.Helper()
	response, err := browser.Post(p.origin+path, "application/json", bytes.NewReader(body))
	p.reads(t, response, err, into)
}

func (p *program) gets(t testing.TB, browser *http.Client, path string, into any) {
	t.Helper()
	time.Sleep(20 * time.Millisecond)
	response, err := browser.Get(p.origin + path)
	p.reads(t, response, err, into)
}

func (p *program) reads(t testing.TB, response *http.Response, err error, into any) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	content, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != http.StatusOK {
		t.Fatalf("%s %s %v", response.Status, content, err)
	}
	if err := json.Unmarshal(content, into); err != nil {
		t.Fatal(err)
	}
}
