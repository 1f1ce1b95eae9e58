package web

import (
	"context"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"go.uber.org/zap"

	"emma/handoff"
)

// roleRoster knows one session for each role: its token is the role.
type roleRoster struct{ handoff.Roster }

func (roleRoster) SessionStaff(_ context.Context, hash string, _ time.Time) (handoff.Staff, error) {
	for _, role := range handoff.Roles() {
		if handoff.TokenHash(string(role)) == hash {
			return handoff.Staff{ID: string(role), Name: string(role), Role: role}, nil
		}
	}
	return handoff.Staff{}, handoff.ErrNotFound
}

// mayUse says for every route who may use it, in words of roles. Whoever adds a route
// has to say here who is meant to reach it.
func mayUse() map[string]string {
	const (
		everyone = "nobody agent senior editor supervisor admin"
		staff    = "agent senior editor supervisor admin"
		desk     = "agent senior supervisor admin"
		leaders  = "supervisor admin"
		editors  = "editor admin"
	)
	return map[string]string{
		"GET /healthz": everyone, "GET /readyz": everyone, "GET /ws/visitor": everyone, "GET /ws/agent": desk,
		"POST /api/login": everyone, "POST /api/logout": everyone, "GET /api/me": staff, "GET /api/widget": everyone,
		"GET /{$}": everyone, "GET /console": everyone, "GET /console/": everyone, "GET /editor": everyone, "GET /editor/": everyone,
		"GET /{file}": everyone,

		"GET /api/teams": desk, "GET /api/teams/{id}": desk, "PUT /api/teams/{id}": leaders, "DELETE /api/teams/{id}": leaders, "GET /api/waits": leaders,
		"GET /api/report": leaders, "GET /api/report.csv": leaders, "GET /api/report.xlsx": leaders,
		"GET /api/me/day": desk, "GET /api/conversations": desk, "GET /api/conversations/{id}/emma": desk, "GET /api/knowledge": desk,
		"GET /api/replies": desk, "PUT /api/replies/{id}": desk, "DELETE /api/replies/{id}": desk, "GET /api/suggest": everyone,
		"GET /chat": everyone, "POST /chat": everyone, "GET /chat/copy": everyone,

		"POST /api/cases/status": everyone, "GET /api/call-back": everyone, "GET /api/cases": desk, "POST /api/cases": desk,
		"GET /api/cases/{reference}": desk, "POST /api/cases/{reference}": desk, "POST /api/cases/{reference}/answer": desk,
		"POST /api/cases/{reference}/reveal": desk, "GET /api/transcript": everyone, "OPTIONS /api/transcript": everyone,

		"GET /api/articles": editors, "GET /api/articles/{id}/{language}": editors, "PUT /api/articles/{id}/{language}": editors,
		"POST /api/articles/{id}/{language}/publish": editors, "POST /api/articles/{id}/{language}/retire": editors,
		"POST /api/articles/{id}/{language}/review": editors, "POST /api/articles/{id}/{language}/withdraw": editors,
		"POST /api/articles/{id}/{language}/unplan": editors, "GET /api/articles/{id}/{language}/revisions": editors,
		"POST /api/checks": editors, "GET /api/checks/{check}": editors, "DELETE /api/checks/{check}": editors,
		"POST /api/checks/{check}/publish": editors, "GET /api/publishing": editors, "PUT /api/publishing": "admin",
		"POST /api/import": editors, "GET /api/import/{upload}": editors, "POST /api/import/{upload}": editors, "POST /api/import/{upload}/check": editors, "GET /api/export": editors,
		"GET /api/tests": editors, "POST /api/tests": editors, "DELETE /api/tests/{test}": editors,
		"POST /api/preview": editors, "POST /api/try": editors,
		"GET /api/menu": editors, "PUT /api/menu": editors, "GET /api/phrases": editors, "PUT /api/phrases/{key}": editors,
		"GET /api/triggers": editors, "PUT /api/triggers/{kind}": editors, "POST /api/triggers/try": editors,
		"GET /api/gaps": editors, "POST /api/gaps/gain": editors, "POST /api/gaps/attach": editors, "POST /api/gaps/create": editors,
		"GET /api/quality": editors, "GET /api/use": editors, "GET /api/precision": editors, "PUT /api/precision": editors, "GET /api/synonyms": editors, "PUT /api/synonyms": editors, "POST /api/synonyms/try": editors,
		"POST /api/gaps/dismiss": editors, "POST /api/gaps/reopen": editors,
	}
}

func TestEveryRouteAdmitsWhoItIsMeantFor(t *testing.T) {
	s := &Server{roster: roleRoster{}, log: zap.NewNop(), now: time.Now}
	wanted := mayUse()
	for _, r := range s.routes() {
		allowed, listed := wanted[r.pattern]
		if !listed {
			t.Errorf("nothing says who may use %s: add it to mayUse", r.pattern)
			continue
		}
		delete(wanted, r.pattern)
		reached := false
		r.handle = func(http.ResponseWriter, *http.Request) error { reached = true; return nil }
		for _, role := range append([]string{"nobody"}, roleNames()...) {
			reached = false
			request := httptest.NewRequest(http.MethodGet, "/", nil)
			if role != "nobody" {
				request.AddCookie(&http.Cookie{Name: sessionCookie, Value: role})
			}
			answer := httptest.NewRecorder()
			s.serve(r).ServeHTTP(answer, request)
			may := slices.Contains(strings.Fields(allowed), role)
			if reached != may {
				t.Errorf("%s as %s: reached %v, want %v", r.pattern, role, reached, may)
			}
			want := map[bool]int{true: http.StatusOK, false: http.StatusForbidden}[may]
			if !may && role == "nobody" {
				want = http.StatusUnauthorized
			}
			if answer.Code != want {
				t.Errorf("%s as %s answers %d, want %d", r.pattern, role, answer.Code, want)
			}
		}
	}
	for pattern := range wanted {
		t.Errorf("%s is in the list but is no route", pattern)
	}
}

func roleNames() []string {
	var names []string
	for _, role := range handoff.Roles() {
		names = append(names, string(role))
	}
	return names
}
