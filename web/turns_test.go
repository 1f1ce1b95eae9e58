package web

import (
	"testing"
	"testing/synctest"
	"time"
)

func TestARushGoesFirst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		turns := newTurns()
		pass := func() time.Duration {
			begun := time.Now()
			turns.take()()
			return time.Since(begun)
		}
		if waited := pass(); waited != 0 {
			t.Errorf("without a rush a message waits %v", waited)
		}
		come := func(visitors int) {
			for range visitors {
				turns.enter()
			}
			time.Sleep(rushWindow)
			synctest.Wait()
		}
		come(rushSize - 1)
		if waited := pass(); waited != 0 {
			t.Errorf("when not so many come a message waits %v", waited)
		}
		come(rushSize)
		go func() {
			for range 100 { // longer than anybody waits
				come(rushOver)
			}
		}()
		if waited := pass(); waited != rushPatience {
			t.Errorf("a rush that does not end stops a message for %v, want %v", waited, rushPatience)
		}
		time.Sleep(100*rushWindow - rushPatience) // nobody comes any more
		if waited := pass(); waited > rushWindow {
			t.Errorf("when the rush ends a message waits %v", waited)
		}
		if waited := pass(); waited != 0 {
			t.Errorf("after the rush a message waits %v", waited)
		}
		time.Sleep(time.Second) // the last look
	})
}

func TestMessagesHaveTheirTurnInOrder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		turns := newTurns()
		var busy []func()
		for range atOnce {
			busy = append(busy, turns.take())
		}
		order := make(chan int, 3)
		for i := range 3 {
			go func() {
				done := turns.take()
				order <- i
				time.Sleep(time.Second)
				done()
			}()
			synctest.Wait()
		}
		if len(order) != 0 {
			t.Fatal("more are handled than there are places")
		}
		for want := range 3 {
			busy[want]()
			if got := <-order; got != want {
				t.Errorf("message %d has its turn, want %d", got, want)
			}
		}
		time.Sleep(2 * time.Second) // they are done
		for range 3 {
			defer turns.take()()
		}
		begun := time.Now()
		turns.take()()
		if waited := time.Since(begun); waited != turnPatience {
			t.Errorf("a message without a turn waits %v, want %v", waited, turnPatience)
		}
		time.AfterFunc(time.Second, turns.end)
		begun = time.Now()
		turns.take()()
		if waited := time.Since(begun); waited != time.Second {
			t.Errorf("a server that stops after a second lets a message wait %v", waited)
		}
	})
}
