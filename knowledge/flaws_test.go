package knowledge

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/xuri/excelize/v2"
)

func TestAFlawNamesItsLineAndWhatToMend(t *testing.T) {
	const good = `{"id":"a","question":"Q?","answer":"A."}` + "\n"
	for _, test := range []struct{ file, content, want string }{
		{"b.jsonl", good + "\n" + `{"id":"b","question":"Q?"`, "b.jsonl line 3: the line ends in the middle"},
		{"b.jsonl", good + `{"id":"b","question":"Q?","answer":"A."} {}`, "line 2: there is something after the article"},
		{"b.jsonl", good + `{"id":"b","question":"Q?","answer":"A.","alternate":["x"]}`, `line 2: there is no field "alternate"; the fields are id,`},
		{"b.jsonl", `{"id":"b","question":"Q?","answer":"A.","alternates":"x"}`, `line 1: "alternates" holds a string where something else belongs`},
		{"b.jsonl", `{"id":"B","question":"Q?","answer":"A."}`, `line 1: the id "B" may hold only small letters`},
		{"b.jsonl", `{"id":"b","question":"Q?","answer":""}`, "the answer is empty (b/en)"},
		{"b.jsonl", `{"id":"b","question":"Q?","answer":"A.","status":"live"}`, `the status "live" is none of draft,`},
		{"b.jsonl", `{"id":"b","language":"fr","question":"Q?","answer":"A."}`, `the language "fr" is not one of en, es`},
		{"b.jsonl", `{"id":"b","question":"Q?","answer":"A.","route":"tier9"}`, `the route "tier9" is not one of general,`},
		{"b.jsonl", `{"id":"b","question":"Q?","answer":"A.","review_by":"3/31/2027"}`, `the review-by day "3/31/2027" is not a date like 2027-03-31`},
		{"b.jsonl", `{"id":"b","question":"Q?","answer":"A.","effective_from":"2027-02-01","expires_on":"2027-01-01"}`, "expires on 2027-01-01, before it is in effect"},
		{"b.jsonl", `{"id":"b","question":"Q?","answer":"A.","follow_ups":["b"]}`, "the article is its own follow-up"},
		{"b.jsonl", `{"id":"b","question":"Q?","answer":"A.","source":{"title":"","url":"javascript:alert(1)"}}`, "is not a web address"},
		{"b.jsonl", `{"id":"b","question":"` + strings.Repeat("x", 301) + `","answer":"A."}`, "longer than 300 characters"},
		{"b.jsonl", `{"id":"b","question":"Q\nQ?","answer":"A."}`, "has more than one line"},
		{"b.jsonl", `{"id":"b","question":"Q\u0000?","answer":"A."}`, "holds bytes that are not text"},
		{"b.jsonl", "[" + good + "]", "line 1: this is a list; write each article on a line"},
		{"b.jsonl", "{\"id\":\"\xff\"}", "line 1: the text is not UTF-8"},
		{"b.jsonl", "", "b.jsonl: the file is empty"},
		{"b.csv", "", "the file is empty; its first row names the columns"},
		{"b.csv", "id,question\na,Q?", `line 1: there is no column "answer"`},
		{"b.csv", "id,question,answer,notes\na,Q?,A.,", `line 1: the column "notes" is not known; delete it`},
		{"b.csv", "id,question,answer,answer\na,Q?,A.,", `there are two columns "answer"`},
		{"b.csv", "id,question,answer\na,Q?,\"A.\nA.\"\nb,Q?,", "b.csv line 4: the answer is empty (b/en)"},
		{"b.csv", "id,question,answer\na,Q?,A., and more", "line 2: the row has more cells (4) than the first row has columns (3)"},
		{"b.csv", "id,question,answer\na,Q?,\"A.", "line 2: the quotation marks of this row do not match"},
		{"b.csv", "id,question,answer\na,Q\xf3?,A.", "b.csv line 2: the file is not UTF-8, so accents would be lost"},
		{"b.xlsx", "PK\x03\x04 nonsense", "this is not a workbook that can be read"},
		{"b.xlsx", "id,question,answer", "this is not a workbook that can be read"},
		{"b.tsv", "Fragen\tAntworten\n", `there is no column "question"; a .tsv file must be an export of QnA Maker`},
		{"b.tsv", "Question\tAnswer\n", "the file holds no questions"},
		{"b.txt", "x", "b.txt: the ending of the name is none of .jsonl .csv .xlsx .tsv"},
	} {
		var b Batch
		b.ReadFile("/somewhere/"+test.file, []byte(test.content), English)
		if len(b.Flaws) == 0 || !strings.Contains(b.Flaws[0].Error(), test.want) {
			t.Errorf("%s %.60q: flaws %v, want %q", test.file, test.content, b.Flaws, test.want)
		}
	}
	for file, want := range map[string]string{
		"en/a.md":      "en/a.md: the file does not begin with a line ---",
		"a.md":         "a.md: this file is in none of the folders en and es",
		"fr/a.md":      "fr/a.md: this file is in none",
		"en/deep/a.md": "this file is in none",
		"en/notes.txt": "there is no Markdown file in the folder",
		"README.md":    "there is no Markdown file in the folder",
	} {
		var b Batch
		b.ReadFolder(fstest.MapFS{file: {Data: []byte("Hello.")}}, "base")
		if len(b.Flaws) != 1 || !strings.Contains(b.Flaws[0].Error(), want) {
			t.Errorf("%s: flaws %v, want %q", file, b.Flaws, want)
		}
	}
}

