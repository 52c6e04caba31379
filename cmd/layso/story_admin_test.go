package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// adminChangesTheHall: a new name and a new service appear at the kiosk by themselves; a PIN set
// on the page is the one that counts.
func adminChangesTheHall(t *testing.T, b *chromium) {
	h := startDemo(t)
	kiosk := b.open(t, h.base, "/kiosk", kioskSize)
	kiosk.wait(`document.querySelectorAll(".tile").length === 4`)
	admin := b.open(t, h.base, "/admin", counterSize)
	admin.signIn("admin", demoPIN)
	admin.fill("#f-name-vi", "Trung tâm hành chính công phường Bình Minh")
	admin.see("#unsaved")
	admin.touch(`[data-go="services"]`)
	admin.touch(`[data-add="services"]`)
	admin.fill("#f-services-4-name-vi", "Hộ kinh doanh")
	admin.fill("#f-services-4-name-en", "Business registration")
	admin.touch(`[data-go="counters"]`)
	admin.touch(`[data-entry-id="4"] [data-tool="serves-no"]`)
	admin.wait(`document.querySelectorAll('[data-entry-id="4"] [data-serves="none"]').length === 4`)
	admin.touch(`[data-entry-id="4"] [data-tool="serves-yes"]`)
	admin.check("admin-counters")
	admin.touch("#save")
	admin.see(`#said[data-kind="ok"]`)
	if four := h.clerk(t, "clerk1").must("GET", "/api/counters/4", nil); len(four["services"].([]any)) != 4 {
		t.Errorf("counter 4 was to serve everything: %v", four["services"])
	}
	kiosk.read("#hall-name", "Bình Minh")
	kiosk.read(`.tile[data-service="ho-kinh-doanh"]`, "Hộ kinh doanh")

	admin.touch(`[data-go="users"]`)
	admin.touch(`[data-tool="pin"][data-user="clerk2"]`)
	admin.fill("#new-pin", "482915")
	admin.fill("#new-pin-again", "482915")
	admin.touch(`dialog [data-action="confirm"]`)
	admin.wait(`!document.querySelector("dialog")`)
	c := h.client(t)
	if status, _ := c.call("POST", "/api/session", map[string]any{"user": "clerk2", "pin": demoPIN}); status != 401 {
		t.Errorf("the old PIN: %d, want 401", status)
	}
	if status, out := c.call("POST", "/api/session", map[string]any{"user": "clerk2", "pin": "482915"}); status != 200 {
		t.Errorf("the new PIN: %d %v, want 200", status, out)
	}

	admin.touch(`[data-go="services"]`)
	admin.fill("#f-services-4-prefix", "A")
	admin.expect("422")
	admin.touch("#save")
	admin.see(`[data-field="services[4].prefix"] .error, [data-field="services[0].prefix"] .error`)
	admin.check("admin-faults")
	admin.touch("#discard")
	admin.touch(`dialog [data-action="confirm"]`)
	admin.wait(`document.body.dataset.dirty === "false"`)
}

// exampleConfig is the example installation without what would leave this computer: its printer is
// the software one. This computer gets no rights, so that a kiosk has to be paired.
func exampleConfig(t *testing.T) (file string) {
	t.Helper()
	text, hall := readExample(t, "example.yaml"), readExample(t, "hall.example.yaml")
	for line, in := range map[string]string{
		`link: .*`:           `link: "software"`,
		`trust_loopback: .*`: `trust_loopback: none`,
		`public_url: .*`:     ``,
		`hosts: .*`:          ``,
	} {
		pattern := regexp.MustCompile(line)
		if !pattern.MatchString(text) {
			t.Fatalf("the example has no line %s", line)
		}
		text = pattern.ReplaceAllString(text, in)
	}
	folder := t.TempDir()
	for name, text := range map[string]string{"layso.yaml": text, "hall.example.yaml": hall} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return filepath.Join(folder, "layso.yaml")
}

func readExample(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile("../../configs/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// serveFromSetupToKiosk: the printed link makes the first admin, who opens the hall and makes a
// code; a fresh browser becomes the kiosk with it, and only then takes numbers.
func serveFromSetupToKiosk(t *testing.T, b *chromium) {
	h := startHere(t, "serve", "--config", exampleConfig(t), "--data", t.TempDir(), "--listen", "127.0.0.1:0")
	if h.code == "" {
		t.Fatal("no set-up link was printed")
	}
	admin := b.open(t, h.base, "/setup#"+h.code, counterSize)
	admin.wait(`!location.hash && document.activeElement.id === "setup-user_name" && document.querySelector("#setup-hall").value !== ""`)
	admin.fill("#setup-hall", "Bộ phận Một cửa phường Hòa Bình")
	admin.fill("#setup-user_name", "Đặng Thị Thu")
	admin.fill("#setup-pin", "739150")
	admin.fill("#setup-again", "739150")
	admin.touch("#setup-submit")
	admin.read("#step-title", "Ai ngồi ở quầy") // the file has described the rest
	admin.fill("#setup-people-1-pin", "739151")
	admin.check("setup-people-known")
	admin.touch("#setup-submit")
	admin.read(`[data-part="people"]`, "Cán bộ quầy 1")
	admin.touch("#setup-submit")
	admin.touch("#to-admin")
	admin.wait(`location.pathname === "/admin" && document.body.dataset.view === "edit"`)
	admin.read("#me", "Đặng Thị Thu")
	admin.touch(`[data-go="hours"]`)
	admin.touch(`[data-field="hours.always"] label`)
	admin.touch("#save")
	admin.see(`#said[data-kind="ok"]`)

	kiosk := b.open(t, h.base, "/kiosk", kioskSize)
	kiosk.expect("40[13]|WebSocket connection to .* Authentication failed")
	kiosk.see("#unpaired-title")
	kiosk.check("kiosk-unpaired")
	admin.touch(`[data-go="devices"]`)
	admin.fill("#device-name", "Máy lấy số cửa chính")
	admin.touch(`[data-tool="make-code"]`)
	code := await[string](admin, `document.querySelector("#code").dataset.code`)
	admin.check("admin-code")
	kiosk.touch("#pair")
	kiosk.wait(`document.activeElement.id === "pair-code"`)
	kiosk.check("pair")
	kiosk.expect("404|422|400")
	kiosk.fill("#pair-code", "AAA-AAA")
	kiosk.touch("#pair-submit")
	kiosk.see("#pair-error")
	kiosk.fill("#pair-code", strings.ToLower(code))
	kiosk.touch("#pair-submit")
	kiosk.read("#pair-done-text", "Máy lấy số cửa chính")
	kiosk.check("pair-done")
	kiosk.touch("#pair-go")
	kiosk.touch(`.tile[data-service="dat-dai"]`)
	kiosk.touch("#ask-no")
	kiosk.read("#number", "^A001$")
	kiosk.read("#hall-name", "Hòa Bình")
	admin.read("#device-list", "Máy lấy số cửa chính")
	device := eval[string](kiosk, `document.cookie`)
	if device != "" {
		t.Errorf("the page can read the device's cookie: %s", device)
	}
}
