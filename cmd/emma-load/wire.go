package main

import (
	"encoding/json"
	"hash/fnv"
	"time"
)

// frame is any frame of the server, with the fields that this client looks at; all others are ignored.
type frame struct {
	Type         string `json:"type"`
	ID           string `json:"id"`
	Seq          int64  `json:"seq"`
	Duplicate    bool   `json:"duplicate"`
	Code         string `json:"code"`
	Text         string `json:"text"`
	Author       string `json:"author"`
	ClientID     string `json:"client_id"`
	State        string `json:"state"`
	Token        string `json:"token"`
	Conversation string `json:"conversation"`
	Epoch        string `json:"epoch"`
	Row          row    `json:"row"`
	Waiting      []row  `json:"waiting"`

	at time.Time // when all of it was here, before it was decoded
}

// row is a conversation on the desk of the staff.
type row struct {
	Conversation string `json:"conversation"`
	State        string `json:"state"`
	Seq          int64  `json:"seq"`
}

// event reports whether the frame is a numbered event of a conversation's log. Types that this client does not know
// count as events when they carry a number, so that a later kind of event does not look like a gap.
func (f frame) event() bool {
	switch f.Type {
	case "ack", "read", "welcome", "opened", "error", "queue", "typing", "pong", "desk":
		return false
	}
	return f.Seq > 0
}

// sum is a fingerprint of what an event says; two events with the same sum say the same.
func (f frame) sum() uint64 {
	if f.Type == "message" {
		return messageSum(f.Author, f.Text)
	}
	return fingerprint(f.Type, f.State)
}

// messageSum is the sum of a message of that author ("visitor", "agent", "emma" or "system").
func messageSum(author, text string) uint64 { return fingerprint("message", author, text) }

func fingerprint(parts ...string) uint64 {
	h := fnv.New64a()
	for _, p := range parts {
		h.Write([]byte(p))
		h.Write([]byte{0})
	}
	return h.Sum64()
}

// visitorHello is the first frame of a visitor; after is the highest seq that it has.
type visitorHello struct {
	Type     string `json:"type"`
	Token    string `json:"token"`
	After    int64  `json:"after"`
	Language string `json:"language"`
	Page     string `json:"page"`
}

// command is what a visitor or an agent sends after the hello. A visitor leaves Conversation empty.
type command struct {
	Type         string    `json:"type"`
	ID           string    `json:"id,omitempty"`
	Conversation string    `json:"conversation,omitempty"`
	Text         string    `json:"text,omitempty"`
	Status       string    `json:"status,omitempty"`
	After        *int64    `json:"after,omitempty"`
	Disposition  *string   `json:"disposition,omitempty"`
	Tags         *[]string `json:"tags,omitempty"`
}

// encode is the text of a frame that consists of strings and numbers only, which always has one.
func encode(v any) []byte {
	b, err := json.Marshal(v)
	if err != nil {
		panic("emma-load: a frame that cannot be encoded: " + err.Error())
	}
	return b
}
