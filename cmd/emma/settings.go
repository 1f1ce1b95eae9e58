package main

// contactSettings fill the placeholders of the starter articles. They are sample
// values of the contact center that the sample content describes.
func contactSettings() map[string]string {
	return map[string]string{
		"phone":          "1-800-375-5283",
		"tty":            "1-800-767-1833",
		"phone_abroad":   "212-620-3418",
		"phone_military": "877-247-4645",
		"email_military": "militaryinfo.nsc@uscis.dhs.gov",
		"hours":          "Monday to Friday, 8 a.m. to 9 p.m. Eastern",
	}
}

// ownContacts are the agency's own numbers and addresses: a visitor who writes one says
// nothing about a person, so it is never sealed.
func ownContacts() []string {
	settings := contactSettings()
	return []string{settings["phone"], settings["tty"], settings["phone_abroad"], settings["phone_military"], settings["email_military"]}
}

// suggestions are the questions that the widget offers before anything is said.
func suggestions() []string {
	return []string{"status-check-online", "address-change-how", "gc-renew", "contact-live-person"}
}
