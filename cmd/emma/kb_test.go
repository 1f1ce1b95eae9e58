package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// base is a data folder for the commands on the knowledge base.
type base struct {
	t     *testing.T
	flags []string
}

func (b base) kb(args ...string) (code int, out, errs string) {
	b.t.Helper()
	return command(b.t, "", append(append([]string{"kb"}, args...), b.flags...)...)
}

func (b base) must(args ...string) string {
	b.t.Helper()
	code, out, errs := b.kb(args...)
	if code != 0 {
		b.t.Fatalf("kb %v gave %d:\n%s%s", args, code, out, errs)
	}
	return out
}

func read(t *testing.T, path string) string {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

func write(t *testing.T, path, content string) string {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestWhatWasExportedIsImportedAndExportedAsItWas(t *testing.T) {
	onBothEngines(t, func(t *testing.T, flags ...string) {
		dir := t.TempDir()
		b := base{t, append(flags, "--data", filepath.Join(dir, "one"))}
		other := base{t, []string{"--data", filepath.Join(dir, "two")}}
		other.must("import", write(t, filepath.Join(dir, "less.jsonl"), `{"id":"gc-renew","language":"en","question":"Other?","answer":"Other."}`))
		endings := []string{".jsonl", ".csv", ".xlsx", ""}
		if len(flags) > 0 {
			endings = endings[:1] // the formats know nothing of the database
		}
		for _, ending := range endings {
			first, second := filepath.Join(dir, "first"+ending), filepath.Join(dir, "second"+ending)
			if out := b.must("export", first); !strings.Contains(out, "Wrote 2") {
				t.Errorf("exporting said %s", out)
			}
			if out := b.must("import", first); !strings.Contains(out, "0 added, 0 changed, 28") || strings.Contains(out, "Imported") {
				t.Errorf("importing the export of %q again said %s", ending, out)
			}
			other.must("import", first)
			other.must("export", second)
			if ending == "" {
				first, second = filepath.Join(first, "es", "gc-renew.md"), filepath.Join(second, "es", "gc-renew.md")
			}
			if read(t, first) != read(t, second) {
				t.Errorf("%q came back another file", ending)
			}
		}
	})
}

func TestARunningServerAnswersFromAnImport(t *testing.T) {
	onBothEngines(t, func(t *testing.T, flags ...string) {
		dir := t.TempDir()
		p := start(t, dir, flags...)
		b := base{t, append(flags, "--data", dir)}
		b.must("import", write(t, filepath.Join(dir, "lunch.jsonl"),
			`{"id":"canteen-lunch","question":"When does the canteen serve lunch?","alternates":["canteen lunch hours","lunch in the canteen"],"answer":"At noon."}`))
		imported := time.Now()
		for {
			visitor, _ := p.visitor(t, "", 0)
			visitor.ask("When does the canteen serve lunch?")
			f := visitor.until(func(f frame) bool { return f.Decision != nil })
			if f.Decision.Article == "canteen-lunch" {
				break
			}
			if time.Since(imported) > 20*time.Second {
				t.Fatalf("after %v the answer is %+v with %+v", time.Since(imported), f, f.Decision)
			}
			time.Sleep(200 * time.Millisecond)
		}
		t.Logf("answered from it after %v", time.Since(imported).Round(100*time.Millisecond))
	})
}

func TestADryRunAndARefusedImportChangeNothing(t *testing.T) {
	dir := t.TempDir()
	b := base{t, []string{"--data", filepath.Join(dir, "data")}}
	before, after := filepath.Join(dir, "before.jsonl"), filepath.Join(dir, "after.jsonl")
	b.must("export", before)
	good := `{"id":"gc-renew","language":"en","question":"Changed?","answer":"Changed."}` + "\n" + `{"id":"new","question":"New?","answer":"New."}` + "\n"
	file := write(t, filepath.Join(dir, "file.jsonl"), good)
	out := b.must("import", "--dry-run", file)
	for _, want := range []string{"1 would be added, 1 would be changed, 0 unchanged", "add    new/en  New?", "change gc-renew/en  Changed?", "hint   new/en: there is no version in the other language"} {
		if !strings.Contains(out, want) {
			t.Errorf("the dry run says\n%s\nwithout %q", out, want)
		}
	}
	write(t, file, good+`{"id":"bad","question":"Bad?","answer":""}`+"\n"+`{"id":"worse"`)
	code, out, errs := b.kb("import", file)
	if code != 1 || out != "" || !strings.Contains(errs, "nothing was imported. Mend this and import again (2 places):\n  file.jsonl line 3: the answer is empty (bad/en)\n  file.jsonl line 4:") {
		t.Errorf("a bad file gave %d %s\n%s", code, out, errs)
	}
	b.must("export", after)
	if read(t, before) != read(t, after) {
		t.Error("the base is another one")
	}
	b.must("import", write(t, file, good))
	if b.must("export", after); !strings.Contains(read(t, after), `"question":"Changed?"`) {
		t.Error("the import changed nothing")
	}
}

func TestDraftsAndRetiredArticlesKeepTheirStatus(t *testing.T) {
	dir := t.TempDir()
	b := base{t, []string{"--data", filepath.Join(dir, "data")}}
	file, out := filepath.Join(dir, "file.jsonl"), filepath.Join(dir, "out.jsonl")
	b.must("import", write(t, file, `{"id":"gc-renew","language":"en","question":"Changed?","answer":"Changed.","status":"draft"}
{"id":"plan","question":"Plan?","answer":"Plan.","status":"in_review"}
{"id":"nat-oath","language":"en","question":"Q?","answer":"A.","status":"retired"}`))
	if said := b.must("export", out); !strings.Contains(said, "Left out: 1 newer draft.") {
		t.Errorf("the export says %s", said)
	}
	text := read(t, out)
	if strings.Contains(text, "Changed?") || !strings.Contains(text, `{"id":"plan","language":"en","status":"in_review"`) || strings.Contains(text, `{"id":"nat-oath","language":"en"`) {
		t.Error("the export does not hold what visitors get and what was never published")
	}
	if said := b.must("import", file); !strings.Contains(said, "0 added, 0 changed, 3 unchanged") {
		t.Errorf("the same again says %s", said)
	}
}

func TestAPathThatCannotBeUsedIsExplained(t *testing.T) {
	dir := t.TempDir()
	b := base{t, []string{"--data", filepath.Join(dir, "data")}}
	for _, test := range []struct {
		args []string
		want string
	}{
		{[]string{"import", filepath.Join(dir, "none.csv")}, "none.csv cannot be read: no such file"},
		{[]string{"import", write(t, filepath.Join(dir, "a.docx"), "x")}, "a.docx: the ending of the name is none of .jsonl"},
		{[]string{"export", filepath.Join(dir, "a.docx")}, `there is no format for ".docx"`},
		{[]string{"export", filepath.Join(dir, "none", "a.csv")}, "a.csv cannot be written: no such file"},
	} {
		if code, out, errs := b.kb(test.args...); code != 1 || out != "" || !strings.Contains(errs, test.want) {
			t.Errorf("kb %v gave %d %s%s, want %q", test.args, code, out, errs, test.want)
		}
	}
}
