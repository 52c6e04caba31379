package main

import "testing"

// phoneNumberWithConsent: a clerk keeps a phone number for a ticket on hold, not before the citizen has agreed, sees it again, and erases it.
func phoneNumberWithConsent(t *testing.T, b *chromium) {
	h := startDemo(t)
	token := h.clerk(t, "clerk2").take("dat-dai", 1)[0]["token"].(string)
	c := b.open(t, h.base, "/counter", counterSize)
	c.signIn("clerk1", demoPIN)
	c.touch(`[data-action="open"][data-counter="1"]`)
	c.see("#rows li")
	open := func() {
		t.Helper()
		c.touch("#rows .open")
		c.touch(`dialog [data-action="contact"]`)
		c.see(`dialog[data-dialog="contact"]`)
	}
	c.expect("404|422")
	open()
	c.fill("#contact-phone", "0912 345 678")
	c.touch(`dialog [data-action="confirm"]`)
	c.read("dialog .error", "đánh dấu ô đồng ý")
	c.check("contact-no-consent")
	c.touch(`dialog .check`)
	c.touch(`dialog [data-action="confirm"]`)
	c.read("#notice", "Đã lưu")
	open()
	c.read("#contact-kept", "0912 345 678")
	c.check("contact-kept")
	c.touch(`dialog [data-action="erase"]`)
	c.read("#notice", "Đã xóa")
	if status, answer := h.clerk(t, "clerk2").call("GET", "/api/tickets/"+token+"/contact", nil); status != 404 || answer["code"] != "no_contact" {
		t.Errorf("after erasing: %d %v", status, answer)
	}
}
