package main

import (
	"strings"
	"testing"
)

// adminTakesBack: what was saved stands in the list with its reason, in plain words; one change is taken back while a
// later one stays; the settings go out as a file and come back edited, with a look at what that changes.
func adminTakesBack(t *testing.T, b *chromium) {
	h := startDemo(t)
	m := b.open(t, h.base, "/admin", counterSize)
	m.signIn("admin", demoPIN)
	m.touch(`[data-go="services"]`)
	m.fill("#f-services-0-quota", "120")
	m.touch(`[data-go="users"]`)
	m.fill("#f-users-0-name", "Vũ Thị Hạnh")
	m.see("#why")
	m.fill("#save-reason", "Theo thông báo số 12")
	m.check("admin-reason")
	m.touch("#save")
	m.wait(`document.body.dataset.dirty === "false"`)
	m.touch(`[data-go="services"]`)
	m.fill("#f-services-1-name-vi", "Hộ tịch, hộ khẩu")
	m.touch("#save")
	m.wait(`document.body.dataset.dirty === "false"`)

	m.touch(`[data-go="changes"]`)
	m.read("#change-list li:nth-child(1)", `Lĩnh vực Hộ tịch: tên tiếng Việt “Hộ tịch” → “Hộ tịch, hộ khẩu”`)
	m.read("#change-list li:nth-child(2)", `Theo thông báo số 12`)
	m.read("#change-list li:nth-child(2)", `Lĩnh vực Đất đai: hạn mức không hạn chế → 120`)
	m.touch(`#change-list > li:nth-child(2) [data-tool="undo"]`)
	m.read("dialog", "hạn mức 120 → không hạn chế")
	m.fill("#undo-reason", "Nhầm năm")
	m.check("admin-undo")
	m.touch(`dialog [data-action="confirm"]`)
	m.see(`#changes-said[data-kind="ok"]`)
	m.read("#change-list > li:nth-child(1)", "Hoàn tác thay đổi lúc")
	m.both("admin-changes", m.switchTo)
	if got := eval[string](m, `document.querySelector("#f-services-1-name-vi").value + document.querySelector("#f-services-0-quota").value`); got != "Hộ tịch, hộ khẩu" {
		t.Errorf("after it was taken back: %q", got)
	}

	file := h.clerk(t, "admin").text("/api/setup.yaml")
	m.expect("422")
	m.upload("#hall-file", blobOf(strings.Replace(file, "prefix: A\n", "prefix: a1\n    colour: red\n", 1)))
	m.read("#file-faults", `Dòng \d+: services\[0\].colour: Không có mục này`)
	m.look("admin-file-bad")
	m.upload("#hall-file", blobOf(strings.Replace(file, "time_zone:", "book_days: 7\ntime_zone:", 1)))
	m.read("#file-offer", "Số ngày được hẹn trước 14 → 7")
	m.check("admin-file")
	m.touch(`[data-tool="import"]`)
	m.read("#changes-said", "Đã nhập tệp")
	m.read("#change-list > li:nth-child(1)", "Số ngày được hẹn trước")
	m.visit("/manager#log")
	m.read(`#entries [data-type="hall.changed"] [href="/admin#changes"]`, "thay đổi cài đặt")
	m.check("manager-log-changed")
}

// blobOf is an expression that gives a file of this text.
func blobOf(text string) string {
	return "new Blob([" + quoteJS(text) + `], { type: "application/yaml" })`
}
