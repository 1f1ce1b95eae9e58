package knowledge

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"sync"

	"github.com/google/uuid"
)

// mostUploads is how many uploads are kept, the latest ones: each holds its articles
// in memory until it is imported.
const mostUploads = 4

// Upload is a file that was read to be imported, and how far its import is.
type Upload struct {
	ID      string `json:"id"`
	State   string `json:"state"` // read, running, done, failed
	Done    int    `json:"done"`  // articles written so far
	Total   int    `json:"total"`
	Changed int    `json:"changed"` // when it is done
	Problem string `json:"problem"` // when it failed; nothing was imported
}

// upload is one on this node. It is forgotten with the process.
type upload struct {
	mu     sync.Mutex
	Upload Upload
	batch  Batch
	check  string // the last check of it, or empty
}

// uploads are those of a workshop.
type uploads struct {
	mu    sync.Mutex
	byID  map[string]*upload
	order []string
}

func (u *upload) snapshot() Upload {
	u.mu.Lock()
	defer u.mu.Unlock()
	return u.Upload
}

func (u *upload) set(change func(*Upload)) {
	u.mu.Lock()
	defer u.mu.Unlock()
	change(&u.Upload)
}

// Read reads a file, or a ZIP of a folder of Markdown, and says what importing it
// would do. Nothing is imported yet.
func (w *Workshop) Read(ctx context.Context, name string, content []byte, language string) (Upload, Plan, error) {
	var batch Batch
	if strings.EqualFold(filepath.Ext(name), ".zip") {
		archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
		if err != nil {
			batch.flaw(Place{filepath.Base(name), 0}, "it is not a ZIP file: %v", err)
		} else {
			batch.ReadFolder(archive, filepath.Base(name))
		}
	} else {
		batch.ReadFile(name, content, language)
	}
	plan, err := batch.PlanFor(ctx, w.articles)
	if err != nil {
		return Upload{}, Plan{}, err
	}
	id, err := uuid.NewRandom()
	if err != nil {
		return Upload{}, Plan{}, fmt.Errorf("reading a file: %w", err)
	}
	u := &upload{Upload: Upload{ID: id.String(), State: "read", Total: len(plan.Articles())}, batch: batch}
	k := &w.uploads
	k.mu.Lock()
	defer k.mu.Unlock()
	k.byID[u.Upload.ID] = u
	k.order = append(k.order, u.Upload.ID)
	if len(k.order) > mostUploads {
		delete(k.byID, k.order[0])
		k.order = k.order[1:]
	}
	return u.snapshot(), plan, nil
}

// Upload returns how far an upload is, or ErrNotFound.
func (w *Workshop) Upload(id string) (Upload, error) {
	u, err := w.uploads.find(id)
	if err != nil {
		return Upload{}, err
	}
	return u.snapshot(), nil
}

func (k *uploads) find(id string) (*upload, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	u := k.byID[id]
	if u == nil {
		return nil, fmt.Errorf("upload %.40q: %w", id, ErrNotFound)
	}
	return u, nil
}

// Export returns all articles as visitors get them, drafts where there is nothing
// published, and how many newer drafts are left out.
func (w *Workshop) Export(ctx context.Context) (articles []Article, hidden int, err error) {
	return ExportFrom(ctx, w.articles)
}

// WriteZIP writes articles as a ZIP of a folder of Markdown.
func WriteZIP(w io.Writer, articles []Article) error {
	archive := zip.NewWriter(w)
	for _, a := range articles {
		content, err := WriteMarkdown(a)
		if err != nil {
			return err
		}
		f, err := archive.Create(MarkdownFile(a))
		if err == nil {
			_, err = f.Write(content)
		}
		if err != nil {
			return fmt.Errorf("writing %s: %w", a.Key(), err)
		}
	}
	if err := archive.Close(); err != nil {
		return fmt.Errorf("writing the ZIP file: %w", err)
	}
	return nil
}
