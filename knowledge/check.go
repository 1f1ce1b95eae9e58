package knowledge

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
)

// CheckIndex compares the index in a folder with the published articles, without
// opening it: a running server may be using it. It returns a sentence for each thing
// that differs; none means that the index holds just these articles, whole. A folder
// without an index differs from nothing, since it is built when a server starts. It
// fails only when the source does.
func CheckIndex(ctx context.Context, c Config) ([]string, error) {
	articles, change, err := c.Source.Published(ctx, 0)
	if err != nil {
		return nil, fmt.Errorf("reading the published articles: %w", err)
	}
	shelf := newState(DefaultTarget).shelf
	if c.Policy != nil {
		p, err := c.Policy.Policy(ctx)
		if err != nil {
			return nil, fmt.Errorf("reading what editors have set: %w", err)
		}
		shelf.synonyms = p.Synonyms
	}
	next, _ := shelf.with(articles, change, filler(c.Settings), newPage())
	content, err := readSealed(filepath.Join(c.Dir, "manifest"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	var m manifest
	if err == nil {
		err = json.Unmarshal(content, &m)
	}
	if err != nil {
		return []string{"the list of what the index holds is damaged"}, nil
	}
	var found []string
	folder := (&cache{dir: c.Dir}).folder(m.Generation)
	for name, want := range m.Files {
		if got, err := checksum(filepath.Join(folder, name)); err != nil || got != want {
			found = append(found, fmt.Sprintf("the index file %s is damaged or missing", name))
		}
	}
	wanted := next.fingerprints()
	for key, print := range wanted {
		if got, there := m.Articles[key]; !there {
			found = append(found, fmt.Sprintf("article %s is not in the index", key))
		} else if got != print {
			found = append(found, fmt.Sprintf("the index holds another text of article %s", key))
		}
	}
	for key := range m.Articles {
		if _, published := wanted[key]; !published {
			found = append(found, fmt.Sprintf("the index holds article %s, which is not published", key))
		}
	}
	slices.SortFunc(found, strings.Compare)
	return found, nil
}
