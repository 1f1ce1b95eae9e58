package handoff

import (
	"time"

	"github.com/rickar/cal/v2"
	"github.com/rickar/cal/v2/us"
)

// FederalHoliday names the federal holiday of the United States on which offices are
// closed on t's day in t's zone: the day on which it is observed (5 U.S.C. 6103: a
// holiday on a Saturday is observed on the Friday before, one on a Sunday on the
// Monday after). It is empty on other days, also on a holiday's own date at a weekend.
func FederalHoliday(t time.Time) string {
	y, m, d := t.Date()
	// New Year's Day on a Saturday is observed in the year before.
	for _, year := range []int{y, y + 1} {
		for _, holiday := range us.Holidays {
			if year == y+1 && holiday != us.NewYear {
				continue
			}
			if on := observed(holiday, year); on.Year() == y && on.Month() == m && on.Day() == d {
				return holiday.Name
			}
		}
	}
	return ""
}

func observed(h *cal.Holiday, year int) time.Time {
	_, on := h.Calc(year)
	return on
}
