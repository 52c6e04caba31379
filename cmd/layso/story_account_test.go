package main

import "testing"

// ownAccount: a clerk finds her own page from her name, signs another browser out, and changes her PIN; an admin sees who
// is signed in and signs out whoever forgot to.
func ownAccount(t *testing.T, b *chromium) {
	h := startDemo(t)
	elsewhere := h.clerk(t, "clerk1")
	c := b.open(t, h.base, "/counter", counterSize)
	c.signIn("clerk1", demoPIN)
	c.see("#choices .card")
	c.touch("#me")
	c.wait(`document.querySelectorAll("#sessions tbody tr").length === 2`)
	c.both("account", c.switchTo)
	eval[bool](c, `document.querySelector("#sessions").scrollIntoView({ block: "center" }) === undefined`)
	c.look("account-sessions")
	c.touch(`[data-tool="end-session"]`)
	c.see(`dialog[data-dialog="end-session"]`)
	c.check("account-end")
	c.touch(`dialog [data-action="confirm"]`)
	c.wait(`document.querySelectorAll("#sessions tbody tr").length === 1`)
	if status, _ := elsewhere.call("GET", "/api/waiting", nil); status != 401 {
		t.Errorf("the other browser still works: %d", status)
	}

	c.fill("#pin-old", demoPIN)
	c.fill("#pin-new", "493817")
	c.fill("#pin-again", "493871")
	c.touch("#pin-save")
	c.read("#pin-error", "không giống nhau")
	c.expect("401|422")
	c.fill("#pin-again", "493817")
	c.fill("#pin-old", "111112")
	c.touch("#pin-save")
	c.read("#pin-error", "hiện nay chưa đúng")
	c.check("account-wrong")
	c.fill("#pin-old", demoPIN)
	c.fill("#pin-new", "123456")
	c.fill("#pin-again", "123456")
	c.touch("#pin-save")
	c.read("#pin-error", "dễ đoán")
	c.fill("#pin-new", "493817")
	c.fill("#pin-again", "493817")
	c.touch("#pin-save")
	c.read("#pin-done", "Đã đổi")
	c.look("account-done")
	c.touch("#sign-out")
	c.see("#signin-form")
	c.signIn("clerk1", "493817")
	c.see("#pin-form")

	a := b.open(t, h.base, "/admin#users", counterSize)
	a.signIn("admin", demoPIN)
	a.see(`#session-list [data-user="clerk1"]`)
	eval[bool](a, `document.querySelector("#session-list").scrollIntoView({ block: "center" }) === undefined`)
	a.both("admin-sessions", a.switchTo)
	eval[bool](a, `document.querySelector('[data-user="clerk1"] [data-tool="end-session"]').click() === undefined`) // the list may just be drawn anew
	a.touch(`dialog [data-reason="quên đăng xuất"]`)
	a.touch(`dialog [data-action="confirm"]`)
	a.wait(`!document.querySelector('#session-list [data-user="clerk1"]') && document.querySelector("#session-list table")`)
	c.visit("/account")
	c.see("#signin-form")
}
