package main

import (
	"testing"
	"time"

	"layso/kiosk"
)

// phoneIsLive follows a ticket through its states on the phone, without a reload.
func phoneIsLive(t *testing.T, b *chromium) {
	h := startDemo(t)
	clerk := h.clerk(t, "clerk1")
	tickets := clerk.take("dat-dai", 4)
	phone := b.open(t, h.base, "/t/"+tickets[3]["token"].(string), phoneSize)
	phone.read("#number", "^A004$")
	phone.read("#ahead", "3 người")
	phone.check("phone-waiting")
	clerk.must("POST", "/api/tickets/"+tickets[0]["token"].(string)+"/cancel", nil)
	phone.read("#ahead", "2 người")
	phone.read("#state-hint", "Sắp đến lượt")
	clerk.must("POST", "/api/counters/2/open", nil)
	clerk.must("POST", "/api/counters/2/call", map[string]any{"token": tickets[3]["token"], "reason": "Đã hẹn giờ"})
	phone.see(`#ticket[data-state="called"]`)
	phone.read("#counter", "Quầy 2")
	clerk.must("POST", "/api/counters/2/recall", nil)
	phone.read("#state-hint", "lần 2")
	clerk.must("POST", "/api/counters/2/hold", map[string]any{"reason": "Bổ sung giấy tờ"})
	phone.see(`#ticket[data-state="held"]`)
	phone.check("phone-held")
	clerk.must("POST", "/api/counters/2/call", map[string]any{"token": tickets[3]["token"]})
	phone.see(`#ticket[data-state="called"]`)
	clerk.must("POST", "/api/counters/2/no-show", nil)
	phone.see(`#ticket[data-state="no_show"]`)
	phone.check("phone-no-show")

	other := b.open(t, h.base, "/t/"+tickets[2]["token"].(string), phoneSize)
	other.touch("#cancel")
	other.read("#confirm-text", "Hủy số A003")
	other.wait(`document.querySelector("#confirm").getBoundingClientRect().bottom <= innerHeight`)
	other.check("phone-confirm")
	other.touch("#cancel-no")
	other.touch("#cancel")
	other.touch("#cancel-yes")
	other.see(`#ticket[data-state="cancelled"]`)
	other.check("phone-cancelled")
	if n := clerk.hall().waiting(); n != 1 {
		t.Errorf("%d wait, want A002 alone", n)
	}
}

// phoneUnknownAndExpired: what the QR of nothing, and of yesterday's ticket, leads to.
func phoneUnknownAndExpired(t *testing.T, b *chromium) {
	data := t.TempDir()
	token := takeYesterday(t, data)
	h := startHere(t, "demo", "--listen", "127.0.0.1:0", "--data", data)
	h.clerk(t, "clerk1").take("dat-dai", 1) // Opens the new day.
	phone := b.open(t, h.base, "/t/"+token, phoneSize)
	phone.expect("410")
	phone.read("#message-title", "hết hiệu lực")
	phone.check("phone-expired")
	phone.expect("404")
	phone.visit("/t/AAAAAAAAAAAAAAAAAAAAAA")
	phone.read("#message-title", "Không tìm thấy")
	phone.check("phone-unknown")
}

// takeYesterday leaves the demo's hall as it was yesterday, with one ticket, and gives its token.
func takeYesterday(t *testing.T, data string) string {
	t.Helper()
	token := kiosk.NewToken()
	leave(t, data, 24*time.Hour, kiosk.Take{Service: "dat-dai", Lang: "vi", Token: token, Device: "kiosk", By: "device:kiosk"})
	return token
}
