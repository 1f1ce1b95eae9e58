package web

import (
	"context"
	"testing"
	"testing/synctest"
	"time"
)

func TestMessagesLetARushGoFirst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var r rush
		begun := time.Now()
		pass := func() time.Duration {
			r.yield(context.Background())
			defer func() { begun = time.Now() }()
			return time.Since(begun)
		}
		if waited := pass(); waited != 0 {
			t.Errorf("without a rush a message waits %v", waited)
		}
		var in []func()
		for range rushSize {
			in = append(in, r.enter())
		}
		if waited := pass(); waited != rushPatience {
			t.Errorf("a rush that does not end stops a message for %v, want %v", waited, rushPatience)
		}
		time.AfterFunc(rushPatience/2, in[0])
		if waited := pass(); waited < rushPatience/2 || waited > rushPatience/2+rushStep {
			t.Errorf("a rush that ends after %v stops a message for %v", rushPatience/2, waited)
		}
	})
}
