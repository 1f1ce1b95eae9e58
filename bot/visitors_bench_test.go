package bot

import (
	"context"
	"syscall"
	"testing"
	"time"
)

// visitorQuestions are what visitors ask, in both languages, with follow-ups, typing
// errors and what is no question.
func visitorQuestions() []string {
	return []string{
		"How do I check my case status?", "How do I renew my green card?", "How can I change my address?",
		"What does it cost to file Form N-400?", "How do I pay the filing fee?", "Can I file my form online?",
		"How long does naturalization take?", "What happens at my biometrics appointment?",
		"How do I reschedule a biometrics appointment?", "Where do I find my receipt number?",
		"How do I apply for a work permit?", "Who can sponsor a family member?", "How do I replace a lost green card?",
		"What documents do I need for citizenship?", "How do I get a fee waiver?", "What is the civics test?",
		"How do I find legal help?", "How can I avoid immigration scams?", "Where is the nearest office?",
		"How do I make an appointment at an office?", "What is advance parole?", "How do I request premium processing?",
		"What should I do if my card did not arrive in the mail?", "How do I create an online account?",
		"my work permit runs out next month and i have not heard anything, can i keep working meanwhile",
		"can my wife travel while her papers are being processed", "whats the differnce between a visa and a green card",
		"moved last week what now", "i speak only little english is there an interpretor at the interveiw",
		"is there somebody who can explain the form to me for free", "do i have to bring my kids to the fingerprint thing",
		"hello", "thanks a lot", "i want to talk to a person", "why was my application denied",
		"¿Cómo puedo ver el estado de mi caso?", "cuanto cuesta hacerse ciudadano", "se me perdio la tarjeta verde que hago",
		"puedo trabajar mientras espero el asilo", "¿Dónde está la oficina más cercana?", "necesito cambiar mi direccion porque me mude",
		"quiero hablar con alguien", "¿Puedo viajar fuera del país con el permiso de trabajo?", "gracias",
	}
}

// BenchmarkVisitors measures a decision on what visitors ask, over the starter base, in
// time of all processors together.
// go test ./bot -run - -bench Visitors -cpu 1
func BenchmarkVisitors(b *testing.B) {
	emma := settledBot(b)
	questions, at := visitorQuestions(), 0
	b.ReportAllocs()
	begun := usedTime(b)
	for b.Loop() {
		if _, err := emma.Decide(context.Background(), Question{Text: questions[at%len(questions)]}); err != nil {
			b.Fatal(err)
		}
		at++
	}
	b.ReportMetric(float64((usedTime(b)-begun).Microseconds())/float64(at), "cpu-µs/op")
}

// usedTime is the processor time of the process.
func usedTime(tb testing.TB) time.Duration {
	tb.Helper()
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		tb.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
