package bot

import (
	"fmt"
	"io/fs"
	"strings"
)

// lists is what the text files of the phrases hold, before it is compiled. A file
// is made of lines:
//
//	# a remark
//	@name word word …   a named list of words
//	[name]              the lines that follow make the signal of that name fire
//	[name!]             the lines that follow hold it back
//
// Any other line is a pattern. The order of files and lines does not matter, but that
// a signal is written in one place.
type lists struct {
	classes map[string][]string
	signals map[string][]string
	unless  map[string][]string
}

// readLists reads all text files of a folder. The error names file and line.
func readLists(folder fs.FS) (lists, error) {
	l := lists{classes: map[string][]string{}, signals: map[string][]string{}, unless: map[string][]string{}}
	names, err := fs.Glob(folder, "*.txt")
	if err != nil {
		return l, fmt.Errorf("reading phrases: %w", err)
	}
	for _, name := range names {
		content, err := fs.ReadFile(folder, name)
		if err != nil {
			return l, fmt.Errorf("reading phrases: %w", err)
		}
		if err := l.add(string(content)); err != nil {
			return l, fmt.Errorf("phrases %s, %w", name, err)
		}
	}
	return l, nil
}

func (l *lists) add(content string) error {
	var into map[string][]string
	name := ""
	for i, line := range strings.Split(content, "\n") {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || strings.HasPrefix(line, "#"):
		case strings.HasPrefix(line, "@") && name == "":
			fields := strings.Fields(line[1:])
			if len(fields) < 2 || l.classes[fields[0]] != nil {
				return fmt.Errorf("line %d: a class needs a new name and words", i+1)
			}
			l.classes[fields[0]] = fields[1:]
		case strings.HasPrefix(line, "[") && strings.HasSuffix(line, "]"):
			name, into = strings.Trim(line, "[]"), l.signals
			if held, ok := strings.CutSuffix(name, "!"); ok {
				name, into = held, l.unless
			}
			if name == "" || into[name] != nil {
				return fmt.Errorf("line %d: %s has no name or stands there twice", i+1, line)
			}
		case name == "":
			return fmt.Errorf("line %d: %q stands under no [name]", i+1, line)
		default:
			into[name] = append(into[name], line)
		}
	}
	return nil
}
