package web

import (
	"context"

	"emma/handoff"
)

// byHand reports whether a person is behind a frame: clients send the others by
// themselves, when they connect again, or as long as they are open.
func byHand(f frame) bool {
	switch f := f.(type) {
	case *plainFrame:
		return f.Type == "active"
	case *conversationFrame:
		return f.Type != "viewing" && f.Type != "leave"
	case *openFrame, *readStaffFrame:
		return false
	}
	return true
}

// setStatus handles hello and status.
func (a *agent) setStatus(ctx context.Context, f *statusFrame) error {
	available := f.Status == "available"
	if a.greeted {
		return a.attendance.Set(ctx, available)
	}
	me := *a.staff.Load()
	attendance, err := a.server.desk.Attend(ctx, me, available, a.socket.seenAt)
	if err != nil {
		return err
	}
	a.greeted, a.attendance = true, attendance
	a.socket.reply(encode(staffWelcomeFrame{Type: "welcome", Staff: outStaff(me), Epoch: a.server.epoch,
		ActiveEvery: int(a.server.desk.ActiveEvery().Seconds())}))
	changed := func(handoff.Signal) { a.outdated() }
	recheck := func(handoff.Signal) {
		go func() { a.socket.closeFor(a.check(a.socket.base)) }()
	}
	cases := func(handoff.Signal) {
		a.mu.Lock()
		a.cases = true
		a.mu.Unlock()
		a.socket.wake()
	}
	bus := a.server.bus
	cancels := []func(){attendance.Leave, bus.Subscribe(handoff.TopicDesk, changed), bus.Subscribe(handoff.AgentTopic(me.ID), changed), bus.Subscribe(handoff.TopicStaff, recheck), bus.Subscribe(handoff.TopicViewing, a.seen), bus.Subscribe(handoff.TopicCases, cases)}
	a.mu.Lock()
	gone := a.gone
	if !gone {
		a.unsubscribe = cancels
	}
	a.mu.Unlock()
	if gone {
		for _, cancel := range cancels {
			cancel()
		}
		return nil
	}
	cases(handoff.Signal{})
	a.outdated()
	return nil
}
