package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// imported is a package of the program with what it imports itself.
type imported struct {
	ImportPath string
	Imports    []string
	Files      map[string][]string // file → imports, for rules about single files
}

// violations names every import that breaks the layout: cmd → web, store →
// handoff → bot → knowledge, rightward only, and each library at its place.
func violations(packages []imported) []string {
	rank := map[string]int{"emma/knowledge": 4, "emma/bot": 3, "emma/handoff": 2, "emma/web": 1, "emma/cmd/emma/store": 1,
		"emma/web/pack": 5} // part of go generate; imports nothing of ours
	rankOf := func(path string) (int, bool) {
		if r, ok := rank[path]; ok {
			return r, true
		}
		return 0, strings.HasPrefix(path, "emma/cmd/")
	}
	// only lists, for libraries that have one place, the packages that may import them.
	only := map[string][]string{
		"github.com/blevesearch/bleve/v2": {"emma/knowledge"},
		"nhooyr.io/websocket":             {"emma/web", "emma/cmd/emma-load"},
		"database/sql":                    {"emma/cmd/emma/store", "emma/cmd/emma/store/postgrestest"},
		"go.uber.org/zap":                 {"emma/web", "emma/cmd/emma/store", "emma/cmd/emma", "emma/cmd/emma-load"},
	}
	pure := []string{"emma/bot", "emma/handoff"}
	doors := []string{"database/sql", "net", "net/http", "os", "os/exec", "go.uber.org/zap"}
	var found []string
	for _, p := range packages {
		from, ours := rankOf(p.ImportPath)
		if !ours {
			found = append(found, fmt.Sprintf("%s has no place in the layout", p.ImportPath))
		}
		for _, i := range p.Imports {
			to, own := rankOf(i)
			if own && strings.HasPrefix(i, "emma/") && to <= from && !(from == 0 && strings.HasPrefix(i, p.ImportPath+"/")) {
				found = append(found, fmt.Sprintf("%s may not import %s", p.ImportPath, i))
			}
			for library, places := range only {
				if (i == library || strings.HasPrefix(i, library+"/")) && !slices.Contains(places, p.ImportPath) {
					found = append(found, fmt.Sprintf("%s may not import %s", p.ImportPath, i))
				}
			}
			if slices.Contains(pure, p.ImportPath) && slices.Contains(doors, i) {
				found = append(found, fmt.Sprintf("%s does no I/O and may not import %s", p.ImportPath, i))
			}
		}
		for file, imports := range p.Files {
			if p.ImportPath == "emma/web" && filepath.Base(file) != "socket.go" && slices.Contains(imports, "nhooyr.io/websocket") {
				found = append(found, fmt.Sprintf("%s may not import nhooyr.io/websocket: only socket.go does", file))
			}
		}
	}
	return found
}

// packages reads the imports of the program with the Go tool.
func packages(t *testing.T) []imported {
	t.Helper()
	cmd := exec.Command("go", "list", "-json=ImportPath,Imports,Dir,GoFiles", "./...")
	cmd.Dir = root(t)
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var list []imported
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var p struct {
			imported
			Dir     string
			GoFiles []string
		}
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return list
		} else if err != nil {
			t.Fatal(err)
		}
		p.Files = map[string][]string{}
		for _, name := range p.GoFiles {
			source, err := os.ReadFile(filepath.Join(p.Dir, name))
			if err != nil {
				t.Fatal(err)
			}
			for _, library := range []string{"nhooyr.io/websocket"} {
				if bytes.Contains(source, []byte(`"`+library+`"`)) {
					p.Files[name] = append(p.Files[name], library)
				}
			}
		}
		list = append(list, p.imported)
	}
}

// root is the folder of go.mod.
func root(t testing.TB) string {
	t.Helper()
	dir, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestPackagesImportOnlyRightward(t *testing.T) {
	list := packages(t)
	if len(list) < 6 {
		t.Fatalf("only %d packages found", len(list))
	}
	for _, v := range violations(list) {
		t.Error(v)
	}
}

func TestAViolationOfTheLayoutIsNamed(t *testing.T) {
	for _, test := range []struct{ name, from, imports, file string }{
		{"leftward", "emma/knowledge", "emma/bot", ""},
		{"sideways", "emma/web", "emma/cmd/emma/store", ""},
		{"sideways the other way", "emma/cmd/emma/store", "emma/web", ""},
		{"a library at the wrong place", "emma/bot", "github.com/blevesearch/bleve/v2/search", ""},
		{"I/O in a pure package", "emma/handoff", "net/http", ""},
		{"the socket library outside its file", "emma/web", "nhooyr.io/websocket", "visitor.go"},
		{"a new folder", "emma/utils", "fmt", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := imported{ImportPath: test.from, Imports: []string{test.imports}, Files: map[string][]string{test.file: {test.imports}}}
			found := violations([]imported{p})
			if len(found) != 1 || !(strings.Contains(found[0], test.from) || strings.Contains(found[0], test.file)) {
				t.Errorf("found %q", found)
			}
		})
	}
}

func TestFilesAreShort(t *testing.T) {
	const limit, median = 350, 120
	var lengths []int
	err := filepath.WalkDir(root(t), func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := entry.Name()
		if entry.IsDir() && (name == "node_modules" || name == "dist" || name == ".git") {
			return filepath.SkipDir
		}
		source := strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, "_test.go") ||
			(strings.HasSuffix(name, ".ts") || strings.HasSuffix(name, ".tsx")) && !strings.Contains(name, ".test.")
		if entry.IsDir() || !source {
			return nil
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		lines := bytes.Count(content, []byte("\n"))
		lengths = append(lengths, lines)
		if lines > limit {
			t.Errorf("%s has %d lines, more than %d", path, lines, limit)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(lengths)
	if m := lengths[len(lengths)/2]; m > median {
		t.Errorf("the median of %d files is %d lines, more than %d", len(lengths), m, median)
	}
}

func TestTheRootHoldsOnlyWhatIsAgreed(t *testing.T) {
	entries, err := os.ReadDir(root(t))
	if err != nil {
		t.Fatal(err)
	}
	agreed := []string{"cmd", "bot", "handoff", "knowledge", "web", "go.mod", "go.sum", "README.md", "LICENSE"}
	for _, e := range entries {
		if name := e.Name(); !strings.HasPrefix(name, ".") && !slices.Contains(agreed, name) && name != "emma-data" {
			t.Errorf("the root holds %s, which is not one of %v", name, agreed)
		}
	}
}
