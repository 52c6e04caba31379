package main

import (
	"bytes"
	"encoding/base64"
	"image"
	"image/color"
	"image/jpeg"
	"strings"
	"testing"
	"time"
)

// poster is a photo of a sky over a field, as a JPEG in base64.
func poster(t *testing.T) string {
	t.Helper()
	p := image.NewRGBA(image.Rect(0, 0, 1200, 800))
	for y := range 800 {
		for x := range 1200 {
			c := color.RGBA{uint8(90 + y/8), uint8(150 + y/16), 230, 255}
			if y > 500+x/12 {
				c = color.RGBA{uint8(60 + x/16), 140, 60, 255}
			}
			p.Set(x, y, c)
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, p, &jpeg.Options{Quality: 70}); err != nil {
		t.Fatal(err)
	}
	return base64.StdEncoding.EncodeToString(b.Bytes())
}

// unposted takes away what the demo's hall publishes.
func unposted(s map[string]any) {
	delete(s, "notices")
	for _, x := range s["services"].([]any) {
		delete(x.(map[string]any), "procedure")
	}
}

// posted gives the hall a notice with a picture, one in two languages, and a procedure.
func posted(t *testing.T) func(map[string]any) {
	return func(s map[string]any) {
		unposted(s)
		s["notices"] = []any{
			map[string]any{
				"title": map[string]any{"vi": "Cấp đổi thẻ căn cước lưu động tại tổ dân phố 5"}, "picture": poster(t),
				"lines": map[string]any{"vi": []string{"Thứ Bảy, 28/11, từ 7 giờ 30 đến 11 giờ, tại Nhà văn hóa tổ 5.", "Mang theo giấy tờ tùy thân đang có."}},
			},
			map[string]any{
				"title": map[string]any{"vi": "Nộp hồ sơ trực tuyến", "en": "Apply online"},
				"lines": map[string]any{"vi": []string{"Cổng Dịch vụ công quốc gia: dichvucong.gov.vn", "Không phải xếp hàng, nộp được ngoài giờ."}, "en": []string{"National Public Service Portal: dichvucong.gov.vn"}},
			},
		}
		edit(s, "services", "dat-dai")["procedure"] = map[string]any{
			"papers": map[string]any{"vi": []string{
				"Đơn đăng ký, cấp giấy chứng nhận quyền sử dụng đất (mẫu số 04/ĐK)", "Bản sao một trong các giấy tờ về quyền sử dụng đất",
				"Sơ đồ nhà ở, công trình xây dựng (nếu có)", "Chứng từ nộp thuế, giấy tờ miễn giảm nghĩa vụ tài chính (nếu có)", "Căn cước công dân, mang bản chính để đối chiếu",
			}},
			"time": map[string]any{"vi": "20 ngày làm việc kể từ ngày nhận đủ hồ sơ hợp lệ"}, "fee": map[string]any{"vi": "100.000 đồng một giấy"},
		}
	}
}

// noticesOnTheTV: while nobody is called, notices and procedures follow one another, and a call takes over at once.
func noticesOnTheTV(t *testing.T, b *chromium) {
	h := startDemo(t)
	h.change(t, posted(t))
	c := h.clerk(t, "manager")
	c.take("dat-dai", 9)
	c.must("POST", "/api/counters/1/open", nil)
	c.must("POST", "/api/counters/1/next", nil)
	tv := b.open(t, h.base, "/display?sound=off", tvSize)
	tv.see(`#stage:not([data-number=""])`)
	if eval[string](tv, "document.body.dataset.notice") != "false" {
		t.Error("a notice hides the call of a moment ago")
	}
	tv.pass(31 * time.Second)
	titles := map[string]bool{}
	for _, look := range []struct{ state, selector string }{
		{"notice", `#notice[data-kind="notice"][data-picture="true"]`}, {"notice-en", `#notice[data-kind="notice"][lang="en"]`}, {"procedure", `#notice[data-kind="procedure"]`},
	} {
		tv.turnTo(look.selector)
		tv.wait(`document.querySelector("#notice[data-picture=false]") !== null || document.querySelector("#notice-picture").naturalWidth === 1200`)
		titles[eval[string](tv, `document.querySelector("#notice-title").innerText`)] = true
		tv.onEachTV("tv-"+look.state, func(screen string) {
			if !eval[bool](tv, `document.querySelector("#calls .row").getClientRects().length > 0 && document.querySelector("#strip").getClientRects().length > 0`) {
				t.Errorf("%s: the last calls are hidden by a %s", screen, look.state)
			}
		})
	}
	if len(titles) != 3 {
		t.Errorf("the titles were %v", titles)
	}
	c.next()
	tv.see(`#stage[data-fresh="true"]`)
	tv.wait(`document.body.dataset.notice === "false" && document.querySelector("#call").getClientRects().length > 0`)
}

// turnTo lets the TV's turns pass until this is shown.
func (d *screen) turnTo(selector string) {
	d.t.Helper()
	for range 20 {
		if eval[bool](d, `document.body.dataset.notice === "true" && document.querySelector(`+"`"+selector+"`"+`) !== null`) {
			return
		}
		turn := eval[string](d, `document.querySelector("#strip").dataset.turn`)
		d.pass(9 * time.Second)
		d.wait(`document.querySelector("#strip").dataset.turn !== "` + turn + `"`)
	}
	d.t.Fatalf("%s was never shown", selector)
}

// adminPublishes: a notice with a picture and a procedure are written on the admin page, corrected, and
// stand on the TV.
func adminPublishes(t *testing.T, b *chromium) {
	h := startDemo(t)
	h.change(t, unposted)
	tv := b.open(t, h.base, "/display?sound=off", tvSize)
	admin := b.open(t, h.base, "/admin#notices", counterSize)
	admin.signIn("admin", demoPIN)
	admin.touch(`[data-add="notices"]`)
	admin.fill("#f-notices-0-lines-vi", "Phòng một\n\n  Phòng hai  ")
	admin.touch("#save")
	admin.expect("422")
	admin.read(`[data-field="notices[0].title.vi"] .error`, "Không được để trống")
	admin.fill("#f-notices-0-title-vi", "Lịch tiếp công dân")
	admin.upload("#f-notices-0-picture", `new Blob([Uint8Array.from(atob("`+poster(t)+`"), (c) => c.charCodeAt(0))], { type: "image/jpeg" })`)
	admin.see(`[data-field="notices[0].picture"] .crest`)
	admin.both("admin-notices", admin.switchTo)
	admin.touch(`[data-go="services"]`)
	admin.touch(`[data-more="ho-tich"] summary`)
	admin.fill("#f-services-1-procedure-papers-vi", "Tờ khai đăng ký khai sinh\nGiấy chứng sinh")
	admin.fill("#f-services-1-procedure-time-vi", "Trong ngày")
	admin.read(`[data-more="ho-tich"] summary`, "thủ tục công khai trên màn hình$")
	admin.read(`[data-more="dat-dai"] summary`, "chưa công khai thủ tục$")
	admin.both("admin-procedure", admin.switchTo)
	admin.touch("#save")
	admin.read("#said", "Đã lưu")
	saved := h.clerk(t, "admin").must("GET", "/api/setup", nil)["setup"].(map[string]any)
	notice := saved["notices"].([]any)[0].(map[string]any)
	if lines := notice["lines"].(map[string]any)["vi"].([]any); len(lines) != 2 || lines[1] != "Phòng hai" {
		t.Errorf("the lines are %v", lines)
	}
	if size := len(notice["picture"].(string)); size == 0 || size > 128<<10 {
		t.Errorf("the picture has %d characters", size)
	}
	if _, has := edit(saved, "services", "dat-dai")["procedure"]; has {
		t.Error("a service without a procedure got an empty one")
	}
	tv.pass(31 * time.Second)
	tv.turnTo(`#notice[data-kind="notice"]`)
	tv.read("#notice-title", "Lịch tiếp công dân")
	tv.tv("tv-notice-nobody-called")
	tv.turnTo(`#notice[data-kind="procedure"]`)
	tv.read("#notice-lines", "Tờ khai đăng ký khai sinh[^]*Giấy chứng sinh")
	if text := eval[string](tv, `document.querySelector("#notice").innerText`); !strings.Contains(text, "Trong ngày") || strings.Contains(text, "Lệ phí") {
		t.Errorf("the procedure says %q", text)
	}
}
