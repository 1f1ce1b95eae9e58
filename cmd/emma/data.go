package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"go.uber.org/zap"

	"emma/cmd/emma/store"
	"emma/knowledge"
)

// openStore opens the database, in a folder that is made if need be, and loads the
// starter knowledge base into one that has no articles. Its errors are sentences
// for whoever runs the program.
func openStore(ctx context.Context, c *commands, log *zap.Logger) (*store.Store, error) {
	if err := prepareFolder(c.Data); err != nil {
		return nil, err
	}
	s, err := store.Open(ctx, store.Config{Database: c.Database, Dir: c.Data, Log: log, Now: time.Now})
	if err != nil {
		return nil, err
	}
	if err := loadStarter(ctx, s); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// prepareFolder makes the data folder and checks that it can be written to.
func prepareFolder(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("the data folder %s cannot be made: %w. Choose another with --data", dir, cause(err))
	}
	probe, err := os.CreateTemp(dir, ".write-*")
	if err != nil {
		return fmt.Errorf("the data folder %s cannot be written to: %w. Choose another with --data, or change its permissions", dir, cause(err))
	}
	return errors.Join(probe.Close(), os.Remove(probe.Name()))
}

// cause is the bare reason of a file error, without the operation and path that the
// sentence names already.
func cause(err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err
	}
	return err
}

// lockFolder keeps a second server off the same data folder until release is called.
func lockFolder(dir string) (release func(), err error) {
	f, err := os.OpenFile(filepath.Join(dir, "lock"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("locking the data folder: %w", err)
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		_ = f.Close()
		return nil, fmt.Errorf("another Emma is running on the data folder %s. Stop it, or choose another folder with --data", dir)
	}
	return func() { _ = f.Close() }, nil // closing unlocks
}

// loadStarter fills an empty knowledge base.
func loadStarter(ctx context.Context, s *store.Store) error {
	change, err := s.ArticleChange(ctx)
	if err != nil || change > 0 {
		return err
	}
	articles, err := knowledge.Starter()
	if err != nil {
		return fmt.Errorf("reading the starter knowledge base: %w", err)
	}
	if _, err := s.ImportArticles(ctx, articles, knowledge.ByStarter, "", nil); err != nil {
		return fmt.Errorf("loading the starter knowledge base: %w", err)
	}
	return nil
}
