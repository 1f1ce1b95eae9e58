package handoff

import (
	"errors"
	"strings"
	"testing"
)

func TestSavedReplyValidate(t *testing.T) {
	good := Saved{Short: "hello-1", Language: "es", Text: "Hola, soy {agent} del equipo {team}."}
	if err := good.Validate(); err != nil {
		t.Error(err)
	}
	for name, change := range map[string]func(*Saved){
		"a capital letter":    func(s *Saved) { s.Short = "Hello" },
		"no short name":       func(s *Saved) { s.Short = "" },
		"a long short name":   func(s *Saved) { s.Short = strings.Repeat("a", 31) },
		"another language":    func(s *Saved) { s.Language = "fr" },
		"no text":             func(s *Saved) { s.Text = " \n" },
		"too long":            func(s *Saved) { s.Text = strings.Repeat("a", MaxText+1) },
		"an unknown variable": func(s *Saved) { s.Text = "Hello {visitor}" },
	} {
		bad := good
		change(&bad)
		if err := bad.Validate(); !errors.Is(err, ErrInvalid) {
			t.Errorf("%s gives %v, want ErrInvalid", name, err)
		}
	}
	if err := (Saved{Short: "a", Language: "en", Text: "a { brace"}).Validate(); err != nil {
		t.Errorf("a single brace gives %v", err)
	}
}

func TestWhoMayChangeASavedReply(t *testing.T) {
	agent, senior := Staff{ID: "a", Role: RoleAgent, Teams: []string{"x"}}, Staff{ID: "s", Role: RoleSenior, Teams: []string{"x"}}
	chief := Staff{ID: "c", Role: RoleSupervisor}
	for _, test := range []struct {
		name  string
		reply Saved
		by    Staff
		want  bool
	}{
		{"one's own", Saved{Owner: "a"}, agent, true},
		{"another's own", Saved{Owner: "s"}, agent, false},
		{"another's own as supervisor", Saved{Owner: "a"}, chief, false},
		{"the team's as agent", Saved{Team: "x"}, agent, false},
		{"the team's as its senior", Saved{Team: "x"}, senior, true},
		{"another team's as senior", Saved{Team: "y"}, senior, false},
		{"everybody's as senior", Saved{}, senior, false},
		{"everybody's as supervisor", Saved{}, chief, true},
	} {
		if got := test.reply.MayChange(test.by); got != test.want {
			t.Errorf("%s: %v, want %v", test.name, got, test.want)
		}
	}
}

func TestChatReference(t *testing.T) {
	const id = "0199c2f0-6c51-7d10-8a4e-2b7fc1b9d0ce"
	if got := ChatReference(id); got != "C-C1B9D0CE" {
		t.Errorf("the reference is %q", got)
	}
	for text, want := range map[string]string{
		"C-C1B9D0CE": "c1b9d0ce", " c-c1b9d0ce ": "c1b9d0ce", "C1B9D0CE": "c1b9d0ce", "c c1b9 d0ce": "c1b9d0ce",
		"": "", "C-123": "", "IOE0912345678": "", "C-C1B9D0CG": "",
	} {
		if got, ok := ParseChatReference(text); got != want || ok != (want != "") {
			t.Errorf("ParseChatReference(%q) = %q, %v; want %q", text, got, ok, want)
		}
	}
}
