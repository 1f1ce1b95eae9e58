package main

import (
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"
)

// plainVisitor uses the chat page as a browser without JavaScript does.
type plainVisitor struct {
	t      testing.TB
	p      *program
	client *http.Client
	page   string
	status int
}

func (p *program) plain(t testing.TB, language string) *plainVisitor {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	v := &plainVisitor{t: t, p: p, client: &http.Client{Jar: jar}}
	v.read(v.client.Get(p.origin + "/chat?language=" + language))
	return v
}

func (v *plainVisitor) read(response *http.Response, err error) {
	v.t.Helper()
	if err != nil {
		v.t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		v.t.Fatal(err)
	}
	v.page, v.status = string(body), response.StatusCode
}

// press sends a form of the page with its hidden fields; pairs are name and value.
func (v *plainVisitor) press(pairs ...string) {
	v.t.Helper()
	id := regexp.MustCompile(`name="id" value="([^"]+)"`).FindStringSubmatch(v.page)
	language := regexp.MustCompile(`name="language" value="([^"]+)"`).FindStringSubmatch(v.page)
	if id == nil || language == nil {
		v.t.Fatalf("the page has no form:\n%s", v.page)
	}
	form := url.Values{"id": {id[1]}, "language": {language[1]}}
	for i := 0; i < len(pairs); i += 2 {
		form.Set(pairs[i], pairs[i+1])
	}
	v.read(v.client.PostForm(v.p.origin+"/chat", form))
}

func (v *plainVisitor) sees(texts ...string) {
	v.t.Helper()
	for _, text := range texts {
		if !strings.Contains(v.page, text) {
			v.t.Errorf("the page does not say %q:\n%s", text, v.page)
		}
	}
}

func TestTheChatWorksWithoutJavaScript(t *testing.T) {
	p := start(t, t.TempDir(), "--message-rate", "0")
	agent := p.staff(t, p.signIn(t, "agent", p.password(t, "agent")))
	v := p.plain(t, "en")
	v.sees("Hello. I am Emma.", "not a person", "Talk to a person", "How do I change my address")

	v.press("choice", "article:address-change-how")
	v.sees("Form AR-11", "Was this helpful?", `href="https://`)
	if strings.Contains(v.page, "checked by our editors") {
		t.Error("the page says that editors checked the sample, which nobody did")
	}
	v.press("do", "helpful", "seq", regexp.MustCompile(`name="seq" value="(\d+)"`).FindStringSubmatch(v.page)[1])
	v.sees("Thank you. This helps us.")
	if v.press("do", "say", "text", "   "); v.status != http.StatusBadRequest {
		t.Errorf("an empty message gave %d", v.status)
	}
	v.sees("Not sent.")
	v.press("do", "agent")
	v.sees("in line", "Leave the line")
	v.press("do", "say", "text", "My number is 123-45-6789 <script>alert(1)</script>")
	if strings.Contains(v.page, "6789") || strings.Contains(v.page, "<script>alert") {
		t.Error("the page shows a secret number or a script")
	}
	for deadline := time.Now().Add(20 * time.Second); !strings.Contains(v.page, "A person usually comes") && time.Now().Before(deadline); time.Sleep(100 * time.Millisecond) {
		v.read(v.client.Get(p.origin + "/chat"))
	}
	v.sees("You are next in line", "A person usually comes")
	conversation := agent.until(func(f frame) bool { return f.Type == "desk" && len(f.Waiting) == 1 }).Waiting[0].Conversation
	agent.send(map[string]any{"type": "claim", "id": newID(), "conversation": conversation})
	agent.send(map[string]any{"type": "say", "id": newID(), "conversation": conversation, "text": "Hello, how can I help?"})
	agent.until(func(f frame) bool { return f.Type == "message" && f.Author == "agent" })
	v.read(v.client.Get(p.origin + "/chat"))
	v.sees("You are now talking with a person", "Hello, how can I help?", "Person, live agent", "Look for new messages")
	before := v.page
	v.press("do", "say", "text", "My card never came.")
	v.page = before // and once more, as a reload does
	v.press("do", "say", "text", "My card never came.")
	if n := strings.Count(v.page, "My card never came."); n != 1 {
		t.Errorf("the message is there %d times", n)
	}
	v.press("do", "language")
	v.sees("Persona, agente en vivo", "Su mensaje")
	v.press("do", "end")
	v.sees("Este chat terminó")
	v.press("do", "rate", "stars", "5", "text", "")
	v.sees("Gracias")
	v.read(v.client.Get(p.origin + "/chat/copy"))
	v.sees("My card never came.", "Hello, how can I help?")
	v.read(v.client.Get(p.origin + "/chat"))
	v.press("do", "new")
	v.sees("Hola. Soy Emma.")
}

func TestAMessageCanBeLeftWithoutJavaScript(t *testing.T) {
	p := start(t, t.TempDir())
	v := p.plain(t, "en")
	v.press("do", "agent")
	v.press("do", "leave_message", "text", "My card never came.", "email", "not an address", "consent", "yes")
	v.sees("Not sent.", "maria@example.org", `value="not an address"`)
	v.press("do", "leave_message", "text", "My card never came.", "email", "maria@example.org", "consent", "yes")
	v.sees("My card never came.", "Your reference is")
	if strings.Contains(v.page, "You are next in line") {
		t.Error("the visitor is still in the line")
	}
}

func TestOnlyAllowedSitesMayFrameTheChat(t *testing.T) {
	p := start(t, t.TempDir(), "--allowed-site", "https://www.example.org")
	for path, want := range map[string]string{"/chat": "frame-ancestors 'self' https://www.example.org;", "/": "frame-ancestors 'none';", "/console": "frame-ancestors 'none';"} {
		response, err := http.Get(p.origin + path)
		if err != nil {
			t.Fatal(err)
		}
		_ = response.Body.Close()
		if policy := response.Header.Get("Content-Security-Policy"); !strings.Contains(policy, want) {
			t.Errorf("%s has the policy %q, want %q", path, policy, want)
		}
	}
	for origin, want := range map[string]string{"https://www.example.org": "https://www.example.org", "https://evil.example": "", "https://www.example.org.evil.example": "", "null": ""} {
		request, err := http.NewRequest("GET", p.origin+"/api/suggest?text=address", nil)
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Origin", origin)
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		_ = response.Body.Close()
		if got := response.Header.Get("Access-Control-Allow-Origin"); got != want {
			t.Errorf("%s may read as %q, want %q", origin, got, want)
		}
	}
}
