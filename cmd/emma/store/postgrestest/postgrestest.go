// Package postgrestest gives tests a PostgreSQL server: the one that
// EMMA_TEST_POSTGRES names, or a throw-away one made from the installed binaries.
// Only tests import it.
package postgrestest

import (
	"database/sql"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"
)

// Server is a running PostgreSQL. The zero Server is none, with the reason why.
type Server struct {
	Address string // postgres://… of a database that may be written to
	Reason  string
	stop    func()
}

// Start finds or starts a server. Call it from TestMain and Stop after the tests.
func Start() Server {
	address, stop, reason := start()
	return Server{Address: address, Reason: reason, stop: stop}
}

// Stop ends a throw-away server and removes its files.
func (s Server) Stop() {
	if s.stop != nil {
		s.stop()
	}
}

// Database makes an empty database of its own for one test and returns its
// address. Without a server the test is skipped with the reason, or fails when
// EMMA_TEST_ALL demands that nothing is skipped.
func (s Server) Database(t testing.TB) string {
	t.Helper()
	if s.Address == "" {
		if os.Getenv("EMMA_TEST_ALL") != "" {
			t.Fatal(s.Reason)
		}
		t.Skip(s.Reason)
	}
	name := fmt.Sprintf("emma_test_%d_%d", os.Getpid(), counter.Add(1))
	u, err := url.Parse(s.Address)
	if err != nil {
		t.Fatal(err)
	}
	admin, err := sql.Open("pgx", s.Address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_, _ = admin.Exec("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)")
		_ = admin.Close()
	})
	if _, err := admin.Exec("CREATE DATABASE " + name); err != nil {
		t.Fatal(err)
	}
	u.Path = "/" + name
	return u.String()
}

// counter numbers the databases of this process.
var counter atomic.Int64

func start() (address string, stop func(), reason string) {
	if address := os.Getenv("EMMA_TEST_POSTGRES"); address != "" {
		return address, func() {}, ""
	}
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if path, err := exec.LookPath("initdb"); err == nil {
		found = append(found, path)
	}
	if len(found) == 0 {
		return "", nil, "no PostgreSQL: set EMMA_TEST_POSTGRES to the address of a server, or install one"
	}
	slices.Sort(found)
	address, stop, err := throwAway(filepath.Dir(found[len(found)-1]))
	if err != nil {
		return "", nil, "starting a throw-away PostgreSQL: " + err.Error()
	}
	return address, stop, ""
}

// throwAway makes and starts a server in a temporary folder. initdb refuses root,
// so root runs it as the user postgres.
func throwAway(bin string) (address string, stop func(), err error) {
	dir, err := os.MkdirTemp("", "emma-postgres-")
	if err != nil {
		return "", nil, err
	}
	defer func() {
		if err != nil {
			_ = os.RemoveAll(dir)
		}
	}()
	var as *syscall.SysProcAttr
	if os.Geteuid() == 0 {
		u, err := user.Lookup("postgres")
		if err != nil {
			return "", nil, err
		}
		uid, errU := strconv.Atoi(u.Uid)
		gid, errG := strconv.Atoi(u.Gid)
		if err := errors.Join(errU, errG, os.Chown(dir, uid, gid)); err != nil {
			return "", nil, err
		}
		as = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}
	}
	run := func(name string, args ...string) error {
		cmd := exec.Command(filepath.Join(bin, name), args...)
		cmd.SysProcAttr, cmd.Dir = as, dir
		if out, err := cmd.CombinedOutput(); err != nil {
			return fmt.Errorf("%s: %w: %s", name, err, strings.TrimSpace(string(out)))
		}
		return nil
	}
	port, err := freePort()
	if err != nil {
		return "", nil, err
	}
	data := filepath.Join(dir, "data")
	if err := run("initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync"); err != nil {
		return "", nil, err
	}
	options := fmt.Sprintf("-p %d -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=200", port)
	if err := run("pg_ctl", "-D", data, "-o", options, "-l", filepath.Join(dir, "log"), "-w", "start"); err != nil {
		return "", nil, err
	}
	stop = func() {
		_ = run("pg_ctl", "-D", data, "-m", "immediate", "stop")
		_ = os.RemoveAll(dir)
	}
	return fmt.Sprintf("postgres://postgres@127.0.0.1:%d/postgres?sslmode=disable", port), stop, nil
}

func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port, nil
}
