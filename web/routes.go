package web

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"

	"go.uber.org/zap"

	"emma/handoff"
)

// bodyLimit bounds what a request may send, in bytes.
const bodyLimit = 1 << 20

// audience is who may use a route.
type audience int

const (
	anyone audience = iota
	anyStaff
	deskStaff
	editors
	admins
	supervisors
)

// admits reports whether a member of the staff belongs to the audience.
func (a audience) admits(staff handoff.Staff) bool {
	switch a {
	case deskStaff:
		return staff.UsesDesk()
	case editors:
		return staff.EditsKnowledge()
	case admins:
		return staff.Role == handoff.RoleAdmin && !staff.Disabled
	case supervisors:
		return staff.Supervises()
	}
	return true
}

// handler answers a request or returns the error that explain turns into an answer.
type handler func(w http.ResponseWriter, r *http.Request) error

// route is one entry of the whole surface of the server.
type route struct {
	pattern string
	who     audience
	handle  handler
}

// routes is that surface. What is not here does not exist.
func (s *Server) routes() []route {
	return append(s.editorRoutes(), []route{
		{"GET /healthz", anyone, s.healthz},
		{"GET /readyz", anyone, s.readyz},
		{"GET /ws/visitor", anyone, s.visitorSocket},
		{"GET /ws/agent", deskStaff, s.agentSocket},
		{"POST /api/login", anyone, s.signIn},
		{"POST /api/logout", anyone, s.signOut},
		{"GET /api/me", anyStaff, s.me},
		{"GET /api/me/day", deskStaff, s.day},
		{"GET /api/teams", deskStaff, s.teams},
		{"GET /api/teams/{id}", deskStaff, s.readTeam},
		{"PUT /api/teams/{id}", supervisors, s.saveTeam},
		{"DELETE /api/teams/{id}", supervisors, s.removeTeam},
		{"GET /api/waits", supervisors, s.waits},
		{"GET /api/conversations", deskStaff, s.conversations},
		{"GET /api/conversations/{id}/emma", deskStaff, s.consult},
		{"GET /api/report", supervisors, s.report},
		{"GET /api/report.csv", supervisors, s.reportCSV},
		{"GET /api/report.xlsx", supervisors, s.reportXLSX},
		{"GET /api/knowledge", deskStaff, s.searchKnowledge},
		{"GET /api/replies", deskStaff, s.listReplies},
		{"PUT /api/replies/{id}", deskStaff, s.saveReply},
		{"DELETE /api/replies/{id}", deskStaff, s.deleteReply},
		{"GET /api/widget", anyone, s.widget},
		{"GET /api/suggest", anyone, s.suggest},
		{"POST /api/cases/status", anyone, s.caseStatus},
		{"GET /api/call-back", anyone, s.callBackWindows},
		{"GET /api/transcript", anyone, s.transcript},
		{"OPTIONS /api/transcript", anyone, s.mayAskTranscript},
		{"GET /api/cases", deskStaff, s.listCases},
		{"POST /api/cases", deskStaff, s.openRequest},
		{"GET /api/cases/{reference}", deskStaff, s.readCase},
		{"POST /api/cases/{reference}", deskStaff, s.updateCase},
		{"POST /api/cases/{reference}/answer", deskStaff, s.answerCase},
		{"POST /api/cases/{reference}/reveal", deskStaff, s.revealReceipt},
		{"GET /chat", anyone, s.plainChat},
		{"POST /chat", anyone, s.plainAct},
		{"GET /chat/copy", anyone, s.plainCopy},
		{"GET /{$}", anyone, s.page("demo.html")},
		{"GET /console", anyone, s.page("console.html")},
		{"GET /console/", anyone, s.page("console.html")},
		{"GET /editor", anyone, s.page("editor.html")},
		{"GET /editor/", anyone, s.page("editor.html")},
		{"GET /{file}", anyone, s.file},
	}...)
}

func (s *Server) handler() http.Handler {
	mux := http.NewServeMux()
	for _, r := range s.routes() {
		mux.Handle(r.pattern, s.serve(r))
	}
	protection := http.NewCrossOriginProtection()
	return secured(protection.Handler(mux))
}

// serve checks who asks, calls the route and is the one place where errors leave.
func (s *Server) serve(route route) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if route.who != anyone {
			staff, _, err := s.signedIn(r)
			if err == nil && !route.who.admits(staff) {
				err = errForbidden
			}
			if err != nil {
				s.refuse(w, err)
				return
			}
		}
		if err := route.handle(w, r); err != nil {
			s.refuse(w, err)
		}
	})
}

func (s *Server) refuse(w http.ResponseWriter, err error) {
	o := explain(err)
	if o.code == "internal" {
		s.log.Error("a request failed", zap.Error(err))
	}
	var more map[string]any
	var field *handoff.FieldError
	if errors.As(err, &field) {
		more = map[string]any{"field": field.Field}
	}
	s.writeError(w, o, more)
}

// writeError answers with an error, and more fields beside it.
func (s *Server) writeError(w http.ResponseWriter, o outcome, more map[string]any) {
	body := map[string]any{"error": map[string]string{"code": o.code, "text": o.text}}
	for name, value := range more {
		body[name] = value
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(o.status)
	_ = json.NewEncoder(w).Encode(body) // the client may be gone
}

func writeJSON(w http.ResponseWriter, v any) error {
	b, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("writing an answer: %w", err)
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	_, _ = w.Write(b) // the client may be gone
	return nil
}

// readJSON reads a body strictly.
func readJSON(w http.ResponseWriter, r *http.Request, into any) error {
	d := json.NewDecoder(http.MaxBytesReader(w, r.Body, bodyLimit))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		var large *http.MaxBytesError
		if errors.As(err, &large) {
			return fmt.Errorf("%w: it is larger than %d bytes", errBody, bodyLimit)
		}
		return fmt.Errorf("%w: it is not the JSON that is expected here", errBody)
	}
	return nil
}

func (s *Server) healthz(w http.ResponseWriter, _ *http.Request) error {
	_, _ = w.Write([]byte("ok\n"))
	return nil
}

func (s *Server) readyz(w http.ResponseWriter, r *http.Request) error {
	err := s.ready(r.Context())
	if s.stopping.Load() {
		err = errors.New("stopping")
	}
	if err != nil {
		s.writeError(w, outcome{"not_ready", http.StatusServiceUnavailable, "Not ready: " + err.Error()}, nil)
		return nil
	}
	return s.healthz(w, r)
}

func (s *Server) visitorSocket(w http.ResponseWriter, r *http.Request) error {
	if !s.visitorOrigin(r) {
		return errForbidden
	}
	return s.admit(w, r, func(socket *socket, address string) peer {
		return &visitor{server: s, socket: socket, address: address, limiter: s.newLimiter()}
	})
}

func (s *Server) agentSocket(w http.ResponseWriter, r *http.Request) error {
	if !s.staffOrigin(r) {
		return errForbidden
	}
	staff, session, err := s.signedIn(r)
	if err != nil {
		return err
	}
	return s.admit(w, r, func(socket *socket, address string) peer {
		a := &agent{server: s, socket: socket, address: address, session: session, follows: map[string]*follow{}}
		a.staff.Store(&staff)
		return a
	})
}
