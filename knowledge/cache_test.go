package knowledge

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// open opens a base over a folder; what it reports is kept.
func open(t *testing.T, dir string, source Source) (*Base, *[]string) {
	t.Helper()
	var reported []string
	b, err := OpenBase(context.Background(), Config{Dir: dir, Source: source, Now: time.Now, Report: func(err error) { reported = append(reported, err.Error()) }})
	if err != nil {
		t.Fatal(err)
	}
	return b, &reported
}

// settled opens a base, waits until it is built, and returns what it finds.
func settled(t *testing.T, dir string, source Source, questions []string) (found [][]string, reported []string) {
	t.Helper()
	b, r := open(t, dir, source)
	if err := b.Settle(context.Background()); err != nil {
		t.Fatal(err)
	}
	found = topThree(t, b, questions)
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	return found, *r
}

func topThree(t *testing.T, b *Base, questions []string) (found [][]string) {
	t.Helper()
	for _, q := range questions {
		r, err := b.Search(context.Background(), Query{Text: q, Language: English, Limit: 3})
		if err != nil {
			t.Fatal(err)
		}
		var ids []string
		for _, hit := range r.Hits {
			ids = append(ids, hit.Article.ID)
		}
		found = append(found, ids)
	}
	return found
}

func TestADamagedFolderIsNoticedAndBuiltAgain(t *testing.T) {
	articles, questions, _ := madeUp(30, 5)
	questions = questions[:200]
	dir := t.TempDir()
	want, reported := settled(t, dir, fixed(articles), questions)
	if len(reported) > 0 {
		t.Fatalf("a first start reports %q", reported)
	}
	damages := map[string]func(t *testing.T, file string){
		"a flipped byte": func(t *testing.T, file string) {
			content, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			content[len(content)/2] ^= 0x10
			if err := os.WriteFile(file, content, 0o600); err != nil {
				t.Fatal(err)
			}
		},
		"a cut": func(t *testing.T, file string) {
			info, err := os.Stat(file)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.Truncate(file, info.Size()/2); err != nil {
				t.Fatal(err)
			}
		},
		"a deletion": func(t *testing.T, file string) {
			if err := os.Remove(file); err != nil {
				t.Fatal(err)
			}
		},
	}
	for name, damage := range damages {
		for _, file := range files(t, dir) {
			file := filepath.Base(file) // its folder is named after the generation
			t.Run(name+" of "+file, func(t *testing.T) {
				all := files(t, dir)
				damage(t, all[slices.IndexFunc(all, func(path string) bool { return filepath.Base(path) == file })])
				b, reported := open(t, dir, fixed(articles))
				wrong := wrongAnswers(t, b, questions, want) // while it is being mended
				if err := b.Settle(context.Background()); err != nil {
					t.Fatal(err)
				}
				after := topThree(t, b, questions)
				if err := b.Close(); err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(want, after); diff != "" {
					t.Errorf("mended, it answers otherwise:\n%s", diff)
				}
				if wrong > 0 {
					t.Errorf("while it was mended, %d of %d questions got a wrong answer", wrong, len(want))
				}
				if name != "a deletion" && len(*reported) == 0 {
					t.Errorf("nothing was reported")
				}
				if again, reported := settled(t, dir, fixed(articles), questions); len(reported) > 0 || !cmp.Equal(want, again) {
					t.Errorf("the start after it reports %q", reported)
				}
			})
		}
	}
}

// differences counts the questions whose first article differs.
func differences(want, got [][]string) (n int) {
	for i := range want {
		if len(want[i]) > 0 && (len(got[i]) == 0 || want[i][0] != got[i][0]) {
			n++
		}
	}
	return n
}

