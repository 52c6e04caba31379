package kiosk_test

import (
	"testing"

	"layso/kiosk"
)

// Every reason is found by its code and by what older layso recorded; whatever else somebody sends is not kept.
func TestReasonsOfRatings(t *testing.T) {
	seen := map[string]bool{kiosk.OtherReason: true}
	for _, r := range kiosk.RatingReasons() {
		if seen[r.Code] || seen[r.Text.VI] || r.Text.VI == "" || r.Text.EN == "" {
			t.Errorf("%+v stands twice or has no words", r)
		}
		seen[r.Code], seen[r.Text.VI] = true, true
		if a, b := kiosk.ReasonCode(r.Code), kiosk.ReasonCode(r.Text.VI); a != r.Code || b != r.Code {
			t.Errorf("%s is %s by its code and %s by its words", r.Code, a, b)
		}
		if got := kiosk.ReasonText(r.Text.VI); got != r.Text {
			t.Errorf("%s: %v", r.Text.VI, got)
		}
	}
	for _, other := range []string{"", "other", "cô Hoa ở quầy 3", "QUICK"} {
		if got := kiosk.ReasonCode(other); got != kiosk.OtherReason {
			t.Errorf("%q: %s", other, got)
		}
		if got := kiosk.ReasonText(other).VI; got != "Lý do khác" {
			t.Errorf("%q: %s", other, got)
		}
	}
}
