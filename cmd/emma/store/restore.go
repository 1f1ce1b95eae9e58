package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/google/uuid"

	"emma/handoff"
)

// ErrDamaged says that a backup is not whole.
var ErrDamaged = errors.New("the backup is damaged")

// Restore fills a database that is empty, or not there yet, with a backup of either
// engine and of this or an earlier version. It fails with ErrExists when the database
// holds something, with ErrDamaged or ErrNewer when the backup cannot be used; then
// nothing changed. The database gets an id (epoch) of its own, so that browsers do not
// take it for the one that they know, and everyone on the staff has to sign in again.
// Mails that waited are doubtful, since they may have been sent after the backup. No
// server may run on the database.
func Restore(ctx context.Context, cfg Config, backup string) (err error) {
	dir := cfg.Dir
	onSQLite := cfg.Database == "" || cfg.Database == "sqlite"
	target := filepath.Join(cfg.Dir, "emma.db")
	if onSQLite {
		for _, file := range []string{target, target + "-wal"} {
			if _, err := os.Lstat(file); !errors.Is(err, fs.ErrNotExist) {
				return fmt.Errorf("%w: %s", ErrExists, file)
			}
		}
	} else if dir, err = os.MkdirTemp("", "emma-restore-*"); err != nil {
		return fmt.Errorf("making room for the backup: %w", err)
	} else {
		defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	}
	part := filepath.Join(dir, "restore.part")
	defer func() {
		if err != nil {
			_ = os.Remove(part)
		}
	}()
	if err := copyFile(backup, part); err != nil {
		return err
	}
	if err := prepareRestore(ctx, part, cfg.Now()); err != nil {
		return err
	}
	if !onSQLite {
		return fill(ctx, cfg, part)
	}
	if err := syncFile(part); err != nil {
		return err
	}
	if err := os.Rename(part, target); err != nil {
		return fmt.Errorf("putting the database in its place: %w", err)
	}
	return syncFile(dir)
}

// prepareRestore checks a copy of a backup, brings it to this version and makes it a
// database of its own.
func prepareRestore(ctx context.Context, file string, now time.Time) (err error) {
	db, err := openPlain(ctx, file)
	if errors.Is(err, ErrNewer) {
		return err
	}
	if err != nil {
		return fmt.Errorf("%w, or is none: %w", ErrDamaged, err)
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	wrong, err := column(ctx, db, `PRAGMA integrity_check`)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	if len(wrong) != 1 || wrong[0] != "ok" {
		return fmt.Errorf("%w: %s", ErrDamaged, wrong[0])
	}
	found, err := findings(ctx, db)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	if len(found) > 0 {
		return fmt.Errorf("%w: %s", ErrDamaged, found[0])
	}
	before, err := column(ctx, db, `SELECT value FROM meta WHERE name = 'epoch'`)
	if err != nil || len(before) == 0 {
		return fmt.Errorf("%w: it holds no database of Emma's", ErrDamaged)
	}
	epoch, err := uuid.NewV7()
	if err != nil {
		return fmt.Errorf("making the database id: %w", err)
	}
	if _, err := db.ExecContext(ctx, `INSERT INTO meta (name, value) VALUES ('epoch', $1) ON CONFLICT (name) DO UPDATE SET value = excluded.value`, epoch.String()); err != nil {
		return fmt.Errorf("storing the database id: %w", err)
	}
	if _, err := db.ExecContext(ctx, `DELETE FROM session`); err != nil {
		return fmt.Errorf("ending the sessions: %w", err)
	}
	if _, err := db.ExecContext(ctx, `UPDATE letter SET state = $1, taker = '', problem = 'restored from a backup: it may have been sent since', done_at = $2
		WHERE done_at = 0`, string(handoff.LetterDoubtful), milli(now)); err != nil {
		return fmt.Errorf("holding the mails back: %w", err)
	}
	return nil
}

// fill copies a prepared file into an empty PostgreSQL database.
func fill(ctx context.Context, cfg Config, file string) (err error) {
	from, err := openPlain(ctx, file)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, from.Close()) }()
	to, err := sql.Open("pgx", cfg.Database)
	if err != nil {
		return fmt.Errorf("opening the database: %w", err)
	}
	defer func() { err = errors.Join(err, to.Close()) }()
	if err := migrate(ctx, PostgreSQL, to); err != nil {
		return err
	}
	for _, table := range []string{"conversation", "staff", "article"} {
		var n int64
		if err := to.QueryRowContext(ctx, `SELECT COUNT(*) FROM `+table).Scan(&n); err != nil {
			return fmt.Errorf("looking at the database: %w", err)
		}
		if n > 0 {
			return fmt.Errorf("%w: the database has %d rows in the table %s", ErrExists, n, table)
		}
	}
	return replaceTables(ctx, from, to, from)
}

func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return fmt.Errorf("opening the backup: %w", err)
	}
	defer func() { _ = in.Close() }() // it was only read
	out, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("copying the backup: %w", err)
	}
	_, err = io.Copy(out, in)
	if err := errors.Join(err, out.Close()); err != nil {
		return fmt.Errorf("copying the backup: %w", err)
	}
	return nil
}
