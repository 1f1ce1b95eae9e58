package web

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"
	"slices"

	"github.com/google/uuid"
)

// errFrame says that a frame breaks the protocol; the text says how.
var errFrame = errors.New("bad frame")

func badFrame(format string, args ...any) error {
	return fmt.Errorf("%w: %s", errFrame, fmt.Sprintf(format, args...))
}

// frame is a decoded command of a client.
type frame interface {
	// validate refuses values out of range with an error that wraps errFrame.
	validate() error
}

// What a visitor sends.
type (
	helloFrame struct {
		Type, Token string
		After       int64
		Language    string
		Page        string
		Earlier     string
		User        *userOf
		Attributes  map[string]looseText
	}
	sayFrame      struct{ Type, ID, Text string }
	chooseFrame   struct{ Type, ID, Choice string }
	commandFrame  struct{ Type, ID string } // agent, cancel, end, reopen
	feedbackFrame struct {
		Type, ID string
		Seq      int64
		Helpful  *bool
		Comment  string
	}
	rateFrame struct {
		Type, ID string
		Stars    int
		Comment  string
	}
	languageFrame struct{ Type, Language string }
	readFrame     struct {
		Type string
		Seq  int64
	}
	plainFrame struct{ Type string } // typing, ping
)

// What staff send.
type (
	statusFrame struct{ Type, Status string } // hello, status
	openFrame   struct {
		Type, Conversation string
		After              int64
		Silent             bool
	}
	conversationFrame struct{ Type, Conversation string }           // leave, typing, viewing, decline, done
	moveFrame         struct{ Type, ID, Conversation string }       // claim, accept, return, takeover
	writeFrame        struct{ Type, ID, Conversation, Text string } // say, note, whisper
	escalateFrame     struct {
		Type, ID, Conversation         string
		Question, Tried, Facts, Wanted string
	}
	assignFrame   struct{ Type, ID, Conversation, Agent string }
	priorityFrame struct {
		Type, ID, Conversation string
		Priority               int
	}
	transferFrame struct {
		Type, ID, Conversation string
		Team                   string
		Tier                   int
		Agent, Note            string
	}
	closeFrame struct {
		Type, ID, Conversation, Disposition string
		Tags                                []string
	}
	readStaffFrame struct {
		Type, Conversation string
		Seq                int64
	}
	revealFrame struct {
		Type, ID, Conversation string
		Seq                    int64
		Number                 int
	}
)

// newVisitorFrame returns an empty frame of a type, or nil when there is none.
func newVisitorFrame(kind string) frame {
	switch kind {
	case "hello":
		return &helloFrame{}
	case "say":
		return &sayFrame{}
	case "choose":
		return &chooseFrame{}
	case "agent", "cancel", "end", "reopen":
		return &commandFrame{}
	case "leave_message":
		return &messageLeftFrame{}
	case "transcript":
		return &transcriptFrame{}
	case "call_back":
		return &callBackFrame{}
	case "case":
		return &statusOfFrame{}
	case "feedback":
		return &feedbackFrame{}
	case "rate":
		return &rateFrame{}
	case "language":
		return &languageFrame{}
	case "read":
		return &readFrame{}
	case "typing", "ping":
		return &plainFrame{}
	}
	return nil
}

// newStaffFrame returns an empty frame of a type, or nil when there is none.
func newStaffFrame(kind string) frame {
	switch kind {
	case "hello", "status":
		return &statusFrame{}
	case "open":
		return &openFrame{}
	case "leave", "typing", "viewing", "decline", "done":
		return &conversationFrame{}
	case "claim", "accept", "return", "takeover":
		return &moveFrame{}
	case "say", "note", "whisper":
		return &writeFrame{}
	case "escalate":
		return &escalateFrame{}
	case "assign":
		return &assignFrame{}
	case "priority":
		return &priorityFrame{}
	case "transfer":
		return &transferFrame{}
	case "close":
		return &closeFrame{}
	case "read":
		return &readStaffFrame{}
	case "reveal":
		return &revealFrame{}
	case "ping", "active":
		return &plainFrame{}
	}
	return nil
}

// decode reads one frame strictly: one JSON object of a known type without unknown
// fields, values in range. Its errors wrap errFrame. The second value is the frame's
// id as far as it could be read, so that an error can name it.
func decode(data []byte, fresh func(kind string) frame) (frame, string, error) {
	var head struct {
		Type string `json:"type"`
		ID   string `json:"id"`
	}
	if err := json.Unmarshal(data, &head); err != nil {
		return nil, "", badFrame("not a JSON object with a type")
	}
	if _, err := parseID(head.ID); err != nil {
		head.ID = ""
	}
	f := fresh(head.Type)
	if f == nil {
		return nil, head.ID, badFrame("unknown type %.40q", head.Type)
	}
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(f); err != nil {
		return nil, head.ID, badFrame("%s: unknown field or a value of the wrong kind", head.Type)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, head.ID, badFrame("something stands after the frame")
	}
	return f, head.ID, f.validate()
}