func TestAPlanSaysWhatWouldChange(t *testing.T) {
	article := func(id string, revision int64, status Status, answer string) Article {
		return Article{ID: id, Language: English, Revision: revision, Status: status, Question: "Q?", Answer: answer}
	}
	newest := []Article{
		article("same", 1, StatusPublished, "A."), article("other", 1, StatusPublished, "A."), article("drafted", 2, StatusDraft, "New."),
		article("draft", 1, StatusDraft, "A."), article("gone", 1, StatusRetired, "A."),
	}
	published := []Article{newest[0], newest[1], article("drafted", 1, StatusPublished, "A."), newest[4]}
	var b Batch
	for i, a := range []Article{
		article("same", 0, "", "A."), article("other", 0, "", "B."), article("drafted", 0, "", "A."), article("draft", 0, StatusDraft, "A."),
		article("gone", 0, "", "A."), article("new", 0, "", "A."),
	} {
		b.add(Place{"f", i + 1}, a)
	}
	b.Rows[5].Article.FollowUps = []string{"same"}
	plan := b.Plan(newest, published)
	if len(plan.Flaws) > 0 {
		t.Fatal(plan.Flaws)
	}
	keys := func(articles []Article) (s string) {
		for _, a := range articles {
			s += a.ID + " "
		}
		return s
	}
	if got := fmt.Sprintf("%s| %s| %s", keys(plan.Added), keys(plan.Changed), keys(plan.Unchanged)); got != "new | other gone | same drafted draft " {
		t.Errorf("the plan is %s", got)
	}
	b.Rows[5].Article.FollowUps = []string{"nowhere"}
	if plan := b.Plan(newest, published); len(plan.Flaws) != 1 || plan.Flaws[0].Error() != "f line 6: the follow-up nowhere does not exist (new/en)" {
		t.Errorf("a follow-up that leads nowhere gave %v", plan.Flaws)
	}
	b.Rows = append(b.Rows, Row{Place{"g", 9}, article("same", 0, StatusPublished, "C.")})
	if plan := b.Plan(newest, published); len(plan.Flaws) != 1 || plan.Flaws[0].Error() != "g line 9: same/en is there already, in f line 1" {
		t.Errorf("the same article twice gave %v", plan.Flaws)
	}
}

