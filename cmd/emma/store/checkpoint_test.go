package store_test

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/uuid"
	"go.uber.org/zap"

	"emma/cmd/emma/store"
)

// What was written reaches the database file by itself, so that SQLite's log does not
// grow for ever: nothing else copies it while the program runs.
func TestTheLogIsCopiedIntoTheDatabaseFile(t *testing.T) {
	dir := t.TempDir()
	s := database{config: store.Config{Database: "sqlite", Dir: dir, Log: zap.NewNop(), Now: time.Now}}.open(t)
	desk, conversation := deskOn(t, s), begin(t, s)
	const messages = 50
	for range messages {
		if _, err := desk.Say(context.Background(), conversation, uuid.NewString(), "Where is my card?"); err != nil {
			t.Fatal(err)
		}
	}
	copied := func() (n int) {
		file, err := os.ReadFile(filepath.Join(dir, "emma.db"))
		if err != nil {
			t.Fatal(err)
		}
		alone := filepath.Join(t.TempDir(), "alone.db") // without the log beside it
		if err := os.WriteFile(alone, file, 0o600); err != nil {
			t.Fatal(err)
		}
		db, err := sql.Open("sqlite", alone)
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		// While it is being written the file may be torn: then it is not there yet.
		_ = db.QueryRowContext(context.Background(), `SELECT COUNT(*) FROM event WHERE author = 'visitor'`).Scan(&n)
		return n
	}
	for deadline := time.Now().Add(20 * time.Second); copied() < messages; time.Sleep(50 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("%d of %d messages are in the database file", copied(), messages)
		}
	}
}
