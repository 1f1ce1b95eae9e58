package knowledge

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strconv"
	"time"

	"github.com/xuri/excelize/v2"
)

const (
	sheetName = "articles"
	// maxUnzipped bounds what a workbook may grow to in memory, in bytes.
	maxUnzipped = 256 << 20
)

func (b *Batch) readXLSX(file string, content []byte, language string) {
	place := Place{file, 0}
	defer func() { // the library panics on some damaged workbooks
		if e := recover(); e != nil {
			b.flaw(place, "the workbook is damaged; open it in a spreadsheet program and save it as .xlsx again")
		}
	}()
	book, err := excelize.OpenReader(bytes.NewReader(content), excelize.Options{UnzipSizeLimit: maxUnzipped, UnzipXMLSizeLimit: maxUnzipped, RawCellValue: true})
	if err != nil {
		b.flaw(place, "this is not a workbook that can be read (%v); save it as .xlsx without a password", err)
		return
	}
	defer func() { _ = book.Close() }() // only temporary files
	sheets := book.GetSheetList()
	if len(sheets) == 0 {
		b.flaw(place, "the workbook has no sheet")
		return
	}
	sheet := sheets[0]
	if slices.Contains(sheets, sheetName) {
		sheet = sheetName
	}
	rows, err := book.Rows(sheet)
	if err != nil {
		b.flaw(place, "the sheet %s cannot be read: %v", sheet, err)
		return
	}
	defer func() { _ = rows.Close() }()
	t := table{batch: b, language: language}
	number := 0
	for rows.Next() {
		number++
		cells, err := rows.Columns()
		place := Place{file, number}
		if err != nil {
			b.flaw(place, "the row cannot be read: %v", err)
			return
		}
		if number > 1 {
			t.dates(cells)
			t.row(place, cells)
		} else if !t.open(place, cells) {
			return
		}
	}
	if err := rows.Error(); err != nil {
		b.flaw(place, "the sheet %s cannot be read: %v", sheet, err)
	} else if number == 0 {
		b.flaw(place, "the sheet %s is empty; its first row names the columns", sheet)
	}
}

// dates writes days as text again where a spreadsheet program keeps them as its own
// count of days.
func (t *table) dates(cells []string) {
	for i := range min(len(cells), len(t.header)) {
		if !slices.Contains(dayColumns(), t.header[i]) {
			continue
		}
		if count, err := strconv.ParseFloat(cells[i], 64); err == nil {
			if day, err := excelize.ExcelDateToTime(count, false); err == nil {
				cells[i] = day.Format(time.DateOnly)
			}
		}
	}
}

// WriteXLSX writes a workbook with one article a row, in the given order. All cells are
// text; those that begin like a formula are disarmed as in CSV, since a workbook is
// often saved as CSV later.
func WriteXLSX(w io.Writer, articles []Article) (err error) {
	book := excelize.NewFile()
	defer func() { _ = book.Close() }()
	fail := func(err error) error { return fmt.Errorf("writing a workbook: %w", err) }
	if err := book.SetSheetName("Sheet1", sheetName); err != nil {
		return fail(err)
	}
	head, err := book.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	if err != nil {
		return fail(err)
	}
	text, err := book.NewStyle(&excelize.Style{Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}, NumFmt: 49})
	if err != nil {
		return fail(err)
	}
	rows := tableOf(articles)
	stream, err := book.NewStreamWriter(sheetName)
	if err != nil {
		return fail(err)
	}
	if err := stream.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return fail(err)
	}
	for i, name := range rows[0] {
		width := 14.0
		if name == "question" || name == "alternates" || name == "answer" {
			width = 50
		}
		if err := stream.SetColWidth(i+1, i+1, width); err != nil {
			return fail(err)
		}
	}
	for i, row := range rows {
		style := text
		if i == 0 {
			style = head
		}
		cells := make([]any, len(row))
		for j, cell := range row {
			cells[j] = excelize.Cell{StyleID: style, Value: cell}
		}
		if err := stream.SetRow("A"+strconv.Itoa(i+1), cells, excelize.RowOpts{Height: 15}); err != nil {
			return fail(err)
		}
	}
	if err := stream.Flush(); err != nil {
		return fail(err)
	}
	if _, err := book.WriteTo(w); err != nil {
		return fail(err)
	}
	return nil
}
