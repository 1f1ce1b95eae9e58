package web

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"

	"go.uber.org/zap"
	"golang.org/x/time/rate"

	"emma/handoff"
)

// resumeBatch is how many events are read and written at once.
const resumeBatch = 100

// badFrameLimit closes a client that sends so many bad frames in a row.
const badFrameLimit = 10

// visitor is the server's side of one visitor's socket.
type visitor struct {
	server  *Server
	socket  *socket
	address string
	limiter *rate.Limiter // nil without a limit

	// Set by hello, before the first wake; read by next afterwards.
	conversation string
	unsubscribe  []func()

	// Touched by act alone.
	bad  int
	chat *handoff.Chat // once greeted

	// Touched by act, wake and next.
	log    atomic.Bool // events may have been appended
	first  atomic.Bool // a receipt is to come before them
	line   atomic.Bool // the line may have moved
	typing atomic.Pointer[handoff.Author]

	// Touched by next alone (and hello, before the first wake).
	sent  int64
	state handoff.State
	told  queueFrame
	mu    sync.Mutex // guards unsubscribe and visit between act, next and leave
	gone  bool
	visit func() // ends the visit at the desk; nil while there is none
	queue func() // stops following places in the line; nil while it does not
}

// turn implements peer.
func (v *visitor) turn() (done func()) {
	if v.conversation == "" { // this is a hello
		return func() {}
	}
	return v.server.turns.take()
}

// act implements peer.
func (v *visitor) act(ctx context.Context, data []byte) error {
	f, id, err := decode(data, newVisitorFrame)
	if err == nil {
		err = v.dispatch(ctx, f)
	}
	return v.server.answerFrame(v.socket, &v.bad, id, err)
}

// answerFrame turns a command's error into an error frame; too many bad frames in
// a row, or a *closing, end the socket.
func (s *Server) answerFrame(socket *socket, bad *int, id string, err error) error {
	var end *closing
	switch {
	case err == nil:
		*bad = 0
		return nil
	case errors.As(err, &end):
		return err
	case errors.Is(err, errFrame):
		if *bad++; *bad >= badFrameLimit {
			return &closing{closePolicy, "too many bad frames"}
		}
	case errors.Is(err, context.Canceled):
		return &closing{closeRestart, "the server restarts"}
	}
	f := errorOf(id, err)
	if f.Code == "internal" {
		s.log.Error("a command failed", zap.Error(err))
	}
	socket.reply(encode(f))
	return nil
}

func (v *visitor) dispatch(ctx context.Context, f frame) error {
	hello, greeting := f.(*helloFrame)
	if greeting == (v.conversation != "") {
		return &closing{closePolicy, "hello comes first, and once"}
	}
	if greeting {
		return v.hello(ctx, hello)
	}
	desk := v.server.desk
	switch f := f.(type) {
	case *sayFrame:
		return v.command(ctx, f.ID, func() (handoff.Receipt, error) { return v.chat.Say(ctx, f.ID, f.Text) })
	case *chooseFrame:
		return v.other(ctx, f.ID, func() (handoff.Receipt, error) { return desk.Choose(ctx, v.conversation, f.ID, f.Choice) })
	case *commandFrame:
		return v.other(ctx, f.ID, func() (handoff.Receipt, error) { return v.move(ctx, f) })
	case *feedbackFrame:
		return v.other(ctx, f.ID, func() (handoff.Receipt, error) {
			return desk.Feedback(ctx, v.conversation, f.ID, f.Seq, *f.Helpful, f.Comment)
		})
	case *rateFrame:
		return v.other(ctx, f.ID, func() (handoff.Receipt, error) {
			return desk.Rate(ctx, v.conversation, f.ID, f.Stars, f.Comment)
		})
	case *messageLeftFrame:
		return v.other(ctx, f.ID, func() (handoff.Receipt, error) { return v.leaveCase(ctx, f) })
	case *callBackFrame:
		return v.other(ctx, f.ID, func() (handoff.Receipt, error) { return v.leaveCase(ctx, f) })
	case *transcriptFrame:
		return v.other(ctx, f.ID, func() (handoff.Receipt, error) { return v.mailTranscript(ctx, f) })
	case *statusOfFrame:
		return v.status(ctx, f)
	case *languageFrame:
		v.chat.Forget()
		return desk.SetLanguage(ctx, v.conversation, f.Language)
	case *readFrame:
		return desk.SeenByVisitor(ctx, v.conversation, f.Seq)
	case *plainFrame:
		if f.Type == "ping" {
			v.socket.reply(encode(pongFrame{Type: "pong"}))
		} else if v.allowed() {
			desk.Typing(v.conversation, handoff.AuthorVisitor)
		}
	}
	return nil
}

