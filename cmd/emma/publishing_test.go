package main

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"
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
	} else if status, body := fetch("POST", "/api/import/"+read.Upload.ID, []byte(`{}`)); status != http.StatusBadRequest {
		t.Errorf("importing it gave %d %s", status, body)
	}
	read := dryRun("new.csv", []byte("id,question,answer\nzeppelin,Where do I park my zeppelin?,On the roof.\n"))
	if read.Counts["added"] != 1 {
		t.Fatalf("a new article would change %v %v", read.Counts, read.Flaws)
	}
	if status, body := fetch("POST", "/api/import/"+read.Upload.ID, []byte(`{"review":false}`)); status != http.StatusConflict || !strings.Contains(string(body), `"unchecked"`) {
		t.Fatalf("importing without a check gave %d %s", status, body)
	}
	_, body := fetch("POST", "/api/import/"+read.Upload.ID+"/check", nil)
	check := struct {
		ID, State string
		Blocks    bool
	}{}
	for check.State != "done" {
		if err := json.Unmarshal(body, &check); err != nil || check.State == "failed" || check.Blocks {
			t.Fatal(string(body))
		}
		_, body = fetch("GET", "/api/checks/"+check.ID, nil)
	}
	fetch("POST", "/api/import/"+read.Upload.ID, []byte(`{"review":false}`))
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
	waits := dryRun("later.csv", []byte("id,question,answer\nairship,Where do I park my airship?,On the roof.\n"))
	if status, body := fetch("POST", "/api/import/"+waits.Upload.ID, []byte(`{"review":true}`)); status != http.StatusOK {
		t.Errorf("importing for review gave %d %s", status, body)
	}
	for deadline := time.Now().Add(patience); ; {
		if _, body := fetch("GET", "/api/articles/airship/en", nil); strings.Contains(string(body), `"published":0`) && strings.Contains(string(body), "in_review") {
			break
		} else if time.Now().After(deadline) {
			t.Fatalf("after the import for review the article is %s", body)
		}
	}
	if status, body := fetch("GET", "/api/export?format=exe", nil); status != http.StatusBadRequest {
		t.Errorf("an unknown format gave %d %s", status, body)
	}
}
