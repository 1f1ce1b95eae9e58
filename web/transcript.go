package web

import (
	"context"
	"net/http"
	"strings"

	"emma/handoff"
)

// transcriptFrame asks for a copy of the conversation by e-mail.
type transcriptFrame struct{ Type, ID, Email string }

func (f *transcriptFrame) validate() error { return checkIDs(f.ID) }

// mailTranscript sends the visitor a copy.
func (v *visitor) mailTranscript(ctx context.Context, f *transcriptFrame) (handoff.Receipt, error) {
	if !v.spends() {
		return handoff.Receipt{}, errRate
	}
	c, err := v.server.desk.Conversation(ctx, v.conversation)
	if err != nil {
		return handoff.Receipt{}, err
	}
	t, err := v.server.desk.Transcript(ctx, c)
	if err != nil {
		return handoff.Receipt{}, err
	}
	return handoff.Receipt{Seq: c.LastSeq}, v.server.cases.MailTranscript(ctx, t, f.ID, f.Email)
}

// transcript is GET /api/transcript: the conversation of the visitor whose token stands
// in the Authorization header. It is never in the address, which ends up in logs.
func (s *Server) transcript(w http.ResponseWriter, r *http.Request) error {
	s.share(w, r)
	token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	if !ok || token == "" {
		return errSession
	}
	c, err := s.desk.Open(r.Context(), token)
	if err != nil {
		return err
	}
	t, err := s.desk.Transcript(r.Context(), c)
	if err != nil {
		return err
	}
	h := w.Header()
	kind, ending, body := "text/plain", "txt", t.Text()
	if r.FormValue("format") == "html" {
		kind, ending, body = "text/html", "html", t.HTML()
		h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox")
	}
	h.Set("Content-Type", kind+"; charset=utf-8")
	h.Set("Content-Disposition", `attachment; filename="chat-`+t.Began.UTC().Format("2006-01-02")+"."+ending+`"`)
	h.Set("Cache-Control", "no-store")
	_, _ = w.Write([]byte(body)) // the client may be gone
	return nil
}

// mayAskTranscript is OPTIONS /api/transcript: browsers ask it before a page of another
// site sends the header.
func (s *Server) mayAskTranscript(w http.ResponseWriter, r *http.Request) error {
	s.share(w, r)
	h := w.Header()
	h.Set("Access-Control-Allow-Headers", "Authorization")
	h.Set("Access-Control-Allow-Methods", "GET")
	h.Set("Access-Control-Max-Age", "600")
	w.WriteHeader(http.StatusNoContent)
	return nil
}
