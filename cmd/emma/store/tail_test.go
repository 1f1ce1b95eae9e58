package store

import (
	"encoding/json"
	"reflect"
	"testing"
	"time"

	"emma/handoff"
)

func TestTheTailGivesRunsWithoutGaps(t *testing.T) {
	t.Parallel()
	e := func(conversation string, seq int64) handoff.Event {
		return handoff.Event{Conversation: conversation, Seq: seq}
	}
	last := newTail()
	last.add([]handoff.Event{e("a", 1), e("a", 2), e("b", 1), e("a", 3)})
	for _, c := range []struct {
		conversation string
		after        int64
		limit        int
		first, count int
	}{
		{"a", 0, 10, 1, 3}, {"a", 1, 10, 2, 2}, {"a", 1, 1, 2, 1}, {"a", 3, 10, 0, 0}, {"b", 0, 10, 1, 1}, {"c", 0, 10, 0, 0},
	} {
		got, known := last.after(c.conversation, c.after, c.limit)
		if known != (c.count > 0) || len(got) != c.count || c.count > 0 && got[0].Seq != int64(c.first) {
			t.Errorf("after %d of %s: %v", c.after, c.conversation, got)
		}
	}
	last.add([]handoff.Event{e("a", 5)}) // 4 was stored by a command
	if got, known := last.after("a", 3, 10); known {
		t.Errorf("it skips what is between: %v", got)
	}
	if got, _ := last.after("a", 4, 10); len(got) != 1 {
		t.Errorf("after the gap: %v", got)
	}
	for seq := range int64(tailEvents) {
		last.add([]handoff.Event{e("d", seq+1)})
	}
	if got, _ := last.after("d", 0, tailEvents); len(last.runs) != 1 || len(last.order) != tailEvents || len(got) != tailEvents {
		t.Errorf("it holds %d conversations and %d events", len(last.runs), len(last.order))
	}
}

// Who comes back and has heard everything is told so from memory: once, and only as long as
// nothing has come since the end of the log was looked up.
func TestTheTailKnowsTheEndOfALog(t *testing.T) {
	t.Parallel()
	last := newTail()
	known := func(seq int64) bool {
		_, known := last.after("a", seq, 10)
		return known
	}
	last.ended("a", 7, last.begin())
	if !known(7) || known(7) {
		t.Error("the end of a log is not known once")
	}
	last.ended("a", 7, last.begin())
	if known(6) {
		t.Error("it knows what comes before the end")
	}
	last.ended("a", 7, last.begin())
	last.add([]handoff.Event{{Conversation: "a", Seq: 8}})
	if got, _ := last.after("a", 7, 10); len(got) != 1 {
		t.Errorf("an event that came after the look: %v", got)
	}
	begun := last.begin()
	for seq := range int64(tailEvents) {
		last.add([]handoff.Event{{Conversation: "b", Seq: seq + 1}})
	}
	if last.ended("a", 7, begun); known(7) {
		t.Error("an end counts that was looked up before events that it no longer holds")
	}
}

// Whatever an event may hold, the tail gives of it what its row would give.
func TestTheTailGivesWhatTheRowsHold(t *testing.T) {
	t.Parallel()
	var e handoff.Event
	setAll(t, reflect.ValueOf(&e).Elem())
	e.At = time.Date(2026, 3, 1, 8, 0, 0, 123_456_789, time.UTC)
	row := e
	row.At, row.Body = fromMilli(milli(e.At)), handoff.Body{}
	body, err := json.Marshal(e.Body)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(body, &row.Body); err != nil {
		t.Fatal(err)
	}
	if got := readBack(e); !reflect.DeepEqual(got, row) {
		t.Errorf("the tail gives\n%+v\nand the row\n%+v", got, row)
	}
	if reflect.DeepEqual(e, row) {
		t.Error("this event holds nothing that is kept apart: the test sees nothing")
	}
}

// setAll sets everything that can be set.
func setAll(t *testing.T, v reflect.Value) {
	t.Helper()
	if _, ok := v.Interface().(time.Time); ok {
		v.Set(reflect.ValueOf(time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)))
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString("x")
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int64:
		v.SetInt(7)
	case reflect.Float64:
		v.SetFloat(.5)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		setAll(t, v.Elem())
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		setAll(t, v.Index(0))
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
		setAll(t, key)
		setAll(t, value)
		v.SetMapIndex(key, value)
	case reflect.Struct:
		for i := range v.NumField() {
			setAll(t, v.Field(i))
		}
	default:
		t.Fatalf("what to put into a %s?", v.Type())
	}
}
