package main

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
)

// caseBody is what the HTTP interface says about a case, as far as tests look at it.
type caseBody struct {
	Case struct {
		Reference, Kind, State, Ageing, Text, Email, Assignee string
		Due, Created                                          int64
		Sealed                                                bool
	}
	Cases []struct {
		Reference, Kind, State, Ageing, Text string
		Due                                  int64
	}
	History   []struct{ Name, State, Text string }
	Pending   int
	Late      int
	Duplicate bool
	Receipt   string
}

func decodeCase(t testing.TB, status int, body string) caseBody {
	t.Helper()
	var c caseBody
	if err := json.Unmarshal([]byte(body), &c); err != nil || status != 200 {
		t.Fatalf("%d %s (%v)", status, body, err)
	}
	return c
}

func TestALeftMessageIsAnsweredInTheVisitorsLog(t *testing.T) {
	onBothEngines(t, func(t *testing.T, flags ...string) {
		p := start(t, t.TempDir(), flags...)
		agent := p.signIn(t, "agent", p.password(t, "agent"))
		visitor, welcome := p.visitor(t, "", 0)

		bad := map[string]any{"type": "leave_message", "id": newID(), "text": "My card never came.", "email": "maria@", "consent": true}
		visitor.send(bad)
		if e := visitor.until(func(f frame) bool { return f.Type == "error" }); e.Code != "invalid" || e.Field != "email" {
			t.Errorf("a wrong address gave %+v", e)
		}
		visitor.send(map[string]any{"type": "leave_message", "id": newID(), "text": "My card never came. My SSN is 123-45-6789.",
			"name": "Maria", "email": "maria@example.org", "consent": true})
		said := visitor.until(func(f frame) bool { return f.Author == "system" && f.Case != nil })
		if said.Case.Kind != "message" || said.Case.State != "open" || !strings.Contains(said.Text, "24 to 48 hours") {
			t.Fatalf("the confirmation is %+v", said)
		}
		reference := said.Case.Reference

		status, body := p.call(t, agent, "GET", "/api/cases?kind=message", nil)
		list := decodeCase(t, status, body)
		if len(list.Cases) != 1 || list.Cases[0].Reference != reference || list.Cases[0].Ageing != "fresh" || list.Pending != 1 || strings.Contains(body, "123-45-6789") {
			t.Fatalf("the list is %s", body)
		}
		_ = visitor.ws.CloseNow()
		answer := map[string]any{"id": newID(), "text": "We sent it again today."}
		status, body = p.call(t, agent, "POST", "/api/cases/"+reference+"/answer", answer)
		if c := decodeCase(t, status, body); c.Case.State != "answered" || c.Duplicate {
			t.Errorf("answering gave %s", body)
		}
		status, body = p.call(t, agent, "POST", "/api/cases/"+reference+"/answer", answer)
		if c := decodeCase(t, status, body); !c.Duplicate || c.Case.Reference != reference {
			t.Errorf("answering again gave %s", body)
		}
		back, _ := p.visitor(t, welcome.Token, said.Seq)
		heard := back.until(isMessage("agent"))
		if heard.Text != "We sent it again today." || heard.Case == nil || heard.Case.State != "answered" {
			t.Errorf("the visitor heard %+v", heard)
		}
	})
}

