package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"

	"emma/handoff"
)

const (
	sessionCookie = "emma_session"
	sessionLength = 12 * time.Hour
	// Wrong passwords that a name, or an address, may give within failureWindow.
	nameFailures    = 10
	addressFailures = 50
	failureWindow   = 10 * time.Minute
	// hashesAtOnce bounds the memory of sign-ins: each takes 19 MiB.
	hashesAtOnce = 4
)

// doors counts wrong passwords, in memory. Names and addresses are forgotten with
// their window, so the map stays as small as the attack is recent.
type doors struct {
	now   func() time.Time
	slots chan struct{}
	// decoy is checked for names that do not exist, so that they take as long.
	decoy string

	mu       sync.Mutex
	failures map[string]*failure
}

type failure struct {
	count int
	since time.Time
}

func newDoors(now func() time.Time) *doors {
	return &doors{now: now, slots: make(chan struct{}, hashesAtOnce), decoy: HashPassword(NewPassword()), failures: map[string]*failure{}}
}

// shut reports whether a name or address has failed too often.
func (d *doors) shut(key string, limit int) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	f := d.failures[key]
	return f != nil && d.now().Sub(f.since) < failureWindow && f.count >= limit
}

func (d *doors) fail(keys ...string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	now := d.now()
	for key, f := range d.failures {
		if now.Sub(f.since) >= failureWindow {
			delete(d.failures, key)
		}
	}
	for _, key := range keys {
		f := d.failures[key]
		if f == nil {
			f = &failure{since: now}
			d.failures[key] = f
		}
		f.count++
	}
}

// check hashes with a bound on how many at once; it waits for its turn.
func (d *doors) check(ctx context.Context, hash, password string) (bool, error) {
	select {
	case d.slots <- struct{}{}:
		defer func() { <-d.slots }()
		return checkPassword(hash, password), nil
	case <-ctx.Done():
		return false, ctx.Err()
	}
}

// signIn is POST /api/login.
func (s *Server) signIn(w http.ResponseWriter, r *http.Request) error {
	var in struct{ Name, Password string }
	if err := readJSON(w, r, &in); err != nil {
		return err
	}
	name, address := "name/"+strings.ToLower(strings.TrimSpace(in.Name)), "address/"+s.clientAddress(r)
	if s.doors.shut(name, nameFailures) || s.doors.shut(address, addressFailures) {
		return errRate
	}
	staff, err := s.roster.StaffByName(r.Context(), in.Name)
	known := err == nil && !staff.Disabled
	if err != nil && !errors.Is(err, handoff.ErrNotFound) {
		return fmt.Errorf("signing in: %w", err)
	}
	hash := s.doors.decoy
	if known {
		hash = staff.Password
	}
	fits, err := s.doors.check(r.Context(), hash, in.Password)
	if err != nil {
		return fmt.Errorf("signing in: %w", err)
	}
	if !fits || !known {
		s.doors.fail(name, address)
		return errLogin
	}
	token := handoff.NewToken()
	if err := s.roster.AddSession(r.Context(), handoff.TokenHash(token), staff.ID, s.now().Add(sessionLength)); err != nil {
		return fmt.Errorf("signing in: %w", err)
	}
	http.SetCookie(w, s.cookie(token, int(sessionLength/time.Second)))
	return writeJSON(w, map[string]any{"staff": outStaff(staff)})
}

// signOut is POST /api/logout.
func (s *Server) signOut(w http.ResponseWriter, r *http.Request) error {
	if cookie, err := r.Cookie(sessionCookie); err == nil {
		if err := s.roster.EndSession(r.Context(), handoff.TokenHash(cookie.Value)); err != nil {
			return fmt.Errorf("signing out: %w", err)
		}
	}
	http.SetCookie(w, s.cookie("", -1))
	w.WriteHeader(http.StatusNoContent)
	return nil
}

func (s *Server) cookie(value string, age int) *http.Cookie {
	return &http.Cookie{
		Name: sessionCookie, Value: value, Path: "/", MaxAge: age, HttpOnly: true,
		SameSite: http.SameSiteLaxMode, Secure: strings.HasPrefix(s.settings.PublicURL, "https://"),
	}
}

// me is GET /api/me.
func (s *Server) me(w http.ResponseWriter, r *http.Request) error {
	staff, _, err := s.signedIn(r)
	if err != nil {
		return err
	}
	return writeJSON(w, map[string]any{"staff": outStaff(staff)})
}

// signedIn returns who sends a request and the digest of the session, or errSession.
func (s *Server) signedIn(r *http.Request) (handoff.Staff, string, error) {
	cookie, err := r.Cookie(sessionCookie)
	if err != nil {
		return handoff.Staff{}, "", errSession
	}
	hash := handoff.TokenHash(cookie.Value)
	staff, err := s.roster.SessionStaff(r.Context(), hash, s.now())
	if errors.Is(err, handoff.ErrNotFound) {
		return handoff.Staff{}, "", errSession
	}
	if err != nil {
		return handoff.Staff{}, "", fmt.Errorf("looking up a session: %w", err)
	}
	return staff, hash, nil
}
