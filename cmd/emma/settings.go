package main

import (
	"time"

	"emma/handoff"
)

// contactSettings fill the gaps in the starter articles. They are sample
// values of the contact center that the sample content describes.
func contactSettings() map[string]string {
	return map[string]string{
		"phone":          "1-800-375-5283",
		"tty":            "1-800-767-1833",
		"phone_abroad":   "212-620-3418",
		"phone_military": "877-247-4645",
		"phone_premium":  "1-866-315-5718",
		"email_military": "militaryinfo.nsc@uscis.dhs.gov",
		"hours":          "Monday to Friday, 8 a.m. to 9 p.m. Eastern",
		"hours_es":       "lunes a viernes, de 8 a.m. a 9 p.m., hora del Este",
	}
}

// ownContacts are the agency's own numbers and addresses: a visitor who writes one says
// nothing about a person, so it is never sealed.
func ownContacts() []string {
	settings := contactSettings()
	return []string{settings["phone"], settings["tty"], settings["phone_abroad"], settings["phone_military"], settings["phone_premium"], settings["email_military"]}
}

// suggestions are the questions that the widget offers before anything is said.
func suggestions() []string {
	return []string{"status-check-online", "address-change-how", "gc-renew", "contact-live-person"}
}

// promise is when messages are answered: from half of the time on.
func (c serveCmd) promise() handoff.Promise {
	return handoff.Promise{Least: c.AnswerWithin / 2, Most: c.AnswerWithin, Business: c.AnswerBusiness}
}

// requestTypes are what service requests may be about in the sample contact center.
func requestTypes() []handoff.RequestType {
	const day = 24 * time.Hour
	kind := func(id string, within time.Duration, english, spanish string) handoff.RequestType {
		return handoff.RequestType{ID: id, Within: within, Label: map[string]string{"en": english, "es": spanish}}
	}
	return []handoff.RequestType{
		kind("outside_normal_time", 30*day, "My case takes longer than usual", "Mi caso tarda más de lo normal"),
		kind("no_notice", 30*day, "I did not receive a notice", "No recibí un aviso"),
		kind("no_card", 30*day, "I did not receive my card", "No recibí mi tarjeta"),
		kind("no_document", 30*day, "I did not receive a document", "No recibí un documento"),
		kind("typing_error", 30*day, "A card or notice has an error", "Hay un error en una tarjeta o aviso"),
		kind("accommodation", 5*day, "Help at an appointment because of a disability", "Ayuda en una cita por una discapacidad"),
		kind("appointment", 5*day, "Change an appointment", "Cambiar una cita"),
		kind("expedite", 10*day, "Ask for a faster decision", "Pedir una decisión más rápida"),
		kind("other", 30*day, "Something else", "Otra cosa"),
	}
}
