package knowledge

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding/unicode"
)

// byteOrderMark begins our CSV files, since spreadsheet programs take a file without
// it for one in the machine's old character set and break every accent.
const byteOrderMark = "\xef\xbb\xbf"

func (b *Batch) readCSV(file string, content []byte, language string) {
	content, ok := b.text(file, content)
	if !ok {
		return
	}
	r := csv.NewReader(bytes.NewReader(content))
	r.Comma, r.FieldsPerRecord = separator(content), -1
	t := table{batch: b, language: language}
	for first := true; ; first = false {
		cells, err := r.Read()
		var wrong *csv.ParseError
		switch {
		case errors.Is(err, io.EOF):
			if first {
				b.flaw(Place{file, 0}, "the file is empty; its first row names the columns")
			}
			return
		case errors.As(err, &wrong):
			b.flaw(Place{file, wrong.StartLine}, "the quotation marks of this row do not match; a \" inside a text is written \"\"")
			return
		case err != nil:
			b.flaw(Place{file, 0}, "the file cannot be read: %v", err)
			return
		}
		line, _ := r.FieldPos(0)
		place := Place{file, line}
		if !first {
			t.row(place, cells)
		} else if !t.open(place, cells) {
			return
		}
	}
}

// text returns the content as UTF-8 without a byte order mark. Spreadsheet programs
// also save "Unicode text", which is UTF-16.
func (b *Batch) text(file string, content []byte) ([]byte, bool) {
	if bytes.HasPrefix(content, []byte("\xff\xfe")) || bytes.HasPrefix(content, []byte("\xfe\xff")) {
		decoded, err := unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder().Bytes(content)
		if err != nil {
			b.flaw(Place{file, 0}, "the file looks like UTF-16 and is damaged; save it as \"CSV UTF-8\"")
			return nil, false
		}
		content = decoded
	}
	content = bytes.TrimPrefix(content, []byte(byteOrderMark))
	if !utf8.Valid(content) {
		line := 1
		for len(content) > 0 {
			r, size := utf8.DecodeRune(content)
			if r == utf8.RuneError && size == 1 {
				break
			}
			if r == '\n' {
				line++
			}
			content = content[size:]
		}
		b.flaw(Place{file, line}, "the file is not UTF-8, so accents would be lost; save it as \"CSV UTF-8\"")
		return nil, false
	}
	return content, true
}

// separator is what stands between the cells of the first line: programs set to
// Spanish or German write semicolons.
func separator(content []byte) rune {
	line, _, _ := bytes.Cut(content, []byte("\n"))
	best, most := ',', bytes.Count(line, []byte(","))
	for _, other := range []rune{';', '\t'} {
		if n := bytes.Count(line, []byte(string(other))); n > most {
			best, most = other, n
		}
	}
	return best
}

// WriteCSV writes one article a row, in the given order, for spreadsheet programs:
// with a byte order mark, and with cells that begin like a formula disarmed.
func WriteCSV(w io.Writer, articles []Article) error {
	if _, err := io.WriteString(w, byteOrderMark); err != nil {
		return fmt.Errorf("writing CSV: %w", err)
	}
	writer := csv.NewWriter(w)
	if err := writer.WriteAll(tableOf(articles)); err != nil {
		return fmt.Errorf("writing CSV: %w", err)
	}
	return nil
}
