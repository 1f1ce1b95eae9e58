package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// ErrExists says that a file or a database is in the way; nothing was overwritten.
var ErrExists = errors.New("there is something already")

// Backup writes everything as it stands at one moment to a new SQLite file, whatever
// the engine, while others read and write. The file appears under its name only when
// it is whole and on the disk. It holds what visitors said: only its owner may read it.
func (s *Store) Backup(ctx context.Context, path string) (err error) {
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%w: %s", ErrExists, path)
	}
	part := path + ".part"
	f, err := os.OpenFile(part, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("making the backup: %w", err)
	}
	defer func() {
		if err != nil {
			_ = os.Remove(part)
		}
	}()
	if err := f.Close(); err != nil {
		return fmt.Errorf("making the backup: %w", err)
	}
	if s.engine == SQLite {
		if _, err := s.write.ExecContext(ctx, `VACUUM INTO $1`, part); err != nil {
			return fmt.Errorf("copying the database: %w", err)
		}
	} else if err := s.dump(ctx, part); err != nil {
		return err
	}
	if err := syncFile(part); err != nil {
		return err
	}
	if err := os.Rename(part, path); err != nil {
		return fmt.Errorf("putting the backup in its place: %w", err)
	}
	return syncFile(filepath.Dir(path))
}

// dump copies the tables of PostgreSQL, as one snapshot sees them, into a SQLite file.
func (s *Store) dump(ctx context.Context, path string) (err error) {
	to, err := openPlain(ctx, path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, to.Close()) }()
	snapshot, err := s.db.BeginTx(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true})
	if err != nil {
		return fmt.Errorf("taking a snapshot: %w", err)
	}
	defer func() { _ = snapshot.Rollback() }() // it changed nothing
	return replaceTables(ctx, snapshot, to, to)
}

// openPlain opens a SQLite file with the tables of this version, without a log
// beside it and without checks of references, for copying.
func openPlain(ctx context.Context, path string) (*sql.DB, error) {
	db, err := sql.Open("sqlite", sqliteFile(path, "busy_timeout(10000)", "journal_mode(DELETE)", "synchronous(FULL)"))
	if err != nil {
		return nil, fmt.Errorf("opening %s: %w", path, err)
	}
	db.SetMaxOpenConns(1)
	if err := migrate(ctx, SQLite, db); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

// replaceTables copies all tables in one transaction; catalogue is the SQLite side.
func replaceTables(ctx context.Context, from querier, to *sql.DB, catalogue querier) error {
	tables, err := tablesOf(ctx, catalogue)
	if err != nil {
		return err
	}
	t, err := to.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("beginning to copy: %w", err)
	}
	defer func() { _ = t.Rollback() }() // does nothing after the commit
	if err := copyTables(ctx, from, t, tables); err != nil {
		return err
	}
	if err := t.Commit(); err != nil {
		return fmt.Errorf("copying the tables: %w", err)
	}
	return nil
}

// syncFile waits until a file, or the names in a folder, are on the disk.
func syncFile(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("syncing %s: %w", path, err)
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("syncing %s: %w", path, err)
	}
	return nil
}
