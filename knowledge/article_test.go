package knowledge

import (
	"testing"
	"time"
)

func TestOnlyPeopleCheckAnArticle(t *testing.T) {
	saved := time.Date(2027, 3, 1, 9, 0, 0, 0, time.UTC)
	for by, want := range map[string]time.Time{"Ed Long": saved, ByStarter: {}, ByImport: {}, "": {}} {
		if got := (Article{SavedAt: saved, SavedBy: by}).CheckedAt(); !got.Equal(want) {
			t.Errorf("saved by %q it was checked at %v, want %v", by, got, want)
		}
	}
}
