package main

import (
	"io"
	"net/http"
	"strings"
	"testing"
)

func TestAnAgencyChoosesReadableColours(t *testing.T) {
	if code, _, errs := command(t, "", "serve", "--data", t.TempDir(), "--theme", "accent=#aaaaaa"); code == 0 || !strings.Contains(errs, "on-accent on accent has a contrast of") {
		t.Errorf("unreadable colours gave %d: %s", code, errs)
	}
	p := start(t, t.TempDir(), "--theme", "accent=#1a4480;said=#1a4480")
	response, err := http.Get(p.origin + "/widget.js")
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	script, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(script), ";--accent:#1a4480;--said:#1a4480}") {
		t.Error("the widget does not have the colours")
	}
}