// parseID accepts a UUID in lower-case hexadecimal with hyphens.
func parseID(id string) (uuid.UUID, error) {
	u, err := uuid.Parse(id)
	if err != nil || u.String() != id {
		return uuid.UUID{}, badFrame("%.40q is not a UUID in small letters", id)
	}
	return u, nil
}

func checkIDs(ids ...string) error {
	for _, id := range ids {
		if _, err := parseID(id); err != nil {
			return err
		}
	}
	return nil
}

func checkSeq(seq int64) error {
	if seq < 0 {
		return badFrame("a sequence number is never negative")
	}
	return nil
}

func checkLength(name, text string, limit int) error {
	if len(text) > limit {
		return badFrame("%s is longer than %d bytes", name, limit)
	}
	return nil
}

func oneOf(name, value string, allowed ...string) error {
	if !slices.Contains(allowed, value) {
		return badFrame("%s is not one of %q", name, allowed)
	}
	return nil
}

func (f *helloFrame) validate() error {
	return errors.Join(checkSeq(f.After), oneOf("language", f.Language, "", "en", "es"),
		checkLength("token", f.Token, 100), checkLength("earlier", f.Earlier, 100), checkLength("page", f.Page, 2000))
}
func (f *sayFrame) validate() error { return checkIDs(f.ID) }
func (f *chooseFrame) validate() error {
	return errors.Join(checkIDs(f.ID), checkLength("choice", f.Choice, 200))
}
func (f *commandFrame) validate() error { return checkIDs(f.ID) }
func (f *feedbackFrame) validate() error {
	if f.Helpful == nil {
		return badFrame("helpful is missing")
	}
	return errors.Join(checkIDs(f.ID), checkSeq(f.Seq))
}
func (f *rateFrame) validate() error {
	if f.Stars < 1 || f.Stars > 5 {
		return badFrame("stars are 1 to 5")
	}
	return checkIDs(f.ID)
}
func (f *languageFrame) validate() error { return oneOf("language", f.Language, "en", "es") }
func (f *readFrame) validate() error     { return checkSeq(f.Seq) }
func (f *plainFrame) validate() error    { return nil }

func (f *statusFrame) validate() error { return oneOf("status", f.Status, "available", "away") }
func (f *openFrame) validate() error {
	return errors.Join(checkIDs(f.Conversation), checkSeq(f.After))
}
func (f *conversationFrame) validate() error { return checkIDs(f.Conversation) }
func (f *moveFrame) validate() error         { return checkIDs(f.ID, f.Conversation) }
func (f *writeFrame) validate() error        { return checkIDs(f.ID, f.Conversation) }
func (f *escalateFrame) validate() error     { return checkIDs(f.ID, f.Conversation) }
func (f *priorityFrame) validate() error     { return checkIDs(f.ID, f.Conversation) }
func (f *assignFrame) validate() error {
	return errors.Join(checkIDs(f.ID, f.Conversation), checkLength("agent", f.Agent, 60))
}
func (f *transferFrame) validate() error {
	if f.Team == "" && f.Tier == 0 && f.Agent == "" {
		return badFrame("a transfer names a team, a tier or an agent")
	}
	if f.Tier < 0 || f.Tier > 2 {
		return badFrame("a tier is 1 or 2")
	}
	return errors.Join(checkIDs(f.ID, f.Conversation), checkLength("team", f.Team, 60), checkLength("agent", f.Agent, 60))
}
func (f *closeFrame) validate() error {
	err := errors.Join(checkIDs(f.ID, f.Conversation), checkLength("disposition", f.Disposition, 60))
	if len(f.Tags) > 20 {
		return badFrame("there are more than 20 tags")
	}
	for _, tag := range f.Tags {
		err = errors.Join(err, checkLength("a tag", tag, 60))
	}
	return err
}
func (f *readStaffFrame) validate() error {
	return errors.Join(checkIDs(f.Conversation), checkSeq(f.Seq))
}
func (f *revealFrame) validate() error {
	if f.Number < 1 {
		return badFrame("the number of a mark is 1 or more")
	}
	return errors.Join(checkIDs(f.ID, f.Conversation), checkSeq(f.Seq))
}

// pageOf keeps what may be stored of a page's address: no query, no fragment, no
// user information; empty when it is no web address.
func pageOf(address string) string {
	u, err := url.Parse(address)
	if err != nil || (u.Scheme != "https" && u.Scheme != "http") || u.Host == "" {
		return ""
	}
	page := (&url.URL{Scheme: u.Scheme, Host: u.Host, Path: u.Path}).String()
	if len(page) > 500 {
		return page[:500]
	}
	return page
}
