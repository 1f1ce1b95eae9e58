package handoff

import (
	"time"

	"emma/bot"
)

// StartTeams are the teams of a fresh desk. They mirror the contact centre that the
// sample content describes: representatives (tier 1) and officers (tier 2), Monday
// to Friday from 8 am to 9 pm Eastern, closed on federal holidays.
func StartTeams() ([]Team, error) {
	hours, err := WeekdayHours(false)
	if err != nil {
		return nil, err
	}
	var teams []Team
	for _, t := range []struct{ id, en, es string }{
		{defaultTeam, "General help", "Ayuda general"},
		{"military", "Military help line", "Línea de ayuda militar"},
		{"premium", "Premium processing", "Trámite prioritario"},
		{"international", "Help from abroad", "Ayuda desde el extranjero"},
	} {
		teams = append(teams, Team{
			ID: t.id, Names: Words{"en": t.en, "es": t.es}, Languages: []string{"en", "es"}, Hours: hours, Assignment: Pick,
			Tiers: []Tier{
				{Level: 1, Names: Words{"en": "Representative", "es": "Representante"}, Reveals: []bot.Kind{bot.Receipt, bot.Email, bot.Phone}},
				{Level: 2, Names: Words{"en": "Officer", "es": "Oficial"}, Cases: true,
					Reveals: []bot.Kind{bot.Receipt, bot.ANumber, bot.Account, bot.BirthDate, bot.Email, bot.Phone}},
			},
			FirstReply: Period(2 * time.Minute), OfferFor: Period(20 * time.Second), AfterChat: Period(30 * time.Second),
			WaitLimit: Period(15 * time.Minute), WarnGone: Period(5 * time.Minute), CloseGone: Period(5 * time.Minute),
			ReopenFor: Period(24 * time.Hour),
		})
	}
	return teams, nil
}
