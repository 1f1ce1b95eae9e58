package knowledge

import (
	"bytes"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// written is a base in every format, by the name of a file that ReadFile knows.
func written(t testing.TB, articles []Article) map[string][]byte {
	t.Helper()
	out := map[string][]byte{}
	for name, write := range map[string]func(io.Writer, []Article) error{
		"base.jsonl": WriteJSONLines, "base.csv": WriteCSV, "base.xlsx": WriteXLSX,
	} {
		var b bytes.Buffer
		if err := write(&b, articles); err != nil {
			t.Fatal(err)
		}
		out[name] = b.Bytes()
	}
	return out
}

func folderOf(t testing.TB, articles []Article) fstest.MapFS {
	t.Helper()
	folder := fstest.MapFS{}
	for _, a := range articles {
		content, err := WriteMarkdown(a)
		if err != nil {
			t.Fatal(err)
		}
		folder[MarkdownFile(a)] = &fstest.MapFile{Data: content}
	}
	return folder
}

func articlesOf(t testing.TB, b Batch) []Article {
	t.Helper()
	for _, f := range b.Flaws {
		t.Errorf("%s", f.Error())
	}
	var out []Article
	for _, row := range b.Rows {
		out = append(out, row.Article)
	}
	return out
}

// anyText are strings that have broken spreadsheets, YAML and JSON before.
func anyText(most int) *rapid.Generator[string] {
	odd := rapid.SampledFrom([]string{"=1+1", "'=x", "''", "+1-800", "-5", "@sum", "|x", "\"q\"", "a,b;c\td", "---", "- x", "# y", "yes", "null", "2027-03-31",
		"007", "1e5", "ñandú ¿qué?", "😀", "שלום", "<b>&amp;", "{{x}}", "_x000D_", "_x0041_", ": x", "%", "\\n", "`", "'s", "! tag", "*a", "&a", "911"})
	word := rapid.OneOf(odd, rapid.StringMatching(`[a-zA-Zñ¿' ]{1,12}`), rapid.StringOfN(rapid.Rune().Filter(func(r rune) bool { return !unreadable(string(r), "") }), 1, 8, -1))
	return rapid.Map(rapid.SliceOfN(word, 1, 4), func(words []string) string {
		text := strings.Join(words, " ")
		for i := range text {
			if i > most {
				return text[:i]
			}
		}
		return text
	})
}

func anyLine() *rapid.Generator[string] {
	return rapid.Map(anyText(200), func(s string) string { return strings.TrimSpace(strings.Join(strings.Fields(s), " ")) }).Filter(func(s string) bool {
		return s != "" && validLine("line", s) == nil
	})
}

func anyArticle(id string) *rapid.Generator[Article] {
	return rapid.Custom(func(t *rapid.T) Article {
		a := Article{
			ID: id, Language: rapid.SampledFrom([]string{English, Spanish}).Draw(t, "language"),
			Status:   rapid.SampledFrom([]Status{StatusPublished, StatusDraft, StatusInReview, StatusRetired}).Draw(t, "status"),
			Question: anyLine().Draw(t, "question"), Alternates: rapid.SliceOfN(anyLine(), 0, 5).Draw(t, "alternates"),
			Answer: strings.Join(rapid.SliceOfN(anyText(300), 1, 4).Draw(t, "answer"), rapid.SampledFrom([]string{"\n", "\n\n", "  \n", "\n---\n"}).Draw(t, "break")),
			Topic:  rapid.OneOf(rapid.Just(""), anyLine()).Draw(t, "topic"), Flag: rapid.OneOf(rapid.Just(""), anyLine()).Draw(t, "flag"),
			Route:    rapid.SampledFrom(append([]string{""}, Routes...)).Draw(t, "route"),
			ReviewBy: rapid.SampledFrom([]string{"", "2027-03-31"}).Draw(t, "review by"),
			Owner:    rapid.OneOf(rapid.Just(""), anyLine()).Draw(t, "owner"),
		}
		if rapid.Bool().Draw(t, "source") {
			a.Source = Link{Title: rapid.OneOf(rapid.Just(""), anyLine()).Draw(t, "title"), URL: "https://example.org/a?b=c&d=é"}
		}
		if rapid.Bool().Draw(t, "days") {
			a.EffectiveFrom, a.ExpiresOn = "2026-01-02", "2028-02-29"
		}
		a.FollowUps = rapid.SampledFrom([][]string{nil, {"other"}, {"other", "an_other-2"}}).Draw(t, "follow-ups")
		return a.Normal()
	}).Filter(func(a Article) bool { return a.Validate() == nil })
}

func TestEveryFormatGivesBackWhatWasWritten(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		var articles []Article
		for i := range rapid.IntRange(1, 4).Draw(rt, "articles") {
			articles = append(articles, anyArticle(string(rune('a'+i))).Draw(rt, "article"))
		}
		for name, content := range written(t, articles) {
			var b Batch
			b.ReadFile(name, content, English)
			if diff := cmp.Diff(articles, articlesOf(t, b)); diff != "" {
				rt.Fatalf("%s gives back other articles:\n%s", name, diff)
			}
			if again := written(t, articlesOf(t, b))[name]; !bytes.Equal(content, again) {
				rt.Fatalf("%s written again is another file", name)
			}
		}
		var b Batch
		b.ReadFolder(folderOf(t, articles), "base")
		back := articlesOf(t, b)
		slices.SortFunc(back, func(a, b Article) int { return strings.Compare(a.ID, b.ID) })
		if diff := cmp.Diff(articles, back); diff != "" {
			rt.Fatalf("the folder gives back other articles:\n%s", diff)
		}
	})
}

