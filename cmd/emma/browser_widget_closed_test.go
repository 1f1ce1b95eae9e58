package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"testing"
	"time"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// TestTheWidgetInClosedHoursAndInForeignHands shows the widget when nobody is there, in
// every look; then in a language that a site has added and that is read from the right,
// with letters of twice the size, and with colours that nobody can read.
func TestTheWidgetInClosedHoursAndInForeignHands(t *testing.T) {
	p := start(t, t.TempDir(), "--always-open=false", "--words", arabic(t))
	admin := p.signIn(t, "admin", p.password(t, "admin"))
	var team map[string]any
	if status, body := p.call(t, admin, "GET", "/api/teams/general", nil); status != 200 || json.Unmarshal([]byte(body), &team) != nil {
		t.Fatalf("the team is answered with %d %s", status, body)
	}
	closed := map[string]any{}
	for day := -1; day < 3; day++ {
		closed[time.Now().AddDate(0, 0, day).Format(time.DateOnly)] = []any{}
	}
	team["hours"].(map[string]any)["dates"] = closed
	if status, body := p.call(t, admin, "PUT", "/api/teams/general", team); status/100 != 2 {
		t.Fatalf("closing the team is answered with %d %s", status, body)
	}
	b := openBrowser(t, p.origin)
	v := b.open(p.origin+"/", 1280, 900)
	v.press("Ask Emma")
	v.sees("People often ask")
	v.sees("opens")
	v.inEveryLook("closed-hours")
	v.spanish("closed-hours")
	v.press("Talk to a person")
	v.sees("Our agents are not here now")
	v.inEveryLook("closed-hours-form")
	v.speak("es")
	v.sees("abre")
	v.press("Hablar con una persona")
	v.sees("Dejar un mensaje")
	v.axe("widget, closed-hours-form, Spanish")
	v.appear(look{width: 390, height: 844})
	v.shot("widget-closed-hours-form-phone-spanish")
	v.press("Volver a Emma")

	// A language from the right; all of it is turned round.
	v.appear(looks[0])
	js[bool](v, "(Emma.setLanguage('ar'), true)")
	v.wait("find.all('.panel[lang=ar][dir=rtl]').length")
	v.write("textarea", "How do I change my address?\r")
	v.wait("find.all('.msg.emma').length")
	if !js[bool](v, "(find.all('.head .mark')[0].getBoundingClientRect().left > find.all('.closer')[0].getBoundingClientRect().left)") {
		t.Error("from the right, Emma's mark stands left of the button that closes")
	}
	if !js[bool](v, "(r => r('.msg.visitor').left - r('.log').left < r('.log').right - r('.msg.visitor').right)(s => find.all(s)[0].getBoundingClientRect())") {
		t.Error("from the right, the visitor's words do not stand on the left")
	}
	v.inEveryLook("rtl")
	js[bool](v, "(Emma.setLanguage('en'), true)")
	v.wait("find.all('.panel[lang=en]').length")

	// Letters of twice the size: nothing is cut, nothing must be moved sideways.
	if _, err := chromedp.Call(v.ctx, page.SetFontSizes, page.SetFontSizesParams{FontSizes: &page.FontSizes{Standard: 32}}); err != nil {
		t.Fatal(err)
	}
	for _, l := range []look{{name: "desktop", width: 1280, height: 900}, {name: "phone", width: 390, height: 844}} {
		v.appear(l)
		js[bool](v, "(dispatchEvent(new Event('resize')), true)")
		v.wait("getComputedStyle(find.all('.say')[0]).fontSize === '32px'")
		if cut := js[[]string](v, "find.all('.panel, .panel *').filter(e => !e.closest('svg, .sr, .scroll, textarea, .hello') && e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).display !== 'inline').map(e => e.tagName + '.' + e.className)"); len(cut) > 0 {
			t.Errorf("%s: with large letters these are cut: %q", l.name, cut)
		}
		v.axe("widget, large letters, " + l.name)
		v.shot("widget-large-letters-" + l.name)
	}

	// Colours of a page that cannot be read do not hold.
	colour := func() string {
		return js[string](v, "(dispatchEvent(new Event('resize')), getComputedStyle(find.all('.composer .primary')[0]).backgroundColor)")
	}
	set := func(name, value string) {
		js[bool](v, "(document.querySelector('emma-widget').style.setProperty("+quote(name)+", "+quote(value)+"), true)")
	}
	own := colour()
	set("--accent", "#1a4480")
	if got := colour(); got != "rgb(26, 68, 128)" {
		t.Errorf("a readable colour of the page is not taken: %s", got)
	}
	set("--on-accent", "#555555")
	if got := colour(); got != own {
		t.Errorf("an unreadable pair of the page is shown: %s, want %s", got, own)
	}
}

// arabic writes a file of widget texts as a site would: read from the right.
func arabic(t *testing.T) string {
	t.Helper()
	folder := filepath.Join("..", "..", "web", "src", "widget", "words")
	list, err := os.ReadFile(filepath.Join(folder, "word.ts"))
	if err != nil {
		t.Fatal(err)
	}
	english, err := os.ReadFile(filepath.Join(folder, "en.json"))
	if err != nil {
		t.Fatal(err)
	}
	var texts []string
	if err := json.Unmarshal(english, &texts); err != nil {
		t.Fatal(err)
	}
	words := map[string]string{}
	for i, m := range regexp.MustCompile(`(?m)^\s+(\w+),`).FindAllSubmatch(list, -1) {
		words[string(m[1])] = texts[i]
	}
	for name, text := range map[string]string{
		"language": "العربية", "dir": "rtl", "launcher": "اسأل {name}", "helloTitle": "مرحبا. أنا {name}.", "talk": "تحدث إلى شخص", "send": "إرسال", "question": "اكتب سؤالك",
		"helloText": "أنا برنامج كمبيوتر ولست شخصا. أجيب عن الأسئلة العامة. لا أستطيع رؤية قضية أي شخص.", "computer": "مساعد آلي", "helpful": "هل كان هذا مفيدا؟", "yes": "نعم", "no": "لا",
	} {
		words[name] = text
	}
	content, err := json.Marshal(words)
	if err != nil {
		t.Fatal(err)
	}
	return write(t, filepath.Join(t.TempDir(), "ar.json"), string(content))
}
