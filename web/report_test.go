package web

import (
	"bytes"
	"reflect"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"emma/handoff"
)

func TestNoCellOfAReportIsAFormula(t *testing.T) {
	for _, name := range []string{"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", `=HYPERLINK("http://evil.test","x")`} {
		report := handoff.Summary{Agents: []handoff.Group{{Name: name}}}
		for _, row := range table(report) {
			for _, v := range row {
				if text := cellText(v); text != "" && strings.ContainsAny(text[:1], "=+-@\t\r\n") {
					t.Errorf("the agent %q makes the cell %q", name, text)
				}
			}
		}
		file := excelize.NewFile()
		if err := fillSheet(file, "Figures", table(report)); err != nil {
			t.Fatal(err)
		}
		var written bytes.Buffer
		if _, err := file.WriteTo(&written); err != nil {
			t.Fatal(err)
		}
		read, err := excelize.OpenReader(&written)
		if err != nil {
			t.Fatal(err)
		}
		for _, cell := range []string{"B2", "B3"} {
			if formula, err := read.GetCellFormula("Figures", cell); err != nil || formula != "" {
				t.Errorf("the agent %q makes the formula %q (%v)", name, formula, err)
			}
			if value, err := read.GetCellValue("Figures", cell); err != nil || strings.HasPrefix(value, "=") {
				t.Errorf("the agent %q makes the value %q (%v)", name, value, err)
			}
		}
	}
	if got := harmless("Dana - Reyes = 1"); got != "Dana - Reyes = 1" {
		t.Errorf("a harmless name becomes %q", got)
	}
}

// Every figure has a definition and every definition a figure.
func TestEveryFigureIsDefined(t *testing.T) {
	defined := map[string]bool{}
	for _, d := range definitions() {
		defined[d.Figure] = true
		if d.Name == "" || d.Means == "" {
			t.Errorf("%s is not explained", d.Figure)
		}
	}
	fields := reflect.TypeFor[figuresOut]()
	for i := range fields.NumField() {
		name := fields.Field(i).Tag.Get("json")
		if name != "name" && !defined[name] {
			t.Errorf("%s has no definition", name)
		}
		delete(defined, name)
	}
	for name := range defined {
		t.Errorf("%s is defined and is no figure", name)
	}
}
