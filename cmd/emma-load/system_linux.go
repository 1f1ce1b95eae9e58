package main

import (
	"os"
	"syscall"
	"time"
)

// syncData makes the file's data durable.
func syncData(f *os.File) error { return syscall.Fdatasync(int(f.Fd())) }

// pause sleeps, or less when a signal comes. The runtime's own timers let a process that has nothing else to do sleep in
// whole milliseconds.
func pause(length time.Duration) {
	t := syscall.NsecToTimespec(length.Nanoseconds())
	_ = syscall.Nanosleep(&t, nil) // the caller looks at the clock
}
