package main

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// said is an entry of a visitor's message.
func said(seq int64, id, text string) entry {
	return entry{seq, "message", "visitor", id, messageSum("visitor", text)}
}

func answered(seq int64) entry {
	return entry{seq, "message", "emma", "", messageSum("emma", "Yes.")}
}

func acked(seq int64, id, text string) ack {
	return ack{"visitor", id, seq, messageSum("visitor", text)}
}

// heard is a stream with these entries.
func heard(staff bool, after int64, log ...entry) *stream {
	s := &stream{staff: staff, after: after}
	for _, e := range log {
		s.seqs, s.sums = append(s.seqs, e.seq), append(s.sums, e.sum)
	}
	return s
}

func TestExamineNamesWhatIsWrong(t *testing.T) {
	one, yes, two := said(1, "a", "one"), answered(2), said(3, "b", "two")
	note := entry{4, "note", "", "", fingerprint("note", "")}
	both := []ack{acked(1, "a", "one"), acked(3, "b", "two")}
	log := []entry{one, yes, two}
	all := append(log[:3:3], note)
	for name, c := range map[string]struct {
		acks    []ack
		streams []*stream
		open    string
		logs    logs
		want    findings
	}{
		"nothing":                         {both, []*stream{heard(false, 0, log...)}, "", logs{log, all}, findings{}},
		"nothing for what is outstanding": {both[:1], nil, "b", logs{log, nil}, findings{}},
		"an acknowledged message is gone": {both, nil, "", logs{log[:2], nil}, findings{Lost: 1}},
		"a message is there twice":        {both, nil, "", logs{append(log[:3:3], said(4, "b", "two")), nil}, findings{Duplicated: 1}},
		"a number is there twice":         {both, nil, "", logs{append(log[:3:3], answered(3)), nil}, findings{Duplicated: 1}},
		"other words":                     {both, nil, "", logs{[]entry{one, yes, said(3, "b", "tow")}, nil}, findings{Altered: 1}},
		"another number":                  {both, nil, "", logs{[]entry{one, yes, said(5, "b", "two")}, nil}, findings{Reordered: 1}},
		"the log goes back":               {both, nil, "", logs{[]entry{one, two, yes}, nil}, findings{Reordered: 1}},
		"acknowledged in another order":   {[]ack{both[1], both[0]}, nil, "", logs{log, nil}, findings{Reordered: 1}},
		"a message from nobody":           {both, nil, "", logs{append(log[:3:3], said(4, "c", "three")), nil}, findings{Foreign: 1}},
		"staff's log has a gap":           {both, nil, "", logs{log, []entry{one, yes, two, {5, "note", "", "", 0}}}, findings{Gaps: 1}},
		"views differ":                    {both, nil, "", logs{log, []entry{one, answered(2), said(3, "b", "tow")}}, findings{Altered: 1}},
		"heard and not kept":              {both, []*stream{heard(false, 0, one, yes, two, answered(4))}, "", logs{log, nil}, findings{Lost: 1}},
		"heard with other words":          {both, []*stream{heard(false, 0, one, said(2, "", "No."))}, "", logs{log, nil}, findings{Altered: 1}},
		"a connection missed one":         {both, []*stream{heard(false, 0, one, two)}, "", logs{log, nil}, findings{Gaps: 1}},
		"a resumed connection missed one": {both, []*stream{heard(false, 1, two)}, "", logs{log, nil}, findings{Gaps: 1, Resumed: 1, ResumedFaulty: 1}},
		"a resumed connection repeats":    {both, []*stream{heard(false, 2, yes, two)}, "", logs{log, nil}, findings{Duplicated: 1, Resumed: 1, ResumedFaulty: 1}},
		"a resume without events":         {both, []*stream{heard(false, 3)}, "", logs{log, nil}, findings{Resumed: 1}},
		"staff missed a note":             {both, []*stream{heard(true, 1, yes, two, entry{5, "note", "", "", 0})}, "", logs{log, nil}, findings{Gaps: 1, Resumed: 1, ResumedFaulty: 1}},
		"staff heard all":                 {both, []*stream{heard(true, -1, yes, two, note)}, "", logs{log, all}, findings{}},
	} {
		t.Run(name, func(t *testing.T) {
			var got findings
			got.examine(&talk{conversation: "k", token: "t", acks: c.acks, streams: c.streams, open: map[string]uint64{c.open: 0}}, c.logs)
			counts := cmpopts.IgnoreFields(findings{}, "Conversations", "Acked", "Streams", "Events", "StaffLogs", "Notes")
			if d := cmp.Diff(c.want, got, counts); d != "" {
				t.Errorf("findings (-want +got):\n%s%v", d, got.Notes)
			}
			if broken := c.want.Lost+c.want.Duplicated+c.want.Gaps+c.want.Reordered+c.want.Altered+c.want.Foreign > 0; got.clean() == broken {
				t.Errorf("clean is %v", got.clean())
			}
		})
	}
}

func TestAStrangersConversationIsCheckedByItsNumbersAlone(t *testing.T) {
	one, two := said(7, "x", "one"), said(9, "y", "two")
	var got findings
	got.examine(&talk{conversation: "k", acks: []ack{{"dana", "c", 8, 0}}, streams: []*stream{heard(true, -1, one, two)}}, logs{})
	if got.Gaps != 1 || got.Lost != 0 || got.Foreign != 0 {
		t.Errorf("%+v", got)
	}
}
