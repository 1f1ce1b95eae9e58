package web

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// widgetLimit is what the widget may weigh on the wire, in bytes.
const widgetLimit = 20 << 10

func TestTheWidgetIsSmallAndAsksNobodyElse(t *testing.T) {
	pages, err := readPages(nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	widget := pages.files["widget.js"]
	if n := len(widget.zipped()); n > widgetLimit {
		t.Errorf("the widget weighs %d bytes gzipped, more than %d", n, widgetLimit)
	}
	t.Logf("the widget weighs %d bytes gzipped, %d plain", len(widget.zipped()), len(widget.plain))
	for _, address := range regexp.MustCompile(`(?:https?|wss?)://[^\s"'`+"`"+`)]+`).FindAllString(string(widget.plain), -1) {
		if !strings.HasPrefix(address, "http://www.w3.org/") && !strings.HasPrefix(address, "https?:") { // the name of SVG
			t.Errorf("the widget names the address %s", address)
		}
	}
	for _, forbidden := range []string{"innerHTML", "eval(", "new Function", "document.write", "import("} {
		if strings.Contains(string(widget.plain), forbidden) {
			t.Errorf("the widget uses %s", forbidden)
		}
	}
}

// TestTheTokensOfTheWidgetAreThoseOfAllPages compares the widget's shortened list
// with the full one: each of its lines must be there, in the same block.
func TestTheTokensOfTheWidgetAreThoseOfAllPages(t *testing.T) {
	shared := readFile(t, "src/shared/tokens.css")
	all, own := tokens(shared), tokens(readFile(t, "src/widget/tokens.css"))
	if len(own) < 100 {
		t.Fatalf("the widget has %d tokens", len(own))
	}
	for name, value := range own {
		if all[name] != value {
			t.Errorf("%s is %q in the widget and %q elsewhere", name, value, all[name])
		}
	}
}

// tokens maps "block name" to values: the n-th time a name is declared is its n-th theme.
func tokens(css string) map[string]string {
	css = regexp.MustCompile(`(?s)/\*.*?\*/`).ReplaceAllString(css, "")
	found := map[string]string{}
	for _, block := range regexp.MustCompile(`([^{};]*(?:root|host)[^{]*)\{([^}]*)\}`).FindAllStringSubmatch(css, -1) {
		theme := "light"
		before := css[:strings.Index(css, block[0])]
		if media := strings.LastIndex(before, "@media"); media >= 0 && strings.Count(before[media:], "{") > strings.Count(before[media:], "}") {
			theme = strings.Fields(before[media:])[1]
		} else if strings.Contains(block[1], "data-") {
			theme = strings.TrimSpace(regexp.MustCompile(`data-\w+=["\w]+`).FindString(block[1]))
		}
		for _, line := range strings.Split(block[2], ";") {
			if name, value, ok := strings.Cut(line, ":"); ok {
				if name = strings.TrimSpace(name); name == "color-scheme" {
					name = "--scheme" // the widget says it where the page cannot
				}
				found[theme+" "+name] = short6(strings.TrimSpace(value))
			}
		}
	}
	return found
}

// short6 writes colours such as #ffffff in their short form.
func short6(value string) string {
	return regexp.MustCompile(`#([0-9a-f]{6})\b`).ReplaceAllStringFunc(value, func(c string) string {
		if c[1] == c[2] && c[3] == c[4] && c[5] == c[6] {
			return "#" + string([]byte{c[1], c[3], c[5]})
		}
		return c
	})
}

func readFile(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
