//go:build !linux

package main

import (
	"os"
	"time"
)

// syncData makes the file's data durable.
func syncData(f *os.File) error { return f.Sync() }

// pause sleeps.
func pause(length time.Duration) { time.Sleep(length) }
