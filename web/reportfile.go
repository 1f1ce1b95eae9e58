package web

import (
	"encoding/csv"
	"fmt"
	"net/http"
	"reflect"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"emma/handoff"
)

// table is a report as rows: a heading, then one row of figures for each part.
func table(report handoff.Summary) [][]any {
	head := []any{"Part", "Name"}
	for _, d := range definitions() {
		head = append(head, d.Name)
	}
	rows := [][]any{head}
	add := func(part string, groups []handoff.Group) {
		for _, g := range groups {
			rows = append(rows, append([]any{part, g.Name}, cells(figures(g))...))
		}
	}
	add("All", []handoff.Group{{Name: "all", Figures: report.All}})
	add("Hour", report.Hours)
	add("Reason", report.Reasons)
	add("Team", report.Teams)
	add("Agent", report.Agents)
	return rows
}

// cells are the figures in the order of their definitions; nil where nothing is known.
func cells(f figuresOut) []any {
	byName := map[string]any{}
	v := reflect.ValueOf(f)
	for i := range v.NumField() {
		field := v.Field(i)
		name := v.Type().Field(i).Tag.Get("json")
		switch {
		case field.Kind() != reflect.Pointer:
			byName[name] = field.Interface()
		case !field.IsNil():
			byName[name] = field.Elem().Interface()
		}
	}
	row := []any{}
	for _, d := range definitions() {
		row = append(row, byName[d.Figure])
	}
	return row
}

// harmless is a text that no spreadsheet takes for a formula: one that begins like
// one gets an apostrophe in front, as OWASP's page on CSV injection advises.
func harmless(text string) string {
	if text != "" && strings.ContainsRune("=+-@\t\r\n", rune(text[0])) {
		return "'" + text
	}
	return text
}

// cellText is a cell of a CSV file.
func cellText(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return harmless(v)
	case float64:
		return strconv.FormatFloat(v, 'f', 3, 64)
	}
	return fmt.Sprint(v)
}

func attach(w http.ResponseWriter, kind, name string) {
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Disposition", `attachment; filename="`+name+`"`)
	w.Header().Set("Cache-Control", "no-store")
}

func reportName(from, to time.Time, ending string) string {
	return "emma-" + from.Format(time.DateOnly) + "-" + to.Format(time.DateOnly) + ending
}

// reportCSV is GET /api/report.csv: times in seconds, shares from 0 to 1.
func (s *Server) reportCSV(w http.ResponseWriter, r *http.Request) error {
	report, from, to, err := s.readReport(r.Context(), r)
	if err != nil {
		return err
	}
	attach(w, "text/csv; charset=utf-8", reportName(from, to, ".csv"))
	_, _ = w.Write([]byte("\ufeff")) // spreadsheets tell UTF-8 by it
	out := csv.NewWriter(w)
	for _, row := range table(report) {
		line := make([]string, len(row))
		for i, v := range row {
			line[i] = cellText(v)
		}
		_ = out.Write(line) // the client may be gone
	}
	out.Flush()
	return nil
}

// reportXLSX is GET /api/report.xlsx: the same figures, and what they mean.
func (s *Server) reportXLSX(w http.ResponseWriter, r *http.Request) error {
	report, from, to, err := s.readReport(r.Context(), r)
	if err != nil {
		return err
	}
	file := excelize.NewFile()
	defer file.Close()
	meanings := [][]any{{"Figure", "Meaning"}}
	for _, d := range definitions() {
		meanings = append(meanings, []any{d.Name, d.Means})
	}
	if err := fillSheet(file, "Figures", table(report)); err != nil {
		return err
	}
	if err := fillSheet(file, "What they mean", meanings); err != nil {
		return err
	}
	if err := file.DeleteSheet("Sheet1"); err != nil {
		return fmt.Errorf("writing a report: %w", err)
	}
	attach(w, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", reportName(from, to, ".xlsx"))
	_, _ = file.WriteTo(w) // the client may be gone
	return nil
}

// fillSheet writes rows. Texts are stored as texts, which no program calculates.
func fillSheet(file *excelize.File, name string, rows [][]any) error {
	if _, err := file.NewSheet(name); err != nil {
		return fmt.Errorf("writing a report: %w", err)
	}
	for y, row := range rows {
		for x, v := range row {
			cell, err := excelize.CoordinatesToCellName(x+1, y+1)
			if err != nil {
				return fmt.Errorf("writing a report: %w", err)
			}
			if text, ok := v.(string); ok {
				v = harmless(text)
			}
			if err := file.SetCellValue(name, cell, v); err != nil {
				return fmt.Errorf("writing a report: %w", err)
			}
		}
	}
	return nil
}
