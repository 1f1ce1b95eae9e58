package web

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"emma/knowledge"
)

const (
	// importLimit bounds an uploaded file, in bytes.
	importLimit = 64 << 20
	// importWithin is how long an upload over a slow line may take.
	importWithin = 5 * time.Minute
	// importShown bounds what of a plan is shown of each kind.
	importShown = 100
)

// planLine is one article of a plan.
type planLine struct {
	ID       string `json:"id"`
	Language string `json:"language"`
	Question string `json:"question"`
}

func planLines(articles []knowledge.Article) []planLine {
	lines := []planLine{}
	for _, a := range articles[:min(importShown, len(articles))] {
		lines = append(lines, planLine{a.ID, a.Language, a.Question})
	}
	return lines
}

// readImport is POST /api/import?name=base.csv&language=en with the file as its body:
// the dry run.
func (s *Server) readImport(w http.ResponseWriter, r *http.Request) error {
	control := http.NewResponseController(w)
	if err := control.SetReadDeadline(time.Now().Add(importWithin)); err != nil && !errors.Is(err, http.ErrNotSupported) {
		return fmt.Errorf("reading a file: %w", err)
	}
	content, err := io.ReadAll(http.MaxBytesReader(w, r.Body, importLimit))
	if err != nil {
		var large *http.MaxBytesError
		if errors.As(err, &large) {
			return fmt.Errorf("%w: the file is larger than %d MB. Split it, or use emma kb import", errBody, importLimit>>20)
		}
		return fmt.Errorf("%w: the file did not arrive whole", errBody)
	}
	language := r.URL.Query().Get("language")
	if language != knowledge.Spanish {
		language = knowledge.English
	}
	upload, plan, err := s.workshop.Read(r.Context(), r.URL.Query().Get("name"), content, language)
	if err != nil {
		return err
	}
	publishes := 0
	for _, a := range plan.Articles() {
		if a.Status == knowledge.StatusPublished {
			publishes++
		}
	}
	flaws := []string{}
	for _, f := range plan.Flaws[:min(importShown, len(plan.Flaws))] {
		flaws = append(flaws, f.Error())
	}
	return writeJSON(w, map[string]any{
		"upload": upload, "flaws": flaws, "hints": append([]string{}, plan.Hints[:min(importShown, len(plan.Hints))]...),
		"added": planLines(plan.Added), "changed": planLines(plan.Changed),
		"counts": map[string]int{"added": len(plan.Added), "changed": len(plan.Changed), "unchanged": len(plan.Unchanged), "publishes": publishes, "flaws": len(plan.Flaws), "hints": len(plan.Hints)},
	})
}

// importState is GET /api/import/{upload}.
func (s *Server) importState(w http.ResponseWriter, r *http.Request) error {
	upload, err := s.workshop.Upload(r.PathValue("upload"))
	if err != nil {
		return err
	}
	return writeJSON(w, upload)
}

// checkImport is POST /api/import/{upload}/check: the publish gate for the whole file.
func (s *Server) checkImport(w http.ResponseWriter, r *http.Request) error {
	check, err := s.workshop.CheckUpload(r.Context(), r.PathValue("upload"))
	if err != nil {
		return err
	}
	return writeJSON(w, check)
}

// runImport is POST /api/import/{upload}: imports what was read, all or nothing.
func (s *Server) runImport(w http.ResponseWriter, r *http.Request) error {
	staff, _, err := s.signedIn(r)
	if err != nil {
		return err
	}
	var in struct {
		Review bool
		Reason string
	}
	if err := readJSON(w, r, &in); err != nil {
		return err
	}
	upload, err := s.workshop.Import(r.Context(), r.PathValue("upload"), in.Review, in.Reason, staff.Name)
	if err != nil {
		return err
	}
	return writeJSON(w, upload)
}

// export is GET /api/export?format=csv: all articles as a file.
func (s *Server) export(w http.ResponseWriter, r *http.Request) error {
	formats := map[string]struct {
		kind  string
		write func(io.Writer, []knowledge.Article) error
	}{
		"jsonl": {"application/jsonl", knowledge.WriteJSONLines},
		"csv":   {"text/csv; charset=utf-8", knowledge.WriteCSV},
		"xlsx":  {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", knowledge.WriteXLSX},
		"zip":   {"application/zip", knowledge.WriteZIP},
	}
	name := r.URL.Query().Get("format")
	format, ok := formats[name]
	if !ok {
		return fmt.Errorf("%w: the format is one of jsonl, csv, xlsx, zip", errBody)
	}
	articles, _, err := s.workshop.Export(r.Context())
	if err != nil {
		return err
	}
	var out bytes.Buffer // whole or not at all
	if err := format.write(&out, articles); err != nil {
		return fmt.Errorf("exporting: %w", err)
	}
	w.Header().Set("Content-Type", format.kind)
	w.Header().Set("Content-Disposition", `attachment; filename="emma-`+s.now().Format(time.DateOnly)+"."+name+`"`)
	w.Header().Set("Cache-Control", "no-store")
	_, _ = out.WriteTo(w) // the client may be gone
	return nil
}