func TestManyAlternatesFitIntoASpreadsheet(t *testing.T) {
	a := Article{ID: "a", Language: English, Status: StatusPublished, Question: "Q?", Answer: "A."}
	for i := range MaxAlternates {
		a.Alternates = append(a.Alternates, strings.Repeat(string(rune('a'+i%26)), 290)+string(rune(0x1F300+i)))
	}
	for name, content := range written(t, []Article{a}) {
		var b Batch
		b.ReadFile(name, content, English)
		if back := articlesOf(t, b); len(back) != 1 || !back[0].Same(a) {
			t.Errorf("%s lost something of %d alternates", name, MaxAlternates)
		}
	}
}

func TestTheStarterBaseGoesThroughEveryFormat(t *testing.T) {
	articles, err := Starter()
	if err != nil {
		t.Fatal(err)
	}
	for i, a := range articles {
		articles[i] = a.Normal()
		articles[i].Status = StatusPublished
	}
	for name, content := range written(t, articles) {
		var b Batch
		b.ReadFile(name, content, English)
		if diff := cmp.Diff(articles, articlesOf(t, b)); diff != "" {
			t.Errorf("%s:\n%.2000s", name, diff)
		}
	}
}

func TestNoCellBeginsLikeAFormula(t *testing.T) {
	for _, start := range []string{"=", "+", "-", "@", "|", "%", "＝", "'=", "''=", "'"} {
		a := Article{ID: "a", Language: English, Status: StatusPublished, Topic: start + "cmd", Question: start + "cmd|' /C calc'!A0", Alternates: []string{start + "x", "y"}, Answer: start + "1"}
		rows := tableOf([]Article{a})
		for i, cell := range rows[1] {
			if formula(cell) {
				t.Errorf("column %s holds %q", rows[0][i], cell)
			}
			if got, want := rearm(cell), []string{a.ID, a.Language, "", a.Topic, a.Question, start + "x\ny", a.Answer}; i < len(want) && got != want[i] {
				t.Errorf("column %s comes back as %q, want %q", rows[0][i], got, want[i])
			}
		}
	}
	if got := rearm("'tis"); got != "'tis" {
		t.Errorf("an apostrophe of a text was lost: %q", got)
	}
}