func TestAServiceRequestIsFollowedFromOpeningToAnswer(t *testing.T) {
	onBothEngines(t, func(t *testing.T, flags ...string) {
		p := start(t, t.TempDir(), flags...)
		browser := p.signIn(t, "agent", p.password(t, "agent"))
		visitor, welcome := p.visitor(t, "", 0)
		visitor.ask("I want to talk to a person")
		visitor.until(isState("waiting"))
		agent := p.staff(t, browser)
		agent.send(map[string]any{"type": "claim", "id": newID(), "conversation": welcome.Conversation})
		visitor.until(isState("agent"))
		open := map[string]any{"id": newID(), "conversation": welcome.Conversation, "request": "no_card", "text": "No card since May, IOE0912345678.", "receipt": "IOE-09-1234-5678"}
		status, body := p.call(t, browser, "POST", "/api/cases", open)
		opened := decodeCase(t, status, body)
		reference := opened.Case.Reference
		if opened.Case.Kind != "service_request" || !opened.Case.Sealed || strings.Contains(body, "0912345678") {
			t.Fatalf("opening gave %s", body)
		}
		told := visitor.until(func(f frame) bool { return f.Case != nil })
		shown := reference[:4] + "-" + reference[4:7] + "-" + reference[7:]
		if !strings.Contains(told.Text, shown) {
			t.Errorf("the visitor was told %q", told.Text)
		}
		if status, body := p.call(t, browser, "POST", "/api/cases/"+shown, map[string]any{"id": newID(), "office": "Texas Service Center", "note": "sent by fax"}); status != 200 {
			t.Fatalf("%d %s", status, body)
		}
		moved := visitor.until(func(f frame) bool { return f.Case != nil })
		if moved.Case.State != "office" || strings.Contains(moved.Text, "fax") {
			t.Errorf("the visitor was told %+v", moved)
		}
		status, body = p.call(t, browser, "POST", "/api/cases/"+reference+"/reveal", map[string]any{})
		if c := decodeCase(t, status, body); c.Receipt != "IOE0912345678" {
			t.Errorf("revealed %s", body)
		}

		// Another browser asks Emma, without and then with what proves it.
		other, _ := p.visitor(t, "", 0)
		other.ask("what is the status of " + shown)
		if m := other.until(isMessage("emma")); !strings.Contains(m.Text, "receipt number") {
			t.Errorf("Emma says %q", m.Text)
		}
		other.ask("IOE0912345678")
		if m := other.until(isMessage("emma")); !strings.Contains(m.Text, "Another office has your case "+shown) {
			t.Errorf("Emma says %q", m.Text)
		}
		// The widget's form, wrong and right.
		for proof, want := range map[string]string{"EAC0912345678": "error", "IOE 0912 345 678": "case"} {
			id := newID()
			other.send(map[string]any{"type": "case", "id": id, "reference": reference, "proof": proof})
			if f := other.until(func(f frame) bool { return f.ID == id }); f.Type != want {
				t.Errorf("the proof %s gave %+v", proof, f)
			}
		}
		for i := range 11 {
			status, _ := p.call(t, browser, "POST", "/api/cases/status", map[string]string{"reference": reference, "proof": "eve@example.org"})
			if want := map[bool]int{true: 429, false: 404}[i >= 9]; status != want {
				t.Errorf("guess %d gave %d, want %d", i+1, status, want)
			}
		}
		status, body = p.call(t, browser, "POST", "/api/cases/"+reference+"/answer", map[string]any{"id": newID(), "text": "It was mailed on Monday."})
		decodeCase(t, status, body)
		visitor.until(func(f frame) bool { return f.Author == "agent" && f.Text == "It was mailed on Monday." })
		status, body = p.call(t, browser, "GET", "/api/cases/"+reference, nil)
		if c := decodeCase(t, status, body); len(c.History) != 4 || c.History[1].Text != "sent by fax" || c.History[3].State != "answered" {
			t.Errorf("the history is %s", body)
		}
	})
}

func TestAnAddressCannotFloodTheStaffWithMessages(t *testing.T) {
	p := start(t, t.TempDir())
	for i := range 21 {
		visitor, _ := p.visitor(t, "", 0)
		id := newID()
		visitor.send(map[string]any{"type": "leave_message", "id": id, "text": "Buy this.", "consent": true})
		f := visitor.until(func(f frame) bool { return f.ID == id })
		if flood := i == 20; flood != (f.Code == "rate") {
			t.Errorf("message %d gave %+v", i+1, f)
		}
	}
}

