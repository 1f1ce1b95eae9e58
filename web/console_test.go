package web

import (
	"bytes"
	"testing"
)

// consoleLimit is the most that the scripts of the console may weigh, compressed.
const consoleLimit = 120 << 10

func TestTheConsoleIsLightAndLoadsChartsLater(t *testing.T) {
	pages, err := readPages(nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	page, charts := pages.files["console.js"], pages.files["chart.js"]
	if all := len(page.zipped()) + len(charts.zipped()); all > consoleLimit || len(charts.zipped()) == 0 {
		t.Errorf("the scripts weigh %d + %d bytes compressed, at most %d are allowed", len(page.zipped()), len(charts.zipped()), consoleLimit)
	}
	if bytes.Contains(page.plain, []byte("uplot")) || !bytes.Contains(charts.plain, []byte("uplot")) {
		t.Error("the charts are not in the chunk of their own")
	}
}
