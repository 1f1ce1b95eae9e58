package web

import (
	"context"
	"net"
	"net/http"
	"net/netip"
	"time"

	"emma/bot"
	"emma/handoff"
)

// caseLimit bounds the cases of one answer.
const caseLimit = 500

// leaveCase handles the frames with which a visitor leaves something to be done.
func (v *visitor) leaveCase(ctx context.Context, f frame) (handoff.Receipt, error) {
	if !v.spends() {
		return handoff.Receipt{}, errRate
	}
	cases := v.server.cases
	var change handoff.CaseChange
	var err error
	switch f := f.(type) {
	case *messageLeftFrame:
		change, err = cases.LeaveMessage(ctx, v.conversation, f.ID, handoff.LeftMessage{
			Text: f.Text, Contact: handoff.Contact{Name: f.Name, Email: f.Email, Phone: f.Phone}, Consent: f.Consent,
		})
	case *callBackFrame:
		change, err = cases.AskCallBack(ctx, v.conversation, f.ID, handoff.CallBack{
			Text: f.Text, Contact: handoff.Contact{Name: f.Name, Email: f.Email, Phone: f.Phone}, Consent: f.Consent,
			From: time.UnixMilli(f.From), Until: time.UnixMilli(f.Until),
		})
	}
	return handoff.Receipt{Seq: change.Seq, Duplicate: change.Duplicate}, err
}

// leftPerAddress is how many cases, or mails of a transcript, one address may ask for
// within failureWindow, over all its conversations.
const leftPerAddress = 20

// spends counts what a visitor asks of the staff or of the mail server, and reports
// whether the address has any left.
func (v *visitor) spends() bool {
	if v.limiter == nil { // no flood limits
		return true
	}
	key := "left/" + guesser(v.address)
	if v.server.doors.shut(key, leftPerAddress) {
		return false
	}
	v.server.doors.fail(key)
	return true
}

// status shows a visitor how far a case is.
func (v *visitor) status(ctx context.Context, f *statusOfFrame) error {
	if !v.allowed() {
		return errRate
	}
	k, err := v.server.cases.Status(ctx, f.Reference, f.Proof, "conversation/"+v.conversation, guesser(v.address))
	if err != nil {
		return err
	}
	c, err := v.server.desk.Conversation(ctx, v.conversation)
	if err != nil {
		return err
	}
	out := v.server.statusOf(k, c.Language())
	out.ID = f.ID
	v.socket.reply(encode(out))
	return nil
}

func (s *Server) statusOf(k handoff.Case, language string) caseFrame {
	return caseFrame{Type: "case", caseMarkOut: caseMarkOut{Reference: k.Reference, Kind: k.Kind, State: k.State, Due: k.DueAt.UnixMilli()},
		Text: s.cases.StatusText(k, language), Changed: k.ChangedAt.UnixMilli()}
}

// guesser names an address for the limit on wrong tries; of IPv6 the network of a
// household counts, which has more addresses than anybody can try.
func guesser(address string) string {
	if a, err := netip.ParseAddr(address); err == nil && a.Is6() {
		if p, err := a.Prefix(64); err == nil {
			return "address/" + p.String()
		}
	}
	if host, _, err := net.SplitHostPort(address); err == nil {
		address = host
	}
	return "address/" + address
}

// caseStatus is POST /api/cases/status.
func (s *Server) caseStatus(w http.ResponseWriter, r *http.Request) error {
	var in struct{ Reference, Proof, Language string }
	if err := readJSON(w, r, &in); err != nil {
		return err
	}
	k, err := s.cases.Status(r.Context(), in.Reference, in.Proof, guesser(s.clientAddress(r)))
	if err != nil {
		return err
	}
	language := in.Language
	if language == "" {
		language = k.Language
	}
	return writeJSON(w, map[string]any{"case": s.statusOf(k, language)})
}

// callBackWindows is GET /api/call-back.
func (s *Server) callBackWindows(w http.ResponseWriter, r *http.Request) error {
	s.share(w, r)
	windows := []map[string]any{}
	for _, window := range s.cases.Windows(r.FormValue("team"), visitorLanguage(r), 12) {
		windows = append(windows, map[string]any{"from": window.From.UnixMilli(), "until": window.Until.UnixMilli(), "text": window.Text})
	}
	return writeJSON(w, map[string]any{"windows": windows})
}

// listCases is GET /api/cases.
func (s *Server) listCases(w http.ResponseWriter, r *http.Request) error {
	staff, _, err := s.signedIn(r)
	if err != nil {
		return err
	}
	q := r.URL.Query()
	f := handoff.CaseFilter{Kind: handoff.CaseKind(q.Get("kind")), Team: q.Get("team"), Assignee: q.Get("assignee"), Done: q.Get("done") == "true", Conversation: q.Get("conversation"), Limit: caseLimit}
	list, err := s.cases.List(r.Context(), staff, f)
	if err != nil {
		return err
	}
	pending, late, err := s.cases.Count(r.Context())
	if err != nil {
		return err
	}
	out := make([]caseOut, len(list))
	for i, k := range list {
		out[i] = outCase(k, s.now())
	}
	requests := []map[string]any{}
	for _, t := range s.cases.Types() {
		requests = append(requests, map[string]any{"id": t.ID, "label": t.Label})
	}
	return writeJSON(w, map[string]any{"cases": out, "pending": pending, "late": late, "requests": requests})
}

