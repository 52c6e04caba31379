package main

import (
	"path/filepath"
	"testing"
)

// morningCheck: before the doors open a clerk sees on one page what works and what to do: a new hall
// without a screen, then with all that it needs.
func morningCheck(t *testing.T, b *chromium) {
	h := startDemo(t)
	check := b.open(t, h.base, "/check", counterSize)
	check.see("#signin-form")
	check.check("check-signin")
	check.signIn("clerk1", demoPIN)
	check.see(`#verdict[data-level="bad"]`)
	check.read(`[data-row="displays"][data-level="bad"] .todo`, "Bật màn hình và mở "+h.base+"/display")
	check.read(`[data-row="backup"][data-level="warn"] .todo`, "Sao lưu ngay")
	check.see(`[data-row="clock"][data-level="ok"]`)
	check.see(`[data-row="disk"][data-level="ok"]`)
	check.see(`[data-row="printer-demo"][data-level="ok"]`)
	check.both("check-new", check.switchTo)

	check.touch(`[data-tool="play"]`)
	check.see(`[data-tool="heard"], [data-row="sound"][data-level="bad"]`) // This computer may have no sound at all.
	if eval[bool](check, `document.querySelector('[data-row="sound"]').dataset.level !== "bad"`) {
		check.touch(`[data-tool="not-heard"]`)
		check.read(`[data-row="sound"][data-level="bad"] .todo`, "Tăng âm lượng")
		check.touch(`[data-tool="play"]`)
		check.touch(`[data-tool="heard"]`)
		check.see(`[data-row="sound"][data-level="ok"]`)
	}

	tv := b.open(t, h.base, "/display", tvSize)
	tv.see("#welcome")
	check.read(`[data-row="voice"][data-level="bad"] .todo`, "Chạm vào nút “Bật âm thanh” trên màn hình gọi số")
	tv.touch("#sound")
	kiosk := b.open(t, h.base, "/kiosk", kioskSize)
	kiosk.see(".tile")
	if running, err := askBackup(t.Context(), h.data, filepath.Join(t.TempDir(), "copy.db")); !running || err != nil {
		t.Fatalf("backup: %v %v", running, err)
	}
	for _, row := range []string{"displays", "voice", "kiosks", "backup", "papers"} {
		check.see(`[data-row="` + row + `"][data-level="ok"]`)
	}
	check.visit("/check") // What was heard is remembered.
	check.see(`#verdict[data-level="ok"], [data-row="sound"][data-level="bad"]`)
	check.check("check-fine")
	phone := b.open(t, h.base, "/check", phoneSize)
	phone.signIn("clerk2", demoPIN)
	phone.see("#verdict")
	phone.both("check-phone", phone.switchTo)
}
