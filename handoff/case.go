package handoff

import (
	"fmt"
	"time"
)

// CaseKind is what sort of case it is.
type CaseKind string

// The kinds of cases.
const (
	CaseMessage  CaseKind = "message"         // a visitor's message that an agent answers later
	CaseCallBack CaseKind = "call_back"       // a visitor who wants to be called
	CaseRequest  CaseKind = "service_request" // opened by an agent about a visitor's matter
)

// CaseState says how far a case is.
type CaseState string

// The states of a case. The first three are open: somebody still has to act.
const (
	CaseOpen     CaseState = "open"     // nobody works on it yet
	CaseWorking  CaseState = "working"  // an agent works on it
	CaseOffice   CaseState = "office"   // another office has it
	CaseAnswered CaseState = "answered" // answered, or the visitor was called
	CaseClosed   CaseState = "closed"   // ended without an answer
)

// Case is something that stays to be done after the chat. Its log of what happened
// to it is a list of Entries, numbered 1, 2, 3 …
type Case struct {
	Reference    string // ten digits, the last of which checks the others
	Kind         CaseKind
	State        CaseState
	Conversation string
	Seq          int64 // of the event that it began with
	Team         string
	Tier         int
	Language     string
	Type         string // of a service request: the id of a RequestType
	Text         string // the visitor's message, or the facts; masked
	Contact      Contact
	From, Until  time.Time // when to call; zero for other kinds
	// Assignee and AssigneeName are the agent who works on it; Office is a place
	// outside that has it in CaseOffice.
	Assignee, AssigneeName, Office string
	Sealed                         bool // a receipt number is kept with it, see Cases.Reveal

	Entries   int // number of the last entry
	CreatedAt time.Time
	DueAt     time.Time
	ChangedAt time.Time
	DoneAt    time.Time // zero while it is open
}

// Entry is one line of a case's history.
type Entry struct {
	Reference string
	N         int
	At        time.Time
	Staff     string // staff id, or "visitor"
	Name      string // display name of the staff
	State     CaseState
	Text      string
	ForStaff  bool // the visitor does not get to know it
}

// CaseMark ties an event of the log to a case, as it stood then.
type CaseMark struct {
	Reference string    `json:"reference"`
	Kind      CaseKind  `json:"kind"`
	State     CaseState `json:"state"`
	Due       int64     `json:"due"` // Unix milliseconds
}

// Offers are the forms that a visitor may use instead of waiting, by the names of
// the frames that they send.
func Offers() []string { return []string{"leave_message", "call_back"} }

// OfferStatus is the form that asks how far a case is.
const OfferStatus = "case"

// Open reports whether somebody still has to act.
func (k *Case) Open() bool { return k.State != CaseAnswered && k.State != CaseClosed }

// Ageing says how urgent a case is.
type Ageing string

// The ages of a case: soon is the last quarter of the time that was promised.
const (
	AgeFresh Ageing = "fresh"
	AgeSoon  Ageing = "soon"
	AgeLate  Ageing = "late"
	AgeDone  Ageing = "done"
)

// Ageing tells how urgent the case is at a time.
func (k *Case) Ageing(now time.Time) Ageing {
	switch {
	case !k.Open():
		return AgeDone
	case !now.Before(k.DueAt):
		return AgeLate
	case k.DueAt.Sub(now)*4 <= k.DueAt.Sub(k.CreatedAt):
		return AgeSoon
	}
	return AgeFresh
}

// mark is what an event says about the case.
func (k *Case) mark() *CaseMark {
	return &CaseMark{Reference: k.Reference, Kind: k.Kind, State: k.State, Due: k.DueAt.UnixMilli()}
}

// record adds a line to the history and stamps the case.
func (k *Case) record(e Entry, now time.Time) Entry {
	k.Entries++
	k.ChangedAt = now
	e.Reference, e.N, e.At, e.State = k.Reference, k.Entries, now, k.State
	return e
}

// become moves the case on. An answered or closed case may only be opened again.
func (k *Case) become(s CaseState, now time.Time) error {
	switch {
	case k.Open() || s == k.State:
	case s == CaseOpen || s == CaseWorking || s == CaseOffice:
		k.DoneAt = time.Time{}
	default:
		return fmt.Errorf("%w: the case is %s", ErrState, k.State)
	}
	if s == CaseOpen {
		k.Assignee, k.AssigneeName = "", ""
	}
	if s != CaseOffice {
		k.Office = ""
	}
	k.State = s
	if !k.Open() && k.DoneAt.IsZero() {
		k.DoneAt = now
	}
	return nil
}

// workedBy returns an error when somebody else works on the case or answered it, or when
// it is for a team or tier that the person is not of. Supervisors may step in.
func (k *Case) workedBy(staff Staff, t Team) error {
	if k.Assignee != "" && k.Assignee != staff.ID && !staff.Supervises() {
		return &TakenError{Winner: k.AssigneeName}
	}
	return staff.Takes(t, k.Tier)
}