// files are the paths of all files in a folder.
func files(t *testing.T, dir string) (all []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			all = append(all, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(all) == 0 {
		t.Fatal("the folder is empty")
	}
	return all
}

func TestAMatchingFolderIsTakenOverWithoutFitting(t *testing.T) {
	articles, questions, _ := madeUp(40, 6)
	dir := t.TempDir()
	want, _ := settled(t, dir, fixed(articles), questions)
	b, reported := open(t, dir, fixed(articles))
	defer func() { _ = b.Close() }()
	if s := b.state.Load(); !s.settled() || s.judges[English].classifier == nil {
		t.Errorf("the second start has work to do; it reported %q", *reported)
	}
	if diff := cmp.Diff(want, topThree(t, b, questions)); diff != "" {
		t.Error(diff)
	}
}

func TestAStaleIndexIsCompletedByWhatWasEditedSince(t *testing.T) {
	articles, _, _ := madeUp(40, 6)
	dir := t.TempDir()
	settled(t, dir, fixed(articles), nil)
	edited := slices.Clone(articles)
	edited[3].Question = "where may the zeppelin land"
	edited = slices.Delete(edited, 0, 1)
	b, _ := open(t, dir, fixed(edited))
	defer func() { _ = b.Close() }()
	if late := b.state.Load().late[English]; len(late) != 1 {
		t.Errorf("%d articles are late, want the edited one", len(late))
	}
	if got := topThree(t, b, []string{"zeppelin"}); len(got[0]) == 0 || got[0][0] != edited[2].ID {
		t.Errorf("the edited article is not found: %q", got)
	}
	for _, ids := range topThree(t, b, []string{articles[0].Question}) {
		if slices.Contains(ids, articles[0].ID) {
			t.Error("a retired article is found")
		}
	}
}

func TestAnInterruptedBuildLeavesTheOldIndex(t *testing.T) {
	articles, questions, _ := madeUp(40, 6)
	dir := t.TempDir()
	want, _ := settled(t, dir, fixed(articles), questions)
	// What a process leaves that was killed while it built the next generation: the
	// generation without its manifest, scratch folders, and a half-written manifest.
	for _, name := range []string{"g2/store", "scorch-offline-build123"} {
		if err := os.MkdirAll(filepath.Join(dir, name), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name, "000000000001.zap"), []byte("half"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "manifest.new"), []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	got, reported := settled(t, dir, fixed(articles), questions)
	if diff := cmp.Diff(want, got); diff != "" || len(reported) > 0 {
		t.Errorf("reported %q\n%s", reported, diff)
	}
	edited := slices.Clone(articles)
	edited[0].Question = "where may the zeppelin land"
	if _, reported := settled(t, dir, fixed(edited), nil); len(reported) > 0 {
		t.Errorf("the next build reports %q", reported)
	}
	for _, file := range files(t, dir) {
		if strings.Contains(file, "scorch-offline") || strings.HasSuffix(file, ".new") || strings.Contains(file, "/g1/") {
			t.Errorf("%s is left over", file)
		}
	}
}

func TestAnIndexThatFailsWhileItIsReadIsReplaced(t *testing.T) {
	articles, questions, _ := madeUp(40, 6)
	dir := t.TempDir()
	want, _ := settled(t, dir, fixed(articles), questions)
	b, reported := open(t, dir, fixed(articles))
	defer func() { _ = b.Close() }()
	for _, file := range files(t, filepath.Join(dir, "g1")) {
		if err := os.Truncate(file, 0); err != nil { // the files are mapped into memory: reading them now faults
			t.Fatal(err)
		}
	}
	during := topThree(t, b, questions)
	if n := differences(want, during); n > 0 {
		t.Errorf("%d of %d questions found another article first", n, len(want))
	}
	if err := b.Settle(context.Background()); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, topThree(t, b, questions)); diff != "" {
		t.Error(diff)
	}
	if len(*reported) == 0 {
		t.Error("nothing was reported")
	}
}

func TestSealedFilesTellDamage(t *testing.T) {
	file := filepath.Join(t.TempDir(), "sealed")
	if _, err := readSealed(file); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a missing file gives %v", err)
	}
	if err := writeSealed(file, []byte("what was written")); err != nil {
		t.Fatal(err)
	}
	if got, err := readSealed(file); err != nil || string(got) != "what was written" {
		t.Errorf("read %q, %v", got, err)
	}
	if err := os.WriteFile(file, []byte("0123\nwhat was written"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := readSealed(file); !errors.Is(err, errDamaged) {
		t.Errorf("a damaged file gives %v", err)
	}
}
