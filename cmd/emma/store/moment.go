package store

import "time"

// nowMilli is the time of the store's clock in milliseconds.
func (s *Store) nowMilli() int64 { return s.now().UnixMilli() }

// milli and fromMilli carry moments to and from the database; the zero time is 0.
func milli(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

func fromMilli(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}
