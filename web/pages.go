package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"html/template"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"
	"sync"
)

//go:embed dist
var dist embed.FS

// pages are the built files.
type pages struct {
	files map[string]page
	chat  *template.Template // of the page without scripts
}

type page struct {
	kind   string // content type
	tag    string // entity tag
	plain  []byte
	zipped func() []byte // compressed when it is first asked for
}

func readPages(theme Theme, words Words) (*pages, error) {
	p := &pages{files: map[string]page{}}
	err := fs.WalkDir(dist, "dist", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := dist.ReadFile(name)
		if err != nil {
			return err
		}
		if path.Base(name) == "widget.js" {
			if content, err = words.dress(theme.dress(content)); err != nil {
				return err
			}
		}
		sum := sha256.Sum256(content)
		p.files[path.Base(name)] = page{
			kind: mime.TypeByExtension(path.Ext(name)), tag: `"` + hex.EncodeToString(sum[:12]) + `"`,
			plain: content, zipped: sync.OnceValue(func() []byte { return zip(content) }),
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("reading the pages: %w", err)
	}
	p.chat, err = template.New("chat").Parse(string(p.files["chat.html"].plain))
	if err != nil {
		return nil, fmt.Errorf("reading the chat page: %w", err)
	}
	delete(p.files, "chat.html") // it is no page by itself
	return p, nil
}

func zip(content []byte) []byte {
	var zipped bytes.Buffer
	// The level is one, and a buffer takes everything: nothing fails.
	z, _ := gzip.NewWriterLevel(&zipped, gzip.BestCompression)
	_, _ = z.Write(content)
	_ = z.Close()
	return zipped.Bytes()
}

// contentPolicy lets a page load what comes from here and nothing else.
const contentPolicy = "default-src 'self'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; " +
	"object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'"

// secured sets the headers that every answer has.
func secured(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", contentPolicy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		next.ServeHTTP(w, r)
	})
}

func (s *Server) page(name string) handler {
	return func(w http.ResponseWriter, r *http.Request) error { return s.send(w, r, name) }
}

func (s *Server) file(w http.ResponseWriter, r *http.Request) error {
	return s.send(w, r, r.PathValue("file"))
}

// send answers with a built file. Names are stable, so browsers ask each time and
// get a short "not modified".
func (s *Server) send(w http.ResponseWriter, r *http.Request, name string) error {
	p, ok := s.pages.files[name]
	if !ok {
		s.writeError(w, outcome{"not_found", http.StatusNotFound, "There is no such page."}, nil)
		return nil
	}
	h := w.Header()
	h.Set("Content-Type", p.kind)
	h.Set("Cache-Control", "no-cache")
	h.Set("ETag", p.tag)
	h.Set("Vary", "Accept-Encoding")
	if name == "widget.js" {
		h.Set("Cross-Origin-Resource-Policy", "cross-origin") // other sites embed it
	}
	if r.Header.Get("If-None-Match") == p.tag {
		w.WriteHeader(http.StatusNotModified)
		return nil
	}
	body := p.plain
	if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		h.Set("Content-Encoding", "gzip")
		body = p.zipped()
	}
	_, _ = w.Write(body) // the client may be gone
	return nil
}
