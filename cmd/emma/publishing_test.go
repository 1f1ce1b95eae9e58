package main

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
)

func TestAnArticleIsExportedChangedAndImportedOverHTTP(t *testing.T) {
	p := start(t, t.TempDir())
	admin := p.signIn(t, "admin", p.password(t, "admin"))
	fetch := func(method, path string, body []byte) (int, []byte) {
		t.Helper()
		request, err := http.NewRequest(method, p.origin+path, bytes.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		response, err := admin.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		defer response.Body.Close()
		content, err := io.ReadAll(response.Body)
		if err != nil {
			t.Fatal(err)
		}
		return response.StatusCode, content
	}
	type plan struct {
		Upload struct {
			ID, State      string
			Changed, Total int
		}
		Flaws  []string
		Counts map[string]int
	}
	dryRun := func(name string, content []byte) (read plan) {
		t.Helper()
		status, body := fetch("POST", "/api/import?language=en&name="+name, content)
		if err := json.Unmarshal(body, &read); err != nil || status != http.StatusOK {
			t.Fatalf("%s gave %d %s", name, status, body)
		}
		return read
	}
	for _, format := range []string{"jsonl", "csv", "xlsx", "zip"} {
		status, content := fetch("GET", "/api/export?format="+format, nil)
		if status != http.StatusOK {
			t.Fatalf("export as %s gave %d %s", format, status, content)
		}
		if read := dryRun("base."+format, content); read.Counts["added"]+read.Counts["changed"]+read.Counts["flaws"] != 0 || read.Counts["unchanged"] == 0 {
			t.Errorf("the export as %s would change %v %v", format, read.Counts, read.Flaws)
		}
	}
	if read := dryRun("bad.csv", []byte("id,question,answer\nA B,Q?,\n")); read.Counts["flaws"] == 0 {
		t.Errorf("a bad file has no errors: %+v", read)
	} else if status, body := fetch("POST", "/api/import/"+read.Upload.ID, nil); status != http.StatusBadRequest {
		t.Errorf("importing it gave %d %s", status, body)
	}
	read := dryRun("new.csv", []byte("id,question,answer\nzeppelin,Where do I park my zeppelin?,On the roof.\n"))
	if read.Counts["added"] != 1 {
		t.Fatalf("a new article would change %v %v", read.Counts, read.Flaws)
	}
	fetch("POST", "/api/import/"+read.Upload.ID, nil)
	for {
		_, body := fetch("GET", "/api/import/"+read.Upload.ID, nil)
		if err := json.Unmarshal(body, &read.Upload); err != nil || read.Upload.State == "failed" {
			t.Fatal(string(body))
		}
		if read.Upload.State == "done" {
			break
		}
	}
	if _, body := fetch("GET", "/api/articles/zeppelin/en", nil); read.Upload.Changed != 1 || !strings.Contains(string(body), `"published":1`) {
		t.Errorf("after the import of %+v the article is %s", read.Upload, body)
	}
	if status, body := fetch("GET", "/api/export?format=exe", nil); status != http.StatusBadRequest {
		t.Errorf("an unknown format gave %d %s", status, body)
	}
}
