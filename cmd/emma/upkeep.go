package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"go.uber.org/zap"

	"emma/cmd/emma/store"
	"emma/knowledge"
)

type backupCmd struct {
	File string `arg:"" help:"File to write; it must not exist." type:"path"`
}

// Run writes a backup, also beside a running server.
func (c backupCmd) Run(ctx context.Context, t terminal, all *commands) (err error) {
	s, err := openStore(ctx, all, zap.NewNop())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	if err := s.Backup(ctx, c.File); errors.Is(err, store.ErrExists) {
		return fmt.Errorf("%s exists already. Name another file", c.File)
	} else if err != nil {
		return fmt.Errorf("no backup was made: %w", err)
	}
	_, err = fmt.Fprintf(t.out, "Wrote a backup to %s. It holds what visitors said: keep it where only you can read it.\n", c.File)
	return err
}

type restoreCmd struct {
	File string `arg:"" help:"A file that emma backup wrote." type:"existingfile"`
}

// Run fills an empty database with a backup.
func (c restoreCmd) Run(ctx context.Context, t terminal, all *commands) (err error) {
	if err := prepareFolder(all.Data); err != nil {
		return err
	}
	unlock, err := lockFolder(all.Data)
	if err != nil {
		return err
	}
	defer unlock()
	config := store.Config{Database: all.Database, Dir: all.Data, Log: zap.NewNop(), Now: time.Now}
	switch err := store.Restore(ctx, config, c.File); {
	case errors.Is(err, store.ErrExists):
		return fmt.Errorf("nothing was restored, since nothing is overwritten: %w. Name an empty folder with --data, or an empty database with --database", err)
	case err != nil:
		return fmt.Errorf("nothing was restored: %w", err)
	}
	s, err := store.Open(ctx, config)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	n, err := s.Counts(ctx)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(t.out, "Restored %s with %s, %s and %s of the staff.\nEveryone on the staff signs in again. Mails that waited are held back: see emma cases mail.\n",
		counted(int(n.Conversations), "conversation"), counted(int(n.Events), "event"), counted(int(n.Articles), "article"), counted(int(n.Staff), "member"))
	return err
}

type verifyCmd struct{}

// Run looks for damage, also beside a running server.
func (verifyCmd) Run(ctx context.Context, t terminal, all *commands) (err error) {
	s, err := openStore(ctx, all, zap.NewNop())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	found, err := s.Verify(ctx)
	if err != nil {
		return err
	}
	index, err := knowledge.CheckIndex(ctx, knowledge.Config{Dir: filepath.Join(all.Data, "index"), Source: s, Policy: s, Settings: contactSettings()})
	if err != nil {
		return err
	}
	n, err := s.Counts(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(t.out, "Looked at %s, %s and %s.\n", counted(int(n.Conversations), "conversation"), counted(int(n.Events), "event"), counted(int(n.Articles), "article"))
	if len(found)+len(index) == 0 {
		_, err := fmt.Fprintln(t.out, "All is well: no log has a gap, and the search index differs from the database in nothing.")
		return err
	}
	for _, line := range append(found, index...) {
		fmt.Fprintln(t.err, "emma:", line)
	}
	if len(found) == 0 {
		fmt.Fprintln(t.err, "emma: only the search index differs. A server builds it again by itself; after a change it takes a few seconds.")
	} else {
		fmt.Fprintln(t.err, "emma: stop the server, keep the data folder as it is, and restore the newest backup into another one.")
	}
	return errSaid
}
