package knowledge

import (
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"
)

// maxMarkdown bounds one Markdown file, in bytes; the longest article is far smaller.
const maxMarkdown = 4 << 20

// ReadFolder adds the Markdown files of a folder, <language>/<id>.md. Whatever else a
// repository keeps beside them is left alone, except Markdown at another place: it
// would be an article that is silently lost.
func (b *Batch) ReadFolder(folder fs.FS, name string) {
	found := false
	err := fs.WalkDir(folder, ".", func(file string, d fs.DirEntry, err error) error {
		base := strings.ToLower(path.Base(file))
		switch {
		case err != nil:
			return err
		case d.IsDir() && file != "." && strings.HasPrefix(base, "."):
			return fs.SkipDir
		case d.IsDir() || !strings.HasSuffix(base, ".md") || base == "readme.md":
			return nil
		}
		found = true
		b.readMarkdown(folder, file)
		return nil
	})
	if err != nil {
		b.flaw(Place{name, 0}, "the folder cannot be read: %v", err)
	} else if !found {
		b.flaw(Place{name, 0}, "there is no Markdown file in the folder; articles are files like en/gc-renew.md")
	}
}

func (b *Batch) readMarkdown(folder fs.FS, file string) {
	place := Place{file, 0}
	language := path.Dir(file)
	if language != English && language != Spanish {
		b.flaw(place, "this file is in none of the folders en and es; articles are files like en/gc-renew.md")
		return
	}
	content, err := readUpTo(folder, file, maxMarkdown)
	if err != nil {
		b.flaw(place, "the file cannot be read: %v", err)
		return
	}
	a, err := ReadMarkdown(strings.TrimSuffix(path.Base(file), path.Ext(file)), language, content)
	if err != nil {
		b.flaw(place, "%s", reason(err))
		return
	}
	b.add(place, a)
}

func readUpTo(folder fs.FS, file string, most int64) ([]byte, error) {
	f, err := folder.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	content, err := io.ReadAll(io.LimitReader(f, most+1))
	if err == nil && int64(len(content)) > most {
		err = fmt.Errorf("it is larger than %d MB", most>>20)
	}
	return content, err
}

// MarkdownFile is the path of an article in a folder, with slashes.
func MarkdownFile(a Article) string { return a.Language + "/" + a.ID + ".md" }
