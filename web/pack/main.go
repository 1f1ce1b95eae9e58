// Command pack makes the widget's script smaller, after esbuild: local names are
// shortened function by function, and so are the names of those colours and sizes that
// no site may set. The output is ASCII. It is run by go generate only.
package main

import (
	"bytes"
	"fmt"
	"os"
	"regexp"
	"slices"

	"github.com/tdewolff/minify/v2"
	"github.com/tdewolff/minify/v2/js"
)

func main() {
	// A site or the server sets these variables by their names.
	public := []string{
		"--accent", "--accent-hover", "--accent-ink", "--accent-wash", "--accent-line", "--on-accent", "--said", "--on-said", "--shadow-2", "--z-widget",
	}
	if err := pack(os.Args[1], public); err != nil {
		fmt.Fprintln(os.Stderr, "packing the widget:", err)
		os.Exit(1)
	}
}

func pack(name string, public []string) error {
	script, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	var out bytes.Buffer
	minifier := js.Minifier{Version: 2020}
	if err := minifier.Minify(minify.New(), &out, bytes.NewReader(shorten(script, public)), nil); err != nil {
		return err
	}
	return os.WriteFile(name, ascii(out.Bytes()), 0o644)
}

// shorten gives the variables that the style sheet declares names of one or two letters,
// but those that are public.
func shorten(script []byte, public []string) []byte {
	names := map[string]string{}
	for _, m := range regexp.MustCompile(`[;{](--[a-z][a-z0-9-]*):`).FindAllSubmatch(script, -1) {
		name := string(m[1])
		if _, ok := names[name]; ok || slices.Contains(public, name) {
			continue
		}
		const letters = "abcdefghijklmnopqrstuvwxyz"
		n := len(names)
		names[name] = "--" + letters[n%26:n%26+1]
		if n >= 26 {
			names[name] += letters[n/26 : n/26+1]
		}
	}
	return regexp.MustCompile(`--[a-z][a-z0-9-]*`).ReplaceAllFunc(script, func(name []byte) []byte {
		if short, ok := names[string(name)]; ok {
			return []byte(short)
		}
		return name
	})
}

// ascii escapes what is beyond it, which stands in strings alone.
func ascii(script []byte) []byte {
	var out bytes.Buffer
	for _, r := range string(script) {
		switch {
		case r < 0x80:
			out.WriteRune(r)
		case r < 0x10000:
			fmt.Fprintf(&out, `\u%04x`, r)
		default:
			fmt.Fprintf(&out, `\u{%x}`, r)
		}
	}
	return out.Bytes()
}
