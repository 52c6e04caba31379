package main

import (
	"encoding/base64"
	"fmt"
	"testing"
)

// upload gives a file to the page's file field, made there by an expression that gives a Blob or a
// promise of one.
func (d *screen) upload(selector, blob string) {
	d.t.Helper()
	eval[bool](d, fmt.Sprintf(`(Promise.resolve(%s).then((blob) => {
		const files = new DataTransfer();
		files.items.add(new File([blob], "crest", { type: blob.type }));
		const field = document.querySelector(%q);
		field.files = files.files;
		field.dispatchEvent(new Event("change"));
	}), true)`, blob, selector))
}

const (
	// sign is a crest as an office may have it: a drawing.
	sign = `new Blob([` + "`" + `<svg xmlns="http://www.w3.org/2000/svg" width="400" height="400"><circle cx="200" cy="200" r="196" fill="#da251d" stroke="#000" stroke-width="8"/>
		<path d="M200 60 L234 160 L340 160 L254 222 L286 324 L200 262 L114 324 L146 222 L60 160 L166 160 Z" fill="#ffcd00"/></svg>` + "`" + `], { type: "image/svg+xml" })`
	// photo is a picture that no PNG of its size keeps under 32 KiB.
	photo = `(() => {
		const canvas = Object.assign(document.createElement("canvas"), { width: 1600, height: 1200 });
		const pen = canvas.getContext("2d"), dots = pen.createImageData(1600, 1200);
		for (let i = 0; i < dots.data.length; i++) dots.data[i] = i % 4 === 3 ? 255 : (i * 2654435761 >>> 7) & 255;
		pen.putImageData(dots, 0, 0);
		return new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.95));
	})()`
)

// adminSeesThePaper: the office's texts and crest are on the picture of the paper before they are saved,
// for each kind of paper, and on the next ticket afterwards.
func adminSeesThePaper(t *testing.T, b *chromium) {
	h := startDemo(t)
	c := h.clerk(t, "admin")
	admin := b.open(t, h.base, "/admin#paper", counterSize)
	admin.signIn("admin", demoPIN)
	admin.wait(`document.querySelector("#preview").dataset.state === "now"`)
	admin.check("admin-paper-plain")
	changed := func() { // waits for another picture than the last time
		t.Helper()
		admin.wait(`((p) => p.dataset.state === "now" && p.src !== window.seen)(document.querySelector("#preview"))`)
		eval[bool](admin, `Boolean(window.seen = document.querySelector("#preview").src)`)
	}
	changed()

	admin.fill("#f-paper-head-vi", "Số 12 đường Trần Phú · Đường dây nóng 0290 1022")
	changed()
	admin.fill("#f-paper-foot-vi", "Vui lòng chuẩn bị sẵn thẻ căn cước.")
	admin.fill("#f-paper-foot-en", "Please have your identity card ready.")
	changed()
	admin.upload("#f-paper-crest", sign)
	admin.see(".crest")
	changed()
	for _, mark := range []string{"priority", "booked", "route"} {
		admin.touch(`.check:has([data-mark="` + mark + `"])`)
		changed()
	}
	admin.check("admin-paper")
	admin.touch(`[data-look="lang-en"]`)
	changed()
	admin.touch(`[data-look="width-58"]`)
	changed()
	admin.check("admin-paper-58")
	admin.touch(`[data-look="width-80"]`)
	changed()
	admin.touch(`[data-look="kind-closing"]`)
	changed()
	admin.check("admin-paper-closing")
	admin.touch(`[data-look="kind-test"]`)
	changed()

	admin.upload("#f-paper-crest", `new Blob(["no picture"], { type: "image/png" })`)
	admin.see(`[data-field="paper.crest"] .error`)
	admin.see(".crest")
	admin.upload("#f-paper-crest", photo)
	changed()
	admin.touch("#save")
	admin.read("#said", "Đã lưu")
	saved := c.must("GET", "/api/setup", nil)["setup"].(map[string]any)["paper"].(map[string]any)
	if head := saved["head"].(map[string]any)["vi"]; head != "Số 12 đường Trần Phú · Đường dây nóng 0290 1022" {
		t.Errorf("saved the head %q", head)
	}
	if crest, err := base64.StdEncoding.DecodeString(saved["crest"].(string)); err != nil || len(crest) == 0 || len(crest) > 32<<10 {
		t.Errorf("saved a crest of %d bytes, %v", len(crest), err)
	}

	admin.touch(`.lang [data-lang="en"]`)
	admin.wait(`document.querySelector("#preview").dataset.state === "now"`)
	admin.check("admin-paper-en")
	admin.touch(`[data-tool="no-crest"]`)
	admin.wait(`document.querySelector(".crest").hidden && document.body.dataset.dirty === "true"`)
	changed()
	admin.touch("#save") // Nobody leaves the page with something unsaved.
	admin.wait(`document.body.dataset.dirty === "false"`)
}