func TestAVisitorIsCalledBackInsteadOfWaiting(t *testing.T) {
	dir := t.TempDir()
	p := start(t, dir)
	visitor, welcome := p.visitor(t, "", 0)
	visitor.ask("I want to talk to a person")
	visitor.until(isState("waiting"))
	var offered struct {
		Windows []struct {
			From, Until int64
			Text        string
		}
	}
	_, body := p.call(t, http.DefaultClient, "GET", "/api/call-back?language=es", nil)
	if err := json.Unmarshal([]byte(body), &offered); err != nil || len(offered.Windows) == 0 || !strings.Contains(offered.Windows[0].Text, "de") {
		t.Fatalf("offered %s", body)
	}
	w := offered.Windows[0]
	ask := func(phone string, from, until int64) frame {
		id := newID()
		visitor.send(map[string]any{"type": "call_back", "id": id, "phone": phone, "from": from, "until": until, "consent": true})
		return visitor.until(func(f frame) bool { return f.ID == id })
	}
	if f := ask("", w.From, w.Until); f.Field != "phone" {
		t.Errorf("no number gave %+v", f)
	}
	if f := ask("212-555-0142", w.From-1e10, w.Until-1e10); f.Field != "window" {
		t.Errorf("a time in the past gave %+v", f)
	}
	if f := ask("212-555-0142", w.From, w.Until); f.Type != "ack" {
		t.Fatalf("asking gave %+v", f)
	}
	// The events may have come before the receipt: a second socket reads them in order.
	visitor, _ = p.visitor(t, welcome.Token, 0)
	visitor.until(isState("bot"))
	if m := visitor.until(func(f frame) bool { return f.Author == "system" && f.Case != nil }); m.Case.Kind != "call_back" || m.Case.Due != w.Until {
		t.Errorf("the visitor was told %+v", m)
	}
	_, out, _ := command(t, "", "cases", "list", "--kind", "call_back", "--data", dir)
	if !strings.Contains(out, "call_back") || strings.Contains(out, "0142") {
		t.Errorf("the list is\n%s", out)
	}
}

func TestCasesAreListedShownAndAnsweredOnTheCommandLine(t *testing.T) {
	onBothEngines(t, func(t *testing.T, flags ...string) {
		dir := t.TempDir()
		p := start(t, dir, flags...)
		visitor, welcome := p.visitor(t, "", 0)
		visitor.send(map[string]any{"type": "leave_message", "id": newID(), "text": "My card never came.", "consent": true})
		left := visitor.until(func(f frame) bool { return f.Author == "system" && f.Case != nil })
		cases := func(input string, args ...string) (int, string, string) {
			return command(t, input, append(append([]string{"cases"}, args...), append(flags, "--data", dir)...)...)
		}
		reference := left.Case.Reference
		if _, out, _ := cases("", "list"); !strings.Contains(out, reference[:4]+"-") || !strings.Contains(out, "fresh") {
			t.Errorf("the list is\n%s", out)
		}
		for _, wrong := range []struct {
			args []string
			want string
		}{
			{[]string{"show", "1482-739-061"}, "10 digits"},
			{[]string{"show", "1482-739-060"}, "no case 1482-739-060"},
			{[]string{"answer", reference, "--as", "nobody"}, "nobody with the name"},
			{[]string{"answer", reference, "--as", "agent"}, "the answer is empty"},
			{[]string{"mail", "--again", "x"}, "no mail"},
		} {
			if code, _, errs := cases("", wrong.args...); code == 0 || !strings.Contains(errs, wrong.want) {
				t.Errorf("%v gave %d %s", wrong.args, code, errs)
			}
		}
		if code, out, errs := cases("It is on its way.\n", "answer", reference, "--as", "agent"); code != 0 || !strings.Contains(out, "Answered") {
			t.Fatalf("answering gave %d %s", code, errs)
		}
		back, _ := p.visitor(t, welcome.Token, left.Seq)
		if m := back.until(isMessage("agent")); m.Text != "It is on its way." || m.Name != "agent" {
			t.Errorf("the visitor heard %+v", m)
		}
		if _, out, _ := cases("", "show", reference); !strings.Contains(out, "My card never came.") || !strings.Contains(out, "answered") {
			t.Errorf("shown is\n%s", out)
		}
	})
}
