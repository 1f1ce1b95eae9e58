package main

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestWhatKeepsEmmaFromStartingIsSaidInOneSentence(t *testing.T) {
	address, _ := freeAddress(t) // taken by the test
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	newer := t.TempDir()
	start(t, newer).stop()
	raise(t, filepath.Join(newer, "emma.db"))
	running := t.TempDir()
	start(t, running)
	for _, test := range []struct {
		name string
		args []string
		want string
	}{
		{"a taken port", []string{"--addr", address, "--data", t.TempDir()}, "is taken by another program. Stop that program, or choose another address with --addr"},
		{"a folder that is a file", []string{"--addr", "127.0.0.1:0", "--data", filepath.Join(file, "data")}, "cannot be made: not a directory. Choose another with --data"},
		{"a database of a newer version", []string{"--addr", "127.0.0.1:0", "--data", newer}, "was written by a newer version of Emma"},
		{"a folder in use", []string{"--addr", "127.0.0.1:0", "--data", running}, "another Emma is running on the data folder"},
		{"an unknown database", []string{"--addr", "127.0.0.1:0", "--data", t.TempDir(), "--database", "mysql://u:secret@h/d"}, "is neither sqlite nor a postgres:// address"},
		{"a PostgreSQL that is not there", []string{"--addr", "127.0.0.1:0", "--data", t.TempDir(), "--database", "postgres://u:secret@127.0.0.1:1/d"}, "opening the database"},
		{"a site that is no origin", []string{"--allowed-site", "https://www.example.org/page", "--data", t.TempDir()}, "--allowed-site: https://www.example.org/page is not an origin"},
		{"an unknown flag", []string{"--adress", "x"}, "unknown flag --adress"},
	} {
		t.Run(test.name, func(t *testing.T) {
			code, out, errs := command(t, "", append([]string{"serve"}, test.args...)...)
			if code == 0 || out != "" || !strings.Contains(errs, test.want) {
				t.Errorf("code %d, output %q, errors:\n%s\nwant %q", code, out, errs, test.want)
			}
			if strings.Contains(errs, "secret") || strings.Contains(errs, "goroutine") {
				t.Errorf("the error holds a password or a stack:\n%s", errs)
			}
		})
	}
	if os.Geteuid() == 0 {
		t.Log("root may write everywhere: the unwritable folder was tried as a file in its place")
	}
}

// raise pretends that a later version migrated the database.
func raise(t *testing.T, file string) {
	t.Helper()
	db, err := sql.Open("sqlite", file)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.ExecContext(context.Background(), `INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, 1)`); err != nil {
		t.Fatal(err)
	}
}

func TestStaffAreAddedListedAndDisabledBesideARunningServer(t *testing.T) {
	onBothEngines(t, func(t *testing.T, flags ...string) {
		dir := t.TempDir()
		p := start(t, dir, flags...)
		staff := func(input string, args ...string) (int, string, string) {
			return command(t, input, append(append([]string{"staff"}, args...), append(flags, "--data", dir)...)...)
		}
		if code, _, errs := staff("short\n", "add", "Dana R.", "--role", "senior", "--password-stdin"); code == 0 || !strings.Contains(errs, "at least 15") {
			t.Errorf("a short password gave %d %s", code, errs)
		}
		if code, out, errs := staff("four random words here\n", "add", "Dana R.", "--role", "senior", "--team", "military", "--password-stdin"); code != 0 {
			t.Fatalf("adding gave %d %s %s", code, out, errs)
		}
		if code, _, errs := staff("four random words here\n", "add", "dana r.", "--role", "agent", "--password-stdin"); code == 0 || !strings.Contains(errs, "already somebody") {
			t.Errorf("the same name gave %d %s", code, errs)
		}
		if _, out, _ := staff("", "list"); !strings.Contains(out, "Dana R.") || !strings.Contains(out, "military") {
			t.Errorf("the list is\n%s", out)
		}
		browser := p.signIn(t, "Dana R.", "four random words here")
		socket := p.staff(t, browser)
		if code, _, errs := staff("", "disable", "Dana R."); code != 0 {
			t.Fatalf("disabling gave %d %s", code, errs)
		}
		if status, _ := p.call(t, browser, "GET", "/api/me", nil); status != 401 {
			t.Errorf("a disabled person's session answers %d", status)
		}
		if status, _ := p.call(t, browser, "POST", "/api/login", map[string]string{"name": "Dana R.", "password": "four random words here"}); status != 401 {
			t.Errorf("a disabled person signs in with %d", status)
		}
		if code := socket.closeCode(); code != 4501 {
			t.Errorf("the open socket was closed with %d, want 4501", code)
		}
	})
}
