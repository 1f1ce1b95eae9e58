package knowledge

import (
	"errors"
	"testing"
)

func TestAnArticleMovesOnlyAlongItsLife(t *testing.T) {
	all := []Status{StatusDraft, StatusInReview, StatusPublished, StatusRetired}
	allowed := map[[2]Status]bool{
		{StatusDraft, StatusInReview}: true, {StatusDraft, StatusPublished}: true, {StatusDraft, StatusRetired}: true,
		{StatusInReview, StatusPublished}: true, {StatusInReview, StatusDraft}: true, {StatusInReview, StatusRetired}: true,
		{StatusPublished, StatusDraft}: true, {StatusPublished, StatusRetired}: true,
		{StatusRetired, StatusDraft}: true, {StatusRetired, StatusPublished}: true,
	}
	for _, from := range append(all, "") {
		for _, to := range append(all, "nonsense") {
			a := Article{ID: "a", Language: English, Question: "Q?", Answer: "A.", Status: from, SavedBy: "Ed"}
			moved, err := a.Move(to, "Ed", false)
			if want := allowed[[2]Status{from, to}]; (err == nil) != want {
				t.Errorf("%q to %q gave %v", from, to, err)
			} else if want && moved.Status != to || !want && moved.Status != from {
				t.Errorf("%q to %q ended as %q", from, to, moved.Status)
			} else if !want && !errors.Is(err, ErrMove) {
				t.Errorf("%q to %q gave %v, which is not ErrMove", from, to, err)
			}
		}
	}
}

func TestFourEyesNeedASecondPerson(t *testing.T) {
	a := Article{ID: "a", Language: English, Question: "Q?", Answer: "A.", Status: StatusDraft, SavedBy: "Ed"}
	if _, err := a.Move(StatusPublished, "Ana", true); !errors.Is(err, ErrFourEyes) {
		t.Errorf("publishing without a review gave %v", err)
	}
	a, err := a.Move(StatusInReview, "Ed", true)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := a.Move(StatusPublished, "Ed", true); !errors.Is(err, ErrFourEyes) {
		t.Errorf("publishing one's own revision gave %v", err)
	}
	if a, err = a.Move(StatusPublished, "Ana", true); err != nil || a.Status != StatusPublished {
		t.Errorf("a second person's publishing gave %v, %v", a.Status, err)
	}
}

func TestABrokenArticleIsNotSentToReview(t *testing.T) {
	a := Article{ID: "a", Language: English, Question: "Q?", Status: StatusDraft}
	if _, err := a.Move(StatusInReview, "Ed", false); !errors.Is(err, ErrInvalid) {
		t.Errorf("an article without an answer gave %v", err)
	}
	if _, err := a.Move(StatusRetired, "Ed", false); err != nil {
		t.Errorf("it cannot be set aside: %v", err)
	}
}
