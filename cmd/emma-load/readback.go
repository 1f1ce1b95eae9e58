package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"
)

// entry is an event of a conversation as it is read back.
type entry struct {
	seq      int64
	kind     string
	author   string
	clientID string
	sum      uint64
}

// quiet is how long a reader waits for a further event of a log whose end it cannot know: the last events may be for
// staff only. It is long, so that a server that is slow does not look like one that forgot.
const quiet = 20 * time.Second

// readAsVisitor reads the whole log of a conversation through its visitor's token.
func (c *client) readAsVisitor(ctx context.Context, n int, token string) (log []entry, epoch string, err error) {
	s, err := c.dial(ctx, n, "ws/visitor", http.Header{}, nil)
	if err != nil {
		return nil, "", err
	}
	defer s.gone()
	if err := s.send(ctx, encode(visitorHello{Type: "hello", Token: token})); err != nil {
		return nil, "", err
	}
	f, err := s.next(ctx)
	if err != nil {
		return nil, "", err
	}
	if f.Type != "welcome" {
		return nil, "", fmt.Errorf("the first frame is not a welcome but: %s %s", f.Type, f.Code)
	}
	log, _, err = s.readLog(ctx, f.Seq, "")
	return log, f.Epoch, err
}

// archive reads logs as a member of staff, on one socket after another. It is not safe for concurrent use.
type archive struct {
	client         *client
	name, password string
	cookie         string
	socket         *socket // nil while there is none
	early          int     // events that came before the "opened" that announces them
}

// read reads the whole log of a conversation, which is not nil without an error. A socket that broke is replaced twice.
func (a *archive) read(ctx context.Context, conversation string) (log []entry, err error) {
	for range 3 {
		if log, err = a.try(ctx, conversation); err == nil {
			return log, nil
		}
		a.close()
		time.Sleep(jitter(0))
	}
	return nil, err
}

// close ends the socket; the next read opens another.
func (a *archive) close() {
	if a.socket != nil {
		a.socket.gone()
		a.socket = nil
	}
}

func (a *archive) try(ctx context.Context, conversation string) (log []entry, err error) {
	if a.cookie == "" {
		if a.cookie, err = a.client.signIn(ctx, a.name, a.password); err != nil {
			return nil, err
		}
	}
	if a.socket == nil {
		if a.socket, _, err = a.client.sit(ctx, 0, a.cookie, "away"); err != nil {
			return nil, err
		}
	}
	after := int64(0)
	if err := a.socket.send(ctx, encode(command{Type: "open", Conversation: conversation, After: &after})); err != nil {
		return nil, err
	}
	for {
		f, err := a.socket.next(ctx)
		switch {
		case err != nil:
			return nil, err
		case f.event() && f.Conversation == conversation:
			a.early++
			return nil, fmt.Errorf("event %d came before the frame opened", f.Seq)
		case f.Type == "error":
			return nil, fmt.Errorf("opening it as staff: %s %s", f.Code, f.Text)
		case f.Type == "opened" && f.Row.Conversation == conversation:
			log, whole, err := a.socket.readLog(ctx, f.Row.Seq, conversation)
			if err == nil && whole {
				err = a.socket.send(ctx, encode(command{Type: "leave", Conversation: conversation}))
			} else {
				a.close()
			}
			return log, err
		}
	}
}

// readLog takes events until the one numbered last; when nothing comes for long, whole is false and the socket is of no
// more use. On a staff socket only the events of the conversation count.
func (s *socket) readLog(ctx context.Context, last int64, conversation string) (log []entry, whole bool, err error) {
	wait, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	silence := errors.New("nothing came any more")
	log = []entry{}
	timer := time.AfterFunc(quiet, func() { cancel(silence) })
	defer timer.Stop()
	for next := int64(0); next < last; {
		f, err := s.next(wait)
		if err != nil {
			if errors.Is(context.Cause(wait), silence) {
				return log, false, nil
			}
			return log, false, err
		}
		if f.event() && f.Conversation == conversation {
			timer.Reset(quiet)
			log = append(log, entry{f.Seq, f.Type, f.Author, f.ClientID, f.sum()})
			next = f.Seq
		}
	}
	return log, true, nil
}
