package knowledge

import (
	"archive/zip"
	"bytes"
	"io/fs"
	"testing"
	"testing/fstest"
)

// The importers may refuse anything, but must neither fail in another way nor accept
// what cannot be stored and written again.
func fuzzImporter(f *testing.F, file string, seeds ...[]byte) {
	articles := []Article{
		{ID: "a", Language: English, Status: StatusPublished, Topic: "t", Question: "=Q?", Alternates: []string{"one", "+two"}, Answer: "A.\n\n- b", Route: "tier1",
			Source: Link{Title: "T", URL: "https://example.org"}, FollowUps: []string{"b"}, ReviewBy: "2027-03-31", Owner: "Ana Ruiz", Flag: "f"},
		{ID: "b", Language: Spanish, Status: StatusDraft, Question: "¿Ñ?", Answer: "'Á"},
	}
	if content, ok := written(f, articles)[file]; ok {
		seeds = append(seeds, content)
	}
	for _, s := range seeds {
		f.Add(s)
		f.Add(s[:len(s)/2])
		f.Add(bytes.ReplaceAll(s, []byte(","), []byte("\x00")))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		var b Batch
		b.ReadFile(file, content, English)
		checkBatch(t, b)
	})
}

func checkBatch(t *testing.T, b Batch) {
	t.Helper()
	for _, row := range b.Rows {
		if err := row.Article.Validate(); err != nil {
			t.Fatalf("%s was accepted: %v", row.Place, err)
		}
		var again Batch
		for name, content := range written(t, []Article{row.Article}) {
			again.ReadFile(name, content, English)
		}
		again.ReadFolder(folderOf(t, []Article{row.Article}), "folder")
		if len(again.Rows) != 4 || len(again.Flaws) > 0 {
			t.Fatalf("%+v was written and not read again: %v", row.Article, again.Flaws)
		}
		for _, back := range again.Rows {
			if !back.Article.Same(row.Article) || back.Article.Status != row.Article.Status {
				t.Fatalf("%s gives back\n%+v\nwant\n%+v", back.Place, back.Article, row.Article)
			}
		}
	}
	for _, flaw := range b.Flaws {
		if flaw.Text == "" || flaw.Place.File == "" {
			t.Fatalf("a flaw without words: %+v", flaw)
		}
	}
	b.Plan(nil, nil)
}

func FuzzImportJSONLines(f *testing.F) {
	fuzzImporter(f, "base.jsonl", []byte(`{"id":"a","question":"Q?","answer":"A."}`), []byte(`[{"id":"a"}]`), []byte("{}\n{\"ID\":1}\n\x00"))
}

func FuzzImportCSV(f *testing.F) {
	fuzzImporter(f, "base.csv", []byte("id;question;answer\na;Q?;\"A\n\"\n"), []byte("id,question,answer\na,\"Q"), []byte("\xff\xfei\x00d\x00"))
}

func FuzzImportXLSX(f *testing.F) { fuzzImporter(f, "base.xlsx") }

// FuzzImportSheet changes the sheet inside a sound workbook, which bytes of a whole
// file hardly ever reach.
func FuzzImportSheet(f *testing.F) {
	whole := written(f, []Article{{ID: "a", Language: English, Status: StatusPublished, Question: "=Q?", Answer: "A."}})["base.xlsx"]
	book, err := zip.NewReader(bytes.NewReader(whole), int64(len(whole)))
	if err != nil {
		f.Fatal(err)
	}
	const sheet = "xl/worksheets/sheet1.xml"
	parts := map[string][]byte{}
	for _, part := range book.File {
		if parts[part.Name], err = fs.ReadFile(book, part.Name); err != nil {
			f.Fatal(err)
		}
	}
	f.Add(parts[sheet])
	f.Add([]byte(`<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>id</t></is></c></row><row r="9"><c r="ZZZ9" t="s"><v>99</v></c></row></sheetData></worksheet>`))
	f.Add([]byte(`<worksheet><sheetData><row r="1048577"><c r="A0"><v>-1</v></c><c t="d" s="7"><f>1+1</f><v>1e999</v></c></row></sheetData></worksheet>`))
	f.Fuzz(func(t *testing.T, content []byte) {
		var out bytes.Buffer
		w := zip.NewWriter(&out)
		for name, part := range parts {
			if name == sheet {
				part = content
			}
			entry, err := w.Create(name)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := entry.Write(part); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		var b Batch
		b.ReadFile("base.xlsx", out.Bytes(), English)
		checkBatch(t, b)
	})
}

func FuzzImportQnA(f *testing.F) {
	fuzzImporter(f, "f.tsv", []byte("Question\tAnswer\tSource\tMetadata\tPrompts\tQnaId\nQ?\tA\\n.\thttps://e.org\ta:b|topic:t\t[{\"QnaId\":2}]\t1\n"))
}

func FuzzImportMarkdown(f *testing.F) {
	for _, seed := range []string{"---\nquestion: Q?\n---\nA.\n", "---\nquestion: |\n  a\n  b\nalternates: [x, y]\nsource: {title: a, url: b}\n---\n", "---\na: &a [*a]\n---\nx", "---\n---\n"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		var b Batch
		b.ReadFolder(fstest.MapFS{"en/a.md": {Data: content}}, "folder")
		checkBatch(t, b)
	})
}
