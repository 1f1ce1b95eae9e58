package main

import (
	"os"
	"syscall"
	"time"
)

// syncData makes the file's data durable.
func syncData(f *os.File) error { return syscall.Fdatasync(int(f.Fd())) }

// exactly asks for a sleep to end when it should and not up to 50 µs later, as the system does otherwise to wake
// several threads at once (prctl: PR_SET_TIMERSLACK, nanoseconds). It holds for the thread.
const timerSlack, exactly = 29, 1

// pause sleeps, or less when a signal comes. The runtime's own timers let a process that has nothing else to do sleep in
// whole milliseconds.
func pause(length time.Duration) {
	_, _, _ = syscall.RawSyscall(syscall.SYS_PRCTL, timerSlack, exactly, 0) // on another thread the sleep is just less exact
	t := syscall.NsecToTimespec(length.Nanoseconds())
	_ = syscall.Nanosleep(&t, nil) // the caller looks at the clock
}
