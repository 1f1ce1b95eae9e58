//go:build unix

package main

import (
	"fmt"
	"syscall"
)

// allowFiles raises the soft limit of open files to the hard limit, and refuses when even that is less than needed.
func allowFiles(needed int) error {
	var l syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &l); err != nil {
		return fmt.Errorf("reading the limit of open files: %w", err)
	}
	if l.Cur < l.Max {
		l.Cur = l.Max
		// When this fails the soft limit decides, which is read again below.
		_ = syscall.Setrlimit(syscall.RLIMIT_NOFILE, &l)
		if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &l); err != nil {
			return fmt.Errorf("reading the limit of open files: %w", err)
		}
	}
	if uint64(l.Cur) < uint64(needed) {
		return fmt.Errorf("this process may open %d files and needs %d: ask for fewer connections or raise the hard limit (ulimit -Hn)", l.Cur, needed)
	}
	return nil
}
