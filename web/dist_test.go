package web

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestTheBuiltPagesAreFresh builds the pages again, as go generate does, and
// compares them with the committed ones byte for byte.
func TestTheBuiltPagesAreFresh(t *testing.T) {
	if _, err := os.Stat("node_modules/preact"); err != nil {
		const reason = "the packages of the pages are not installed: run npm ci in web"
		if os.Getenv("EMMA_TEST_ALL") != "" {
			t.Fatal(reason)
		}
		t.Skip(reason)
	}
	directives, err := os.ReadFile("generate.go")
	if err != nil {
		t.Fatal(err)
	}
	fresh, built := t.TempDir(), 0
	for line := range strings.SplitSeq(string(directives), "\n") {
		command, ok := strings.CutPrefix(line, "//go:generate ")
		if !ok {
			continue
		}
		args := strings.Fields(regexp.MustCompile(`(^|[ =])dist\b`).ReplaceAllString(command, "${1}"+fresh))
		if out, err := exec.Command(args[0], args[1:]...).CombinedOutput(); err != nil {
			t.Fatalf("%s: %v\n%s", command, err, out)
		}
		built++
	}
	if built == 0 {
		t.Fatal("generate.go builds nothing")
	}
	want, got := read(t, fresh), read(t, "dist")
	for name, content := range want {
		if !bytes.Equal(content, got[name]) {
			t.Errorf("dist/%s is not what its source builds: run go generate ./web and commit it", name)
		}
		for i, c := range content {
			if c >= 0x80 && !strings.HasSuffix(name, ".html") {
				t.Errorf("dist/%s is not ASCII at byte %d", name, i)
				break
			}
		}
	}
	for name := range got {
		if _, ok := want[name]; !ok {
			t.Errorf("dist/%s has no source any more", name)
		}
	}
}

func read(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if files[e.Name()], err = os.ReadFile(filepath.Join(dir, e.Name())); err != nil {
			t.Fatal(err)
		}
	}
	return files
}