// readCase is GET /api/cases/{reference}.
func (s *Server) readCase(w http.ResponseWriter, r *http.Request) error {
	staff, _, err := s.signedIn(r)
	if err != nil {
		return err
	}
	k, entries, err := s.cases.Read(r.Context(), staff, r.PathValue("reference"))
	if err != nil {
		return err
	}
	history := make([]caseEntryOut, len(entries))
	for i, e := range entries {
		history[i] = caseEntryOut{At: e.At.UnixMilli(), Name: e.Name, State: e.State, Text: e.Text, ForStaff: e.ForStaff}
	}
	mails, err := s.cases.Mails(r.Context(), k)
	if err != nil {
		return err
	}
	posted := make([]mailOut, len(mails))
	for i, l := range mails {
		posted[i] = mailOut{At: l.CreatedAt.UnixMilli(), Subject: l.Subject, State: l.State}
	}
	began, err := s.desk.EventsAfter(r.Context(), k.Conversation, k.Seq-1, 1)
	if err != nil {
		return err
	}
	marks := []bot.Sealed{}
	for _, e := range began {
		marks = append(marks, e.Sealed...)
	}
	return writeJSON(w, map[string]any{"case": outCase(k, s.now()), "history": history, "mails": posted, "marks": marks})
}

// openRequest is POST /api/cases.
func (s *Server) openRequest(w http.ResponseWriter, r *http.Request) error {
	var in struct {
		ID, Conversation, Request, Text, Receipt, Name, Email, Phone, Team string
		Tier                                                               int
	}
	return s.changeCase(w, r, &in, func(staff handoff.Staff) (handoff.CaseChange, error) {
		if err := checkIDs(in.ID, in.Conversation); err != nil {
			return handoff.CaseChange{}, err
		}
		return s.cases.OpenRequest(r.Context(), staff, in.Conversation, in.ID, handoff.Request{
			Type: in.Request, Text: in.Text, Receipt: in.Receipt, Contact: handoff.Contact{Name: in.Name, Email: in.Email, Phone: in.Phone},
			Team: in.Team, Tier: in.Tier,
		})
	})
}

// answerCase is POST /api/cases/{reference}/answer.
func (s *Server) answerCase(w http.ResponseWriter, r *http.Request) error {
	var in struct{ ID, Text string }
	return s.changeCase(w, r, &in, func(staff handoff.Staff) (handoff.CaseChange, error) {
		if err := checkIDs(in.ID); err != nil {
			return handoff.CaseChange{}, err
		}
		return s.cases.Answer(r.Context(), staff, r.PathValue("reference"), in.ID, in.Text)
	})
}

// updateCase is POST /api/cases/{reference}.
func (s *Server) updateCase(w http.ResponseWriter, r *http.Request) error {
	var in struct {
		ID, State, Assignee, Office, Text, Note string
		Due                                     int64
	}
	return s.changeCase(w, r, &in, func(staff handoff.Staff) (handoff.CaseChange, error) {
		err := checkIDs(in.ID)
		if err == nil {
			err = oneOf("state", in.State, "", "open", "working", "office", "answered", "closed")
		}
		if err != nil {
			return handoff.CaseChange{}, err
		}
		u := handoff.CaseUpdate{State: handoff.CaseState(in.State), Assignee: in.Assignee, Office: in.Office, Text: in.Text, Note: in.Note}
		if in.Due != 0 {
			u.Due = time.UnixMilli(in.Due)
		}
		return s.cases.Update(r.Context(), staff, r.PathValue("reference"), in.ID, u)
	})
}

// changeCase reads a command of the staff, applies it and answers with the case.
func (s *Server) changeCase(w http.ResponseWriter, r *http.Request, in any, apply func(handoff.Staff) (handoff.CaseChange, error)) error {
	staff, _, err := s.signedIn(r)
	if err != nil {
		return err
	}
	if err := readJSON(w, r, in); err != nil {
		return err
	}
	change, err := apply(staff)
	if err != nil {
		return err
	}
	return writeJSON(w, map[string]any{"case": outCase(change.Case, s.now()), "seq": change.Seq, "duplicate": change.Duplicate})
}

// revealReceipt is POST /api/cases/{reference}/reveal.
func (s *Server) revealReceipt(w http.ResponseWriter, r *http.Request) error {
	staff, _, err := s.signedIn(r)
	if err != nil {
		return err
	}
	var in struct {
		ID     string
		Number int
	}
	if err := readJSON(w, r, &in); err != nil {
		return err
	}
	if in.ID != "" {
		if err := checkIDs(in.ID); err != nil {
			return err
		}
	}
	found, err := s.cases.Reveal(r.Context(), staff, r.PathValue("reference"), in.ID, in.Number)
	if err != nil {
		return err
	}
	out := map[string]any{"number": in.Number, "kind": found.Kind, "value": found.Value}
	if in.Number == 0 {
		out["receipt"] = found.Value
	}
	return writeJSON(w, out)
}
