package knowledge

import (
	"slices"
	"strings"
	"testing"
)

// mostAsked are the forty questions that a contact centre for immigration services
// hears most; visitors word them in the most ways.
func mostAsked() []string {
	return strings.Fields(`contact-phone-number contact-hours contact-live-person contact-live-chat contact-what-is-emma
		status-check-online status-receipt-number status-no-receipt status-processing-times status-outside-normal-time
		status-messages-meaning status-rfe status-expedite status-denied-appeal status-notice-missing
		account-create tech-account-locked tech-verification-code address-change-how address-deadline-who
		biometrics-what-happens biometrics-reschedule interview-prepare interview-reschedule office-appointment
		forms-get-free forms-edition-where-to-file fees-amount fees-pay
		gc-renew gc-apply-i485 gc-not-received gc-replace-lost gc-conditional-i751
		nat-eligibility nat-apply-n400 nat-civics-test family-petition-i130 work-ead-apply work-ead-renew`)
}

// nearMisses are the articles on what this centre cannot do and who can.
func nearMisses() []string {
	return strings.Fields(`limits-legal-advice limits-decide-case limits-field-office-transfer limits-court-removal limits-taxes
		limits-passports limits-visa-abroad limits-other-agencies limits-job-search limits-weather-general`)
}

func starterByLanguage(t *testing.T) map[string]map[string]Article {
	t.Helper()
	articles, err := Starter()
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]map[string]Article{English: {}, Spanish: {}}
	for _, a := range articles {
		all[a.Language][a.ID] = a
	}
	return all
}

func TestTheStarterBaseIsSound(t *testing.T) {
	articles, err := Starter()
	if err != nil {
		t.Fatal(err)
	}
	for _, finding := range Links(articles) {
		t.Errorf("%s: %s", finding.Article.Key(), finding.Text)
	}
	var topics []string
	for _, topic := range topicLabels() {
		topics = append(topics, topic.ID)
	}
	asked := map[string]string{} // wording → article
	for _, a := range articles {
		if err := a.Validate(); err != nil {
			t.Errorf("%s: %v", a.Key(), err)
		}
		if !slices.Contains(topics, a.Topic) {
			t.Errorf("%s has the topic %q, which the menu does not know", a.Key(), a.Topic)
		}
		if a.Route == "" || len(a.FollowUps) == 0 {
			t.Errorf("%s has no route or no follow-ups", a.Key())
		}
		least := 30
		if slices.Contains(mostAsked(), a.ID) {
			least = 45
		}
		if len(a.Alternates) < least {
			t.Errorf("%s has %d alternates, want at least %d", a.Key(), len(a.Alternates), least)
		}
		for _, wording := range append([]string{a.Question}, a.Alternates...) {
			key := a.Language + " " + strings.Join(strings.Fields(fold(wording)), " ")
			if other, taken := asked[key]; taken {
				t.Errorf("%s: %q stands in %s too", a.Key(), wording, other)
			}
			asked[key] = a.ID
		}
	}
}

func TestTheStarterBaseIsTheSameInBothLanguages(t *testing.T) {
	all := starterByLanguage(t)
	for id, english := range all[English] {
		spanish, ok := all[Spanish][id]
		if !ok {
			continue // TestTheStarterBaseIsSound tells
		}
		if english.Topic != spanish.Topic || english.Route != spanish.Route || english.ReviewBy != spanish.ReviewBy ||
			english.Flag != spanish.Flag || english.Source.URL != spanish.Source.URL || !slices.Equal(english.FollowUps, spanish.FollowUps) {
			t.Errorf("%s differs between the languages:\n%+v\n%+v", id, english.content(), spanish.content())
		}
		for _, blank := range []string{"{phone}", "{tty}", "{phone_abroad}", "{phone_military}", "{phone_premium}", "{email_military}", "{hours}"} {
			theirs := strings.Replace(blank, "{hours}", "{hours_es}", 1)
			if strings.Contains(english.Answer, blank) != strings.Contains(spanish.Answer, theirs) {
				t.Errorf("%s has %s in one language only", id, blank)
			}
		}
	}
	for _, id := range append(mostAsked(), nearMisses()...) {
		if _, ok := all[English][id]; !ok {
			t.Errorf("there is no article %s", id)
		}
	}
	if n := len(mostAsked()); n != 40 {
		t.Errorf("%d questions are said to be asked most, want 40", n)
	}
}

func TestStarterNumbersAndHoursComeFromSettings(t *testing.T) {
	articles, err := Starter()
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range articles {
		for _, ours := range []string{"375-5283", "767-1833", "620-3418", "247-4645", "315-5718", "9 p.m.", "militaryinfo"} {
			if strings.Contains(a.Answer+a.Question, ours) {
				t.Errorf("%s holds %q, which is a setting", a.Key(), ours)
			}
		}
	}
}

func TestStarterAnswersArePlain(t *testing.T) {
	articles, err := Starter()
	if err != nil {
		t.Fatal(err)
	}
	long := 0
	for _, a := range articles {
		_, plain := Render(a.Answer)
		if n := len(strings.Fields(plain)); n > 160 || n < 15 {
			t.Errorf("the answer of %s has %d words", a.Key(), n)
		}
		for sentence := range strings.FieldsFuncSeq(plain, func(r rune) bool { return strings.ContainsRune(".!?:\n", r) }) {
			if n := len(strings.Fields(sentence)); n > 30 {
				t.Errorf("%s has a sentence of %d words: %s", a.Key(), n, sentence)
				long++
			}
		}
	}
	if long > 0 {
		t.Logf("%d long sentences", long)
	}
}

func TestAnExportedFolderLooksLikeTheStarterBase(t *testing.T) {
	articles, err := Starter()
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range articles {
		want, err := starter.ReadFile("starter/" + MarkdownFile(a))
		if err != nil {
			t.Fatal(err)
		}
		a.Status = StatusPublished
		if got, err := WriteMarkdown(a); err != nil || string(got) != string(want) {
			t.Fatalf("%s is written as\n%.600s\nwant\n%.600s", MarkdownFile(a), got, want)
		}
	}
}
