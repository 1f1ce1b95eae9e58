package store_test

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
	"go.uber.org/zap"

	"emma/cmd/emma/store"
	"emma/handoff"
	"emma/knowledge"
)

// empty is a database that does not hold anything yet.
func empty(t *testing.T, engine store.Engine) database {
	t.Helper()
	d := database{engine, store.Config{Database: "sqlite", Dir: t.TempDir(), Log: zap.NewNop(), Now: time.Now}}
	if engine == store.PostgreSQL {
		d.config.Database = postgres.Database(t)
	}
	return d
}

// raw opens the database beside the store.
func (d database) raw(t *testing.T) *sql.DB {
	t.Helper()
	driver, address := "pgx", d.config.Database
	if d.engine == store.SQLite {
		driver, address = "sqlite", filepath.Join(d.config.Dir, "emma.db")
	}
	db, err := sql.Open(driver, address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

// content is what a person would miss: every conversation, event, article and member.
func content(t *testing.T, d database) []string {
	t.Helper()
	var lines []string
	db := d.raw(t)
	for table, columns := range map[string]string{
		"conversation": "id, token_hash, state, last_seq, title, memory, opened_at", "event": "conversation, seq, kind, author, sender, client_id, content, at, body",
		"staff": "id, name, role, password", "article": "id, language, newest, published, review, retired, change", "article_revision": "id, language, revision, content, saved_at, saved_by",
	} {
		rows, err := db.Query(`SELECT ` + columns + ` FROM ` + table + ` ORDER BY ` + columns)
		if err != nil {
			t.Fatal(err)
		}
		for rows.Next() {
			n := strings.Count(columns, ",") + 1
			values, dest := make([]any, n), make([]any, n)
			for i := range dest {
				dest[i] = &values[i]
			}
			if err := rows.Scan(dest...); err != nil {
				t.Fatal(err)
			}
			lines = append(lines, fmt.Sprint(table, values))
		}
		if err := errors.Join(rows.Err(), rows.Close()); err != nil {
			t.Fatal(err)
		}
	}
	slices.Sort(lines)
	return lines
}

// furnish puts something into every important table.
func furnish(t *testing.T, s *store.Store) (conversation string) {
	t.Helper()
	ctx := context.Background()
	desk := deskOn(t, s)
	for range 4 {
		conversation = begin(t, s)
		for i := range 30 {
			if _, err := desk.Say(ctx, conversation, uuid.NewString(), fmt.Sprintf("message %d: ¿qué? \"x\" 😀\n\\", i)); err != nil {
				t.Fatal(err)
			}
		}
	}
	staff := handoff.Staff{ID: uuid.NewString(), Name: "Dana", Role: handoff.RoleAgent, Teams: []string{"general"}, Password: "hash"}
	if err := s.AddStaff(ctx, staff); err != nil {
		t.Fatal(err)
	}
	if err := s.AddSession(ctx, "session", staff.ID, time.Now().Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	articles := []knowledge.Article{
		{ID: "a", Language: "en", Question: "Q?", Answer: "A."}, {ID: "b", Language: "es", Question: "¿?", Answer: "Á.", Status: knowledge.StatusDraft},
	}
	if _, err := s.ImportArticles(ctx, articles, "test", "", nil); err != nil {
		t.Fatal(err)
	}
	letter := handoff.Letter{ID: uuid.NewString(), Conversation: conversation, Recipient: "a@example.org", State: handoff.LetterWaiting, DueAt: time.Now(), CreatedAt: time.Now()}
	if err := s.AddLetter(ctx, letter, 5, time.Now().Add(-time.Hour)); err != nil {
		t.Fatal(err)
	}
	return conversation
}

func TestABackupIsRestoredOnEitherEngine(t *testing.T) {
	onBothEngines(t, func(t *testing.T, d database) {
		ctx := context.Background()
		s := d.open(t)
		conversation := furnish(t, s)
		file := filepath.Join(t.TempDir(), "emma.backup")
		if err := s.Backup(ctx, file); err != nil {
			t.Fatal(err)
		}
		if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("the backup is %v, %v", info, err)
		}
		if err := s.Backup(ctx, file); !errors.Is(err, store.ErrExists) {
			t.Errorf("a backup over a backup gave %v", err)
		}
		want := content(t, d)
		for _, engine := range []store.Engine{store.SQLite, store.PostgreSQL} {
			target := empty(t, engine)
			if err := store.Restore(ctx, target.config, file); err != nil {
				t.Fatalf("restoring on %s: %v", engine, err)
			}
			restored := target.open(t)
			if diff := cmp.Diff(want, content(t, target)); diff != "" {
				t.Errorf("restored on %s, something differs:\n%.2000s", engine, diff)
			}
			if restored.Epoch() == s.Epoch() || restored.Epoch() == "" {
				t.Errorf("on %s the restored database has the id %q", engine, restored.Epoch())
			}
			if _, err := restored.SessionStaff(ctx, "session", time.Now()); !errors.Is(err, handoff.ErrNotFound) {
				t.Errorf("on %s an old session gave %v", engine, err)
			}
			if letters, err := restored.Letters(ctx, "", 5); err != nil || len(letters) != 1 || letters[0].State != handoff.LetterDoubtful {
				t.Errorf("on %s a mail that waited is %+v, %v", engine, letters, err)
			}
			if found, err := restored.Verify(ctx); err != nil || len(found) > 0 {
				t.Errorf("on %s: %v %v", engine, found, err)
			}
			if _, err := deskOn(t, restored).Say(ctx, conversation, uuid.NewString(), "still here"); err != nil {
				t.Errorf("on %s the conversation does not go on: %v", engine, err)
			}
			if err := store.Restore(ctx, target.config, file); !errors.Is(err, store.ErrExists) {
				t.Errorf("restoring over a database of %s gave %v", engine, err)
			}
		}
	})
}

func TestABackupUnderLoadHoldsWhatWasAcknowledgedBefore(t *testing.T) {
	onBothEngines(t, func(t *testing.T, d database) {
		ctx := context.Background()
		s := d.open(t)
		desk := deskOn(t, s)
		var mu sync.Mutex
		acked := map[string]int64{}
		stop := make(chan struct{})
		var wg sync.WaitGroup
		for range 4 {
			id := begin(t, s)
			wg.Go(func() {
				for {
					select {
					case <-stop:
						return
					default:
					}
					r, err := desk.Say(ctx, id, uuid.NewString(), "on and on")
					if err != nil {
						t.Error(err)
						return
					}
					mu.Lock()
					acked[id] = r.Seq
					mu.Unlock()
				}
			})
		}
		for range 3 {
			time.Sleep(30 * time.Millisecond)
			mu.Lock()
			before := map[string]int64{}
			for id, seq := range acked {
				before[id] = seq
			}
			mu.Unlock()
			file := filepath.Join(t.TempDir(), "emma.backup")
			if err := s.Backup(ctx, file); err != nil {
				t.Fatal(err)
			}
			target := empty(t, store.SQLite)
			if err := store.Restore(ctx, target.config, file); err != nil {
				t.Fatal(err)
			}
			restored := target.open(t)
			for id, seq := range before {
				if n := int64(len(contiguous(t, restored, id))); n < seq {
					t.Errorf("the backup holds %d events of a conversation that had %d when it began", n, seq)
				}
			}
		}
		close(stop)
		wg.Wait()
	})
}

func TestWhatIsNoBackupIsRefusedAndNothingIsLeft(t *testing.T) {
	ctx := context.Background()
	d := empty(t, store.SQLite)
	s := d.open(t)
	furnish(t, s)
	file := filepath.Join(t.TempDir(), "good")
	if err := s.Backup(ctx, file); err != nil {
		t.Fatal(err)
	}
	good, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name    string
		content []byte
		want    error
	}{
		{"an empty file", nil, store.ErrDamaged},
		{"a text", []byte("hello"), store.ErrDamaged},
		{"half a backup", good[:len(good)/2], store.ErrDamaged},
		{"a backup with a page of zeros", append(append(append([]byte{}, good[:8192]...), make([]byte, 4096)...), good[12288:]...), store.ErrDamaged},
		{"a backup without an event", change(t, good, `DELETE FROM event WHERE seq = 7`), store.ErrDamaged},
		{"a backup of a newer version", change(t, good, `INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, 1)`), store.ErrNewer},
	} {
		t.Run(test.name, func(t *testing.T) {
			bad := filepath.Join(t.TempDir(), "bad")
			if err := os.WriteFile(bad, test.content, 0o600); err != nil {
				t.Fatal(err)
			}
			target := empty(t, store.SQLite)
			if err := store.Restore(ctx, target.config, bad); !errors.Is(err, test.want) {
				t.Errorf("it gave %v, want %v", err, test.want)
			}
			if left, err := os.ReadDir(target.config.Dir); err != nil || len(left) > 0 {
				t.Errorf("it left %v, %v", left, err)
			}
			if now, err := os.ReadFile(bad); err != nil || !bytes.Equal(now, test.content) {
				t.Errorf("the file was changed: %v", err)
			}
		})
	}
}

// change runs a statement on a copy of a database file.
func change(t *testing.T, content []byte, statement string) []byte {
	t.Helper()
	file := filepath.Join(t.TempDir(), "copy")
	if err := os.WriteFile(file, content, 0o600); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", file)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec(statement); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	changed, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return changed
}

func TestVerifyFindsPlantedDamage(t *testing.T) {
	onBothEngines(t, func(t *testing.T, d database) {
		ctx := context.Background()
		s := d.open(t)
		conversation := furnish(t, s)
		if found, err := s.Verify(ctx); err != nil || len(found) > 0 {
			t.Fatalf("a sound database: %v %v", found, err)
		}
		db := d.raw(t)
		for _, damage := range []struct{ statement, mend, want string }{
			{`UPDATE event SET seq = 9000 WHERE conversation = $1 AND seq = 7`, `UPDATE event SET seq = 7 WHERE conversation = $1 AND seq = 9000`, "the log of conversation " + conversation + " has gaps"},
			{`UPDATE conversation SET last_seq = last_seq + 1 WHERE id = $1`, `UPDATE conversation SET last_seq = last_seq - 1 WHERE id = $1`, "the log of conversation " + conversation + " has gaps"},
			{`UPDATE conversation SET visitor_seq = visitor_seq + 1000 WHERE id = $1`, `UPDATE conversation SET visitor_seq = visitor_seq - 1000 WHERE id = $1`, "points beyond its log"},
			{`UPDATE article SET published = 5 WHERE id = 'a' AND $1 <> ''`, `UPDATE article SET published = 1 WHERE id = 'a' AND $1 <> ''`, "article a/en points to a revision that is not there"},
			{`UPDATE article_revision SET content = 'x' || content WHERE id = 'a' AND $1 <> ''`, `UPDATE article_revision SET content = substr(content, 2) WHERE id = 'a' AND $1 <> ''`, "a published article cannot be read"},
		} {
			if _, err := db.Exec(damage.statement, conversation); err != nil {
				t.Fatal(err)
			}
			if found, err := s.Verify(ctx); err != nil || len(found) != 1 || !strings.Contains(found[0], damage.want) {
				t.Errorf("after %s: %v, %v", damage.statement, found, err)
			}
			if _, err := db.Exec(damage.mend, conversation); err != nil {
				t.Fatal(err)
			}
		}
		if found, err := s.Verify(ctx); err != nil || len(found) > 0 {
			t.Errorf("mended: %v %v", found, err)
		}
	})
}
