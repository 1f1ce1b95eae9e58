package web

import "emma/handoff"

// viewsKept bounds the marks of others that wait to be written; the oldest go first.
const viewsKept = 64

// announce tells the other members of the staff what this one does with a
// conversation, unless it is not open here or was opened silently.
func (a *agent) announce(conversation string, doing handoff.Doing) {
	a.mu.Lock()
	f := a.follows[conversation]
	quiet := f == nil || f.silent
	a.mu.Unlock()
	if quiet {
		return
	}
	me := a.staff.Load()
	a.server.bus.Publish(handoff.Signal{Topic: handoff.TopicViewing, Viewing: handoff.Viewing{
		Conversation: conversation, Staff: me.ID, Name: me.Name, Doing: doing,
	}})
}

// seen hears what others do. Who has the same conversation open answers an arrival,
// so that the newcomer knows at once.
func (a *agent) seen(s handoff.Signal) {
	v := s.Viewing
	if v.Staff == "" || v.Staff == a.staff.Load().ID {
		return
	}
	a.mu.Lock()
	follows := a.follows[v.Conversation] != nil
	if follows || v.Doing != handoff.DoingTyping {
		a.views = append(a.views, v)
		a.views = a.views[max(0, len(a.views)-viewsKept):]
	}
	a.mu.Unlock()
	if follows && v.Doing == handoff.DoingArrived {
		a.announce(v.Conversation, handoff.DoingViewing)
	}
	a.socket.wake()
}

// viewed takes the frames that tell of others. The caller holds the lock.
func (a *agent) viewed() [][]byte {
	var frames [][]byte
	for _, v := range a.views {
		doing := v.Doing
		if doing == handoff.DoingArrived {
			doing = handoff.DoingViewing
		}
		frames = append(frames, encode(viewingFrame{Type: "viewing", Conversation: v.Conversation, Name: v.Name, Doing: doing}))
	}
	a.views = nil
	return frames
}
