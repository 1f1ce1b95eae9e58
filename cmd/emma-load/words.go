package main

import (
	"bufio"
	"fmt"
	"os"
	"strings"
)

// questions is what visitors ask when no file is given: ordinary questions about immigration services, none of them about
// one person's case.
func questions() []string {
	return []string{
		"How do I check my case status?",
		"How do I renew my green card?",
		"How can I change my address?",
		"What does it cost to file Form N-400?",
		"How do I pay the filing fee?",
		"Can I file my form online?",
		"How long does naturalization take?",
		"What happens at my biometrics appointment?",
		"How do I reschedule a biometrics appointment?",
		"Where do I find my receipt number?",
		"How do I apply for a work permit?",
		"Who can sponsor a family member?",
		"How do I replace a lost green card?",
		"What documents do I need for citizenship?",
		"How do I get a fee waiver?",
		"What is the civics test?",
		"How do I find legal help?",
		"How can I avoid immigration scams?",
		"Where is the nearest office?",
		"How do I make an appointment at an office?",
		"What is advance parole?",
		"How do I request premium processing?",
		"What should I do if my card did not arrive in the mail?",
		"How do I create an online account?",
	}
}

// replies is what an agent says.
func replies() []string {
	return []string{
		"Hello, thank you for waiting. I have read what you wrote and will look into it now.",
		"You can do that in your online account, under documents. Would you like me to go through it with you?",
		"That is right. Is there anything else that I can help you with?",
	}
}

// readQuestions reads one question a line; empty lines are left out.
func readQuestions(path string) ([]string, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("reading the questions: %w", err)
	}
	defer f.Close()
	var out []string
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		if q := strings.TrimSpace(lines.Text()); q != "" {
			out = append(out, q)
		}
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("reading the questions: %w", err)
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("%s has no questions", path)
	}
	return out, nil
}
