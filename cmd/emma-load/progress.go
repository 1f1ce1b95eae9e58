package main

import (
	"fmt"
	"io"
	"os"
	"sync"
	"time"
)

// watch writes a line about the run every second, over the one before. Without a terminal, w is nil, it does nothing.
func watch(w io.Writer, t *tally) (stop func()) {
	if w == nil {
		return func() {}
	}
	end := make(chan struct{})
	var done sync.WaitGroup
	done.Go(func() {
		tick := time.NewTicker(time.Second)
		defer tick.Stop()
		for {
			fmt.Fprintf(w, "\r%d connected, %d sent, %d acknowledged, %d answered, %d reconnects\x1b[K",
				t.up.Load(), t.sent.Load(), t.acked.Load(), t.answered.Load(), t.reconnects.Load())
			select {
			case <-end:
				fmt.Fprintln(w)
				return
			case <-tick.C:
			}
		}
	})
	return func() { close(end); done.Wait() }
}

// terminal is f when it is one, else nil.
func terminal(f *os.File) io.Writer {
	if info, err := f.Stat(); err == nil && info.Mode()&os.ModeCharDevice != 0 {
		return f
	}
	return nil
}
