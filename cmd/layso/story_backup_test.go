package main

import (
	"encoding/json"
	"io"
	"testing"
)

// adminRestores: a backup is made and stands in the list; restored, the server starts anew by itself, the page comes back,
// and what was there before is a backup, too, which can be deleted.
func adminRestores(t *testing.T, b *chromium) {
	h := startDemo(t)
	admin := h.clerk(t, "admin")
	admin.take("dat-dai", 2)
	m := b.open(t, h.base, "/admin#backups", counterSize)
	m.signIn("admin", demoPIN)
	m.see("#backup-list .soft")
	m.touch(`[data-tool="backup"]`)
	m.see(`#backup-list tr[data-kind="hand"]`)
	m.read("#backup-said", "Đã sao lưu: hand-")
	admin.take("dat-dai", 3)
	m.both("admin-backups", m.switchTo)
	m.expect("422")
	m.upload("#backup-file", `new Blob(["no backup"])`)
	m.see(`#backup-said[data-kind="bad"]`)
	m.touch(`[data-tool="restore"]`)
	m.read("dialog", `\d+ sự kiện`)
	m.fill("#restore-reason", "Nhập nhầm dữ liệu")
	m.check("admin-restore")
	m.expect("WebSocket|ERR_CONNECTION|ERR_EMPTY|Failed to load resource|40[13]|ERR_INCOMPLETE|net::")
	m.touch(`dialog [data-action="confirm"]`)
	m.see("#panel-loading")
	m.wait(`document.body.dataset.view === "signin" || document.querySelector('tr[data-kind="before-restore"]')`)
	if eval[string](m, `document.body.dataset.view`) == "signin" {
		m.signIn("admin", demoPIN)
	}
	m.see(`tr[data-kind="before-restore"]`)
	if n := admin.hall().waiting(); n != 2 {
		t.Errorf("%d wait after the restore, want 2", n)
	}
	m.look("admin-restored")
	m.touch(`tr[data-kind="before-restore"] [data-tool="delete"]`)
	m.fill("#delete-reason", "Không cần nữa")
	m.check("admin-backup-delete")
	m.touch(`dialog [data-action="confirm"]`)
	m.read("#backup-said", "Đã xóa: before-restore-")
	m.wait(`!document.querySelector('tr[data-kind="before-restore"], tr[data-kind="hand"] [data-tool="delete"]')`) // the one known to be right stays
}

// text gets a file.
func (c *client) text(path string) string {
	c.t.Helper()
	answer, err := c.http.Get(c.base + path)
	if err != nil {
		c.t.Fatal(err)
	}
	defer answer.Body.Close()
	raw, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != 200 {
		c.t.Fatalf("%s: %d %v", path, answer.StatusCode, err)
	}
	return string(raw)
}

func quoteJS(text string) string {
	raw, _ := json.Marshal(text) // of a string: can't fail
	return string(raw)
}
