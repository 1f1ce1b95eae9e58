package knowledge

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// cache is the folder of the index and of the fitted weights. Everything in it may be
// lost at any time: it is read only when its checksums are right.
//
//	manifest      which generation is the present one, what it was built from, and
//	              the checksum of each of its files
//	g1, g2, …     the generations of the index
//	fitted-en …   classifier and verdicts of a language
type cache struct {
	dir        string
	generation int
	report     func(error) // is told what goes wrong later
}

// errDamaged says that a file of the cache is not what was written.
var errDamaged = errors.New("damaged")

// manifest describes the present generation.
type manifest struct {
	Generation int               `json:"generation"`
	Files      map[string]string `json:"files"`    // SHA-256 by path in the generation's folder
	Articles   map[string]string `json:"articles"` // fingerprints by key
}

func openCache(dir string, report func(error)) (*cache, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("making the folder of the search index: %w", err)
	}
	return &cache{dir: dir, report: report}, nil
}

// open opens the present generation. It fails with fs.ErrNotExist when there is none
// and with errDamaged when a file is not what was written.
func (c *cache) open() (*index, error) {
	content, err := readSealed(filepath.Join(c.dir, "manifest"))
	if err != nil {
		return nil, err
	}
	var m manifest
	if err := json.Unmarshal(content, &m); err != nil {
		return nil, fmt.Errorf("manifest: %w: %w", errDamaged, err)
	}
	c.generation = m.Generation
	for name, want := range m.Files {
		got, err := checksum(filepath.Join(c.folder(m.Generation), name))
		if err != nil {
			return nil, fmt.Errorf("%w: %w", errDamaged, err)
		}
		if got != want {
			return nil, fmt.Errorf("%s: %w", name, errDamaged)
		}
	}
	x, err := openIndex(c.folder(m.Generation), m.Articles, c.report)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errDamaged, err)
	}
	return x, nil
}

// build writes the next generation and makes it the present one. Until the manifest
// is replaced, which happens at once or not at all, the old one is.
func (c *cache) build(ctx context.Context, s *shelf) (*index, error) {
	next := c.generation + 1
	dir := c.folder(next)
	if err := os.RemoveAll(dir); err != nil {
		return nil, fmt.Errorf("clearing %s: %w", dir, err)
	}
	if err := buildIndex(ctx, s, dir, c.dir); err != nil {
		return nil, err
	}
	m := manifest{Generation: next, Files: map[string]string{}, Articles: s.fingerprints()}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		m.Files[name], err = checksum(path)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("reading the new search index: %w", err)
	}
	content, err := json.Marshal(m)
	if err != nil {
		return nil, err
	}
	if err := writeSealed(filepath.Join(c.dir, "manifest"), content); err != nil {
		return nil, err
	}
	c.generation = next
	return openIndex(dir, m.Articles, c.report)
}

// sweep deletes what is left of other generations and of interrupted builds.
func (c *cache) sweep() error {
	entries, err := os.ReadDir(c.dir)
	if err != nil {
		return fmt.Errorf("sweeping the folder of the search index: %w", err)
	}
	var errs []error
	for _, e := range entries {
		generation, isGeneration := strings.CutPrefix(e.Name(), "g")
		_, notNumber := strconv.Atoi(generation)
		old := isGeneration && notNumber == nil && generation != strconv.Itoa(c.generation)
		if old || strings.HasPrefix(e.Name(), "scorch-offline-build") || strings.HasSuffix(e.Name(), ".new") {
			errs = append(errs, os.RemoveAll(filepath.Join(c.dir, e.Name())))
		}
	}
	return errors.Join(errs...)
}

func (c *cache) folder(generation int) string {
	return filepath.Join(c.dir, "g"+strconv.Itoa(generation))
}

// writeSealed replaces a file, in one step, by its checksum and the content.
func writeSealed(path string, content []byte) error {
	sum := sha256.Sum256(content)
	sealed := append(append([]byte(hex.EncodeToString(sum[:])), '\n'), content...)
	f, err := os.Create(path + ".new")
	if err != nil {
		return fmt.Errorf("writing %s: %w", path, err)
	}
	_, err = f.Write(sealed)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("writing %s: %w", path, err)
	}
	if err := os.Rename(path+".new", path); err != nil {
		return fmt.Errorf("writing %s: %w", path, err)
	}
	return nil
}

// readSealed returns the content of a file that writeSealed wrote.
func readSealed(path string) ([]byte, error) {
	sealed, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", path, err)
	}
	sum, content, ok := bytes.Cut(sealed, []byte("\n"))
	want := sha256.Sum256(content)
	if !ok || string(sum) != hex.EncodeToString(want[:]) {
		return nil, fmt.Errorf("%s: %w", path, errDamaged)
	}
	return content, nil
}

func checksum(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer func() { _ = f.Close() }() // it was only read
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}
