package knowledge

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf16"
)

// Tables (CSV and XLSX) have one article a row under these columns. Alternates stand
// one a line in their cell; what one cell cannot hold goes on in alternates_2 and so
// on. Follow-ups are apart by spaces.
func columns() []string {
	return []string{"id", "language", "status", "topic", "question", "alternates", "answer", "source_title", "source_url",
		"follow_ups", "route", "review_by", "owner", "effective_from", "expires_on", "flag"}
}

// dayColumns hold days, which spreadsheets like to rewrite.
func dayColumns() []string { return []string{"review_by", "effective_from", "expires_on"} }

// maxCell is what one cell of a spreadsheet can hold, in UTF-16 units, less some air.
const maxCell = 32_000

// tableOf returns the rows of articles under their header, safe against formulas.
func tableOf(articles []Article) [][]string {
	header, rows := columns(), [][]string{nil}
	for _, a := range articles {
		a = a.Normal()
		status, cells := a.Status, chunks(a.Alternates)
		if status == StatusPublished {
			status = ""
		}
		row := []string{a.ID, a.Language, string(status), a.Topic, a.Question, cells[0], a.Answer, a.Source.Title, a.Source.URL,
			strings.Join(a.FollowUps, " "), a.Route, a.ReviewBy, a.Owner, a.EffectiveFrom, a.ExpiresOn, a.Flag}
		row = append(row, cells[1:]...)
		for i, cell := range row {
			row[i] = disarm(cell)
		}
		for len(header) < len(row) {
			header = append(header, fmt.Sprintf("alternates_%d", len(header)-len(columns())+2))
		}
		rows = append(rows, row)
	}
	rows[0] = header
	for i, row := range rows {
		rows[i] = append(row, make([]string, len(header)-len(row))...)
	}
	return rows
}

// chunks joins alternates to as many cells as are needed, at least one.
func chunks(alternates []string) []string {
	cells, size := []string{""}, 0
	for i, a := range alternates {
		n := len(utf16.Encode([]rune(a))) + 1
		last := len(cells) - 1
		switch {
		case i == 0:
			cells[last] = a
		case size+n > maxCell:
			cells, size = append(cells, a), 0
		default:
			cells[last] += "\n" + a
		}
		size += n
	}
	return cells
}

// disarm puts an apostrophe before a cell that a spreadsheet would take for a formula
// (OWASP, "CSV Injection"), and before one that would be mistaken for disarmed.
func disarm(cell string) string {
	if bare := strings.TrimPrefix(cell, "'"); formula(cell) || bare != cell && (formula(bare) || strings.HasPrefix(bare, "'")) {
		return "'" + cell
	}
	return cell
}

// rearm undoes disarm.
func rearm(cell string) string {
	if bare := strings.TrimPrefix(cell, "'"); formula(bare) || strings.HasPrefix(bare, "'") {
		return bare
	}
	return cell
}

func formula(cell string) bool {
	for _, start := range []string{"=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "＝", "＋", "－", "＠"} {
		if strings.HasPrefix(cell, start) {
			return true
		}
	}
	return false
}

// table reads rows under a header.
type table struct {
	batch    *Batch
	language string
	header   []string
}

// open takes the header over. It returns false, with a flaw, when rows cannot be read
// under it.
func (t *table) open(place Place, header []string) bool {
	known := columns()
	for _, name := range header {
		t.header = append(t.header, strings.ReplaceAll(strings.ToLower(strings.TrimSpace(rearm(name))), " ", "_"))
	}
	for len(t.header) > 0 && t.header[len(t.header)-1] == "" {
		t.header = t.header[:len(t.header)-1]
	}
	for i, name := range t.header {
		switch {
		case name == "":
			t.batch.flaw(place, "column %d has no name in the first row; give it one or delete the column", i+1)
			return false
		case !slices.Contains(known, name) && !strings.HasPrefix(name, "alternates_"):
			t.batch.flaw(place, "the column %q is not known; delete it or give it one of these names: %s", name, strings.Join(known, ", "))
			return false
		case slices.Contains(t.header[:i], name):
			t.batch.flaw(place, "there are two columns %q", name)
			return false
		}
	}
	for _, name := range []string{"id", "question", "answer"} {
		if !slices.Contains(t.header, name) {
			t.batch.flaw(place, "there is no column %q; the first row must name the columns: %s", name, strings.Join(known, ", "))
			return false
		}
	}
	return true
}

// row reads one row; an empty one is passed over.
func (t *table) row(place Place, cells []string) {
	if !slices.ContainsFunc(cells, func(cell string) bool { return strings.TrimSpace(cell) != "" }) {
		return
	}
	a := Article{Language: t.language}
	for i, cell := range cells {
		cell = strings.TrimSpace(cell)
		if i >= len(t.header) {
			if cell != "" {
				t.batch.flaw(place, "the row has more cells (%d) than the first row has columns (%d); a comma in a text needs \"quotes\" around the text", len(cells), len(t.header))
				return
			}
			continue
		}
		t.set(&a, t.header[i], rearm(cell))
	}
	t.batch.add(place, a)
}

func (t *table) set(a *Article, column, cell string) {
	switch column {
	case "id":
		a.ID = cell
	case "language":
		if cell != "" {
			a.Language = strings.ToLower(cell)
		}
	case "status":
		a.Status = Status(strings.ReplaceAll(strings.ToLower(cell), " ", "_"))
	case "topic":
		a.Topic = cell
	case "question":
		a.Question = cell
	case "answer":
		a.Answer = cell
	case "source_title":
		a.Source.Title = cell
	case "source_url":
		a.Source.URL = cell
	case "follow_ups":
		a.FollowUps = strings.FieldsFunc(cell, func(r rune) bool { return strings.ContainsRune(" ,;\t\r\n\u00a0", r) })
	case "route":
		a.Route = strings.ToLower(cell)
	case "review_by":
		a.ReviewBy = cell
	case "owner":
		a.Owner = cell
	case "effective_from":
		a.EffectiveFrom = cell
	case "expires_on":
		a.ExpiresOn = cell
	case "flag":
		a.Flag = cell
	default: // alternates and what follows them
		a.Alternates = append(a.Alternates, strings.FieldsFunc(cell, func(r rune) bool { return r == '\n' || r == '\r' })...)
	}
}