func (v *visitor) move(ctx context.Context, f *commandFrame) (handoff.Receipt, error) {
	desk := v.server.desk
	switch f.Type {
	case "agent":
		return desk.AskPerson(ctx, v.conversation, f.ID)
	case "cancel":
		return desk.Cancel(ctx, v.conversation, f.ID)
	case "reopen":
		return desk.Reopen(ctx, v.conversation, f.ID)
	}
	return desk.End(ctx, v.conversation, f.ID)
}

func (v *visitor) allowed() bool { return v.limiter == nil || v.limiter.Allow() }

// command applies something that gets a receipt, acknowledges it, and lets Emma
// answer what it owes.
func (v *visitor) command(ctx context.Context, id string, apply func() (handoff.Receipt, error)) error {
	if !v.allowed() {
		return errRate
	}
	receipt, err := v.acknowledge(id, apply)
	if err != nil || !receipt.Owed {
		return err
	}
	// The message is stored and acknowledged: whatever fails now, Recover answers it.
	if err := v.server.desk.Answer(ctx, receipt); err != nil && !errors.Is(err, context.Canceled) {
		v.server.log.Error("an answer is late", zap.String("conversation", v.conversation), zap.Error(err))
	}
	return nil
}

// other is command for what Chat does not see happen.
func (v *visitor) other(ctx context.Context, id string, apply func() (handoff.Receipt, error)) error {
	v.chat.Forget()
	return v.command(ctx, id, apply)
}

// acknowledge applies a command and sends its receipt, before the events that come of it
// and in one packet with those that are there: at once when Emma has still to answer, else
// when the frame is handled.
func (v *visitor) acknowledge(id string, apply func() (handoff.Receipt, error)) (handoff.Receipt, error) {
	v.first.Store(true)
	receipt, err := apply()
	if err == nil {
		v.socket.queue(encode(ackFrame{Type: "ack", ID: id, Seq: receipt.Seq, Duplicate: receipt.Duplicate}))
	}
	v.first.Store(false)
	if v.log.Load() {
		v.socket.wakeAfter()
	}
	if receipt.Owed {
		v.socket.flush()
	}
	return receipt, err
}

// hello finds or begins the conversation. It subscribes before it looks, so that
// nothing falls between what is read and what comes live.
func (v *visitor) hello(ctx context.Context, f *helloFrame) error {
	if f.Token == "" && !v.allowed() {
		return errRate
	}
	v.server.turns.enter()
	profile, doubt := v.server.profileOf(f.User, f.Attributes)
	a, token, err := v.server.reception.Enter(ctx, f.Token, profile, f.Language, pageOf(f.Page))
	if errors.Is(err, handoff.ErrNotFound) {
		return &closing{closeNoToken, "unknown token"}
	}
	if err == nil && f.Token == "" {
		err = v.server.goOn(ctx, a.Conversation, f.Earlier)
	}
	if err != nil {
		return fmt.Errorf("greeting a visitor: %w", err)
	}
	v.conversation, v.sent, v.state = a.Conversation, f.After, a.State
	v.chat = v.server.desk.Chat(a)
	v.socket.queue(encode(welcomeFrame{Type: "welcome", Token: token, Conversation: a.Conversation, Epoch: v.server.epoch, Seq: a.LastSeq, State: a.State}))
	if doubt != nil {
		v.socket.queue(encode(errorOf("", doubt)))
	}
	v.follow(handoff.ConversationTopic(a.Conversation), v.hear)
	v.line.Store(true)
	v.log.Store(f.Token != "" || a.LastSeq > 0) // a new conversation has no events yet
	v.socket.wakeAfter()
	return nil
}

