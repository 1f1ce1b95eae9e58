package web

// reply writes a frame of the peer's own (receipt, error, welcome).
func (s *socket) reply(frame []byte) {
	s.queue(frame)
	s.flush()
}

// queue keeps a frame of the peer's own until flush or wake, or until the frame that is
// being handled is.
func (s *socket) queue(frame []byte) {
	s.mu.Lock()
	full := len(s.replies) >= replyLimit
	if !full {
		s.replies = append(s.replies, frame)
	}
	s.mu.Unlock()
	if full {
		s.close(closeSlow, "this client reads too slowly")
	}
}

// flush writes what is queued.
func (s *socket) flush() {
	s.mu.Lock()
	s.start()
}

// wake says that the peer may have something to hear, and writes what is queued.
func (s *socket) wake() {
	s.mu.Lock()
	s.woken = true
	s.start()
}

// wakeAfter is wake when the frame that is being handled is.
func (s *socket) wakeAfter() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.woken = true
}

// claim reports whether there is something to write and nobody who writes: then the caller
// has to drain.
func (s *socket) claim() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.writing || len(s.replies) == 0 && !s.woken {
		return false
	}
	s.writing = true
	return true
}

// start begins writing unless somebody does. s.mu is held and released.
func (s *socket) start() {
	begin := !s.writing
	s.writing = true
	s.mu.Unlock()
	if begin {
		s.work.do(s.drain)
	}
}

// drain writes until there is nothing left to write. Replies that stood in the queue
// when the peer was asked go before what it gave: a welcome comes before the events.
func (s *socket) drain() {
	more := false // the peer had something to say in the last round
	for {
		s.mu.Lock()
		woken := s.woken || more
		s.woken = false
		if s.closed.Load() || (len(s.replies) == 0 && !woken) {
			s.writing = false
			s.idle.Broadcast()
			s.mu.Unlock()
			return
		}
		s.mu.Unlock()
		var frames [][]byte
		if woken {
			var err error
			if frames, err = s.peer.next(s.base); err != nil {
				s.closeFor(err)
				continue
			}
		}
		more = len(frames) > 0
		s.mu.Lock()
		frames = append(s.replies, frames...)
		s.replies = nil
		s.mu.Unlock()
		s.write(frames)
	}
}
