package kiosk

import "slices"

// RatingReason is something that a citizen may say beside the stars of a rating.
type RatingReason struct {
	Code string // stands in [Event.Reasons]
	Text Text
	Good bool // it is offered beside four and five stars, the others beside fewer
}

// OtherReason stands in the log for words that are no code of ours: what somebody typed freely could name
// a person, and a rating is tied to ticket and counter alone.
const OtherReason = "other"

// ratingReasons are fixed, so that a half-year's reasons can be counted. What was recorded once keeps its code.
var ratingReasons = []RatingReason{
	{"quick", Text{VI: "Nhanh", EN: "Quick"}, true},
	{"helpful", Text{VI: "Tận tình", EN: "Helpful"}, true},
	{"clear", Text{VI: "Hướng dẫn rõ", EN: "Clear guidance"}, true},
	{"tidy", Text{VI: "Gọn gàng, sạch sẽ", EN: "Clean and tidy"}, true},
	{"long_wait", Text{VI: "Chờ lâu", EN: "Long wait"}, false},
	{"unfriendly", Text{VI: "Thái độ chưa tốt", EN: "Unfriendly"}, false},
	{"unclear", Text{VI: "Hướng dẫn chưa rõ", EN: "Unclear guidance"}, false},
	{"many_trips", Text{VI: "Phải đi lại nhiều", EN: "Too many trips"}, false},
}

// RatingReasons gives the reasons in the order in which they are offered, without [OtherReason].
func RatingReasons() []RatingReason { return slices.Clone(ratingReasons) }

// ReasonCode gives the code of a rating's reason: of a code itself, of one of its words in Vietnamese, which older
// layso recorded, and [OtherReason] for anything else.
func ReasonCode(reason string) string {
	for _, r := range ratingReasons {
		if reason == r.Code || reason == r.Text.VI {
			return r.Code
		}
	}
	return OtherReason
}

// ReasonText gives the words of a reason as it stands in an event, for a report.
func ReasonText(reason string) Text {
	code := ReasonCode(reason)
	for _, r := range ratingReasons {
		if r.Code == code {
			return r.Text
		}
	}
	return Text{VI: "Lý do khác", EN: "Other"}
}