// follow subscribes until the socket ends.
func (v *visitor) follow(topic handoff.Topic, wake func(handoff.Signal)) {
	cancel := v.server.bus.Subscribe(topic, wake)
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.gone {
		cancel()
		return
	}
	v.unsubscribe = append(v.unsubscribe, cancel)
}

func (v *visitor) hear(s handoff.Signal) {
	switch {
	case s.Typing == handoff.AuthorVisitor || s.Read > 0: // from this side
		return
	case s.Typing != "":
		v.typing.Store(&s.Typing)
	default:
		v.log.Store(true)
		if v.first.Load() { // acknowledge will wake
			return
		}
	}
	v.socket.wake()
}

// next implements peer.
func (v *visitor) next(ctx context.Context) ([][]byte, error) {
	var frames [][]byte
	if !v.first.Load() && v.log.Swap(false) {
		events, err := v.server.desk.EventsAfter(ctx, v.conversation, v.sent, resumeBatch)
		if err != nil {
			return nil, fmt.Errorf("reading what a visitor has to hear: %w", err)
		}
		if v.first.Load() { // what was read may be of a command without a receipt yet
			v.log.Store(true)
			if !v.first.Load() { // it has just been sent
				v.socket.wake()
			}
			return nil, nil
		}
		for _, e := range events {
			v.sent = e.Seq
			if e.Kind == handoff.KindState {
				v.state = e.State
				v.told = queueFrame{}
				v.line.Store(true)
			}
			if f := eventFrame(e, false); f != nil {
				frames = append(frames, f)
			}
		}
		if len(events) == resumeBatch {
			v.log.Store(true)
			return frames, nil
		}
	}
	v.attend()
	if v.state == handoff.StateWaiting && v.line.Swap(false) {
		place, ok, err := v.server.desk.FollowedPlace(ctx, v.conversation)
		if err != nil {
			return nil, fmt.Errorf("reading a visitor's place: %w", err)
		}
		if f := queueOf(place); ok && f != v.told {
			v.told = f
			frames = append(frames, encode(f))
		}
	}
	if author := v.typing.Swap(nil); author != nil {
		frames = append(frames, encode(typingFrame{Type: "typing", Author: *author}))
	}
	return frames, nil
}

// attend tells the desk that the visitor is here while they wait or are with an agent,
// and follows the line while they wait.
func (v *visitor) attend() {
	waiting := v.state == handoff.StateWaiting
	atDesk := waiting || v.state == handoff.StateAgent
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.gone {
		return
	}
	keep(&v.visit, atDesk, func() func() { return v.server.desk.Visit(v.conversation) })
	keep(&v.queue, waiting, func() func() {
		return v.server.desk.FollowPlaces(v.conversation, func() { v.line.Store(true); v.socket.wake() })
	})
}

// keep begins something that is wanted and has not begun, and ends what has and is not.
func keep(end *func(), wanted bool, begin func() func()) {
	switch {
	case wanted && *end == nil:
		*end = begin()
	case !wanted && *end != nil:
		(*end)()
		*end = nil
	}
}

// check implements peer: lost signals are only late.
func (v *visitor) check(context.Context) error { return nil }

// leave implements peer.
func (v *visitor) leave() {
	v.mu.Lock()
	v.gone = true
	for _, cancel := range v.unsubscribe {
		cancel()
	}
	v.unsubscribe = nil
	keep(&v.visit, false, nil)
	keep(&v.queue, false, nil)
	v.mu.Unlock()
	v.server.forget(v.socket, v.address)
}