func TestSpreadsheetsOfOtherProgramsAreRead(t *testing.T) {
	book := excelize.NewFile()
	for cell, value := range map[string]any{
		"A1": "ID", "B1": "Question", "C1": "Answer", "D1": "Review by", "E1": "Alternates", "F1": "alternates 2",
		"A2": "a", "B2": "Q?", "C2": "A.", "D2": 46477, "E2": "one\r\ntwo", "F2": "three", "A4": "b", "B4": "R?",
	} {
		if err := book.SetCellValue("Sheet1", cell, value); err != nil {
			t.Fatal(err)
		}
	}
	content, err := book.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	var b Batch
	b.ReadFile("sheet.XLSX", content.Bytes(), Spanish)
	if len(b.Rows) != 1 || len(b.Flaws) != 1 || b.Flaws[0].Error() != "sheet.XLSX line 4: the answer is empty (b/es)" {
		t.Fatalf("rows %+v, flaws %v", b.Rows, b.Flaws)
	}
	if a := b.Rows[0].Article; a.ReviewBy != "2027-03-31" || strings.Join(a.Alternates, "|") != "one|two|three" || a.Language != Spanish {
		t.Errorf("read %+v", a)
	}

	utf16 := []byte("\xff\xfe")
	for _, r := range "id\tquestion\tanswer\r\nñ\tQ?\tA.\r\na\t¿Q?\tÁ.\r\n" {
		utf16 = append(utf16, byte(r), byte(r>>8))
	}
	for name, content := range map[string][]byte{"semicolons": []byte("id;question;answer\r\na;¿Q?;\"Á; b.\"\r\n"), "unicode text": utf16} {
		var b Batch
		b.ReadFile(name+".csv", content, Spanish)
		if len(b.Rows) != 1 || b.Rows[0].Article.Question != "¿Q?" || !strings.HasPrefix(b.Rows[0].Article.Answer, "Á") {
			t.Errorf("%s: rows %+v, flaws %v", name, b.Rows, b.Flaws)
		}
	}
}

func TestAnExportOfQnAMakerIsRead(t *testing.T) {
	content := "Question\tAnswer\tSource\tMetadata\tSuggestedQuestions\tIsContextOnly\tPrompts\tQnaId\tSourceDisplayName\r\n" +
		"How do I return it?\tSend it back.\\n\\nWithin *30* days.\thttps://example.org/returns\ttopic:returns|route:tier1\t[]\tFalse\t" +
		`[{"displayOrder":1,"qnaId":7,"displayText":"Costs\n"}]` + "\t3\tReturns\r\n" +
		"send back\tSend it back.\\n\\nWithin *30* days.\thttps://example.org/returns\ttopic:returns\t[]\tFalse\t[]\t3\tReturns\r\n" +
		"What does it cost?\tNothing.\tEditorial\t" + `[{"name":"topic","value":"fees"}]` + "\t[]\tFalse\t[]\t7\tEditorial\r\n" +
		"Who are you?\tEmma.\tEditorial\t\t\t\t\t\t\r\n"
	var b Batch
	b.ReadFile("kb.tsv", []byte(content), English)
	got := articlesOf(t, b)
	var out bytes.Buffer
	if err := WriteJSONLines(&out, got); err != nil {
		t.Fatal(err)
	}
	want := `{"id":"qna-3","language":"en","topic":"returns","question":"How do I return it?","alternates":["send back"],"answer":"Send it back.\n\nWithin *30* days.","source":{"title":"Returns","url":"https://example.org/returns"},"follow_ups":["qna-7"],"route":"tier1"}
{"id":"qna-7","language":"en","topic":"fees","question":"What does it cost?","answer":"Nothing."}
{"id":"who-are-you","language":"en","question":"Who are you?","answer":"Emma."}
`
	if out.String() != want {
		t.Errorf("read\n%s\nwant\n%s", &out, want)
	}
}

func TestLinksThatLeadNowhereAreFound(t *testing.T) {
	articles := []Article{
		{ID: "a", Language: English, FollowUps: []string{"b", "c", "gone", "none"}}, {ID: "a", Language: Spanish, FollowUps: []string{"b"}},
		{ID: "b", Language: English}, {ID: "c", Language: English}, {ID: "c", Language: Spanish}, {ID: "gone", Language: English, Status: StatusRetired},
	}
	var got []string
	for _, f := range Links(articles) {
		got = append(got, fmt.Sprintf("%s %t %s", f.Article.Key(), f.Broken, f.Text))
	}
	want := []string{
		"a/en true the follow-up gone does not exist", "a/en true the follow-up none does not exist",
		"a/es false the follow-up b has no version in this language (es)", "b/en false there is no version in the other language, only in en",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("found\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
