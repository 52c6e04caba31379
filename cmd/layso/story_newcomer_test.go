package main

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// person counts what somebody does to a screen: what is touched, and what is typed.
type person struct {
	*screen
	touches, typed int
}

func (p *person) touch(selector string) {
	p.t.Helper()
	p.touches++
	p.screen.touch(selector)
}

func (p *person) fill(selector, text string) {
	p.t.Helper()
	p.typed++
	p.screen.fill(selector, text)
}

// newcomer: somebody who has read the README alone starts layso in an empty folder, opens the link that it prints, and
// describes a hall of his own: five services, three counters, two clerks, own hours. Then the first citizen takes a
// number, and the first clerk calls it.
func newcomer(t *testing.T, b *chromium) {
	p := startBare(t)
	began := time.Now()
	n := &person{screen: b.open(t, p.base, "/setup#"+p.code, counterSize)}
	n.tellsOfHimself()
	n.choosesServices()
	n.choosesCounters()
	n.namesClerks()
	n.setsHours()
	n.looksItOver()
	n.seesWhatComesNext()

	kiosk := b.open(t, p.base, "/kiosk", kioskSize)
	kiosk.read("#hall-name", "Một cửa phường Hòa Bình")
	kiosk.wait(`document.querySelectorAll(".tile").length === 5`)
	kiosk.touch(`.tile[data-service="tu-phap"]`)
	kiosk.touch("#ask-no")
	kiosk.read("#number", "^P001$")
	clerk := &person{screen: b.open(t, p.base, "/counter", counterSize)}
	clerk.signIn("tran-van-nam", "739152")
	clerk.touch(`[data-action="open"][data-counter="3"]`)
	clerk.touch("#next")
	clerk.read("#hand", "P001")
	t.Logf("from the link to the first call: %d touches and %d fields at the set-up, %d touches at the counter; a machine took %v",
		n.touches, n.typed, clerk.touches, time.Since(began).Round(time.Second))
	if n.touches > 40 || n.typed > 25 { // mistakes and a reload included
		t.Errorf("a newcomer touches %d times and types %d times: this is not ten minutes any more", n.touches, n.typed)
	}
}

// startBare starts a real layso without any file in an empty folder.
func startBare(t *testing.T) *process {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background()) // The test's own ends before its screens do.
	p := &process{Cmd: exec.CommandContext(ctx, self, "serve", "--data", "hall", "--listen", "127.0.0.1:0"), stderr: &bytes.Buffer{}}
	p.Dir, p.Stderr = t.TempDir(), p.stderr
	out, err := p.StdoutPipe()
	if err == nil {
		err = p.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cancel(); p.Wait() })
	if err := p.listen(out); err != nil || p.code == "" {
		t.Fatalf("no set-up link was printed: %v", err)
	}
	return p
}

// tellsOfHimself: the first step, with mistakes that are told in place; a reload loses nothing but the PINs.
func (n *person) tellsOfHimself() {
	n.t.Helper()
	n.wait(`!location.hash && document.activeElement.id === "setup-hall"`)
	n.both("setup-you", n.switchTo)
	n.fill("#setup-hall", "Một cửa phường Hòa Bình")
	n.fill("#setup-user_name", "Đặng Thị Thu")
	n.wait(`document.querySelector("#setup-user").value === "dang-thi-thu"`)
	n.fill("#setup-pin", "123456")
	n.fill("#setup-again", "123456")
	n.touch("#setup-submit")
	n.read("#setup-pin-error", "Dễ đoán quá")
	n.look("setup-you-wrong")
	n.fill("#setup-pin", "739150")
	n.fill("#setup-again", "739150")
	n.touch("#setup-submit")
}

// choosesServices: four of the common ones, one changed, and one of his own.
func (n *person) choosesServices() {
	n.t.Helper()
	n.read("#step-title", "làm việc gì")
	n.both("setup-services", n.switchTo)
	n.touch(`[data-service="3"] [data-tool="on"]`) // no business registration here
	n.touch(`[data-tool="add-service"]`)
	n.wait(`document.activeElement.id === "setup-services-10-name"`)
	n.fill("#setup-services-10-name", "Tư pháp")
	n.fill("#setup-services-10-prefix", "a")
	n.touch("#setup-submit")
	n.read("#setup-services-10-prefix-error", "Bị trùng")
	n.fill("#setup-services-10-prefix", "p")
	n.touch("#setup-submit")
}

// choosesCounters: a third counter; the first one does no land. He goes back and forth in between.
func (n *person) choosesCounters() {
	n.t.Helper()
	n.read("#step-title", "mấy quầy")
	n.touch("#more")
	n.read("#counter-count", "^3$")
	n.touch(`[data-counter="1"] input[data-service="0"]`)
	n.both("setup-counters", n.switchTo)
	n.touch("#setup-back")
	n.read("#step-title", "làm việc gì")
	n.touch("#setup-submit")
	n.wait(`document.querySelector('[data-counter="1"] input[data-service="0"]').checked === false`)
	n.touch("#setup-submit")
}

func (n *person) namesClerks() {
	n.t.Helper()
	n.read("#step-title", "Ai ngồi ở quầy")
	n.fill("#setup-people-0-name", "Lê Thị Hoa")
	n.fill("#setup-people-0-pin", "739151")
	n.touch(`[data-tool="add-person"]`)
	n.fill("#setup-people-1-name", "Trần Văn Nam")
	n.fill("#setup-people-1-pin", "739152")
	n.wait(`document.querySelector("#setup-people-1-user").value === "tran-van-nam"`)
	n.both("setup-people", n.switchTo)
	n.touch("#setup-submit")
}

// setsHours: the usual ones are there; this hall is open around the clock, so that the test may run at any time.
func (n *person) setsHours() {
	n.t.Helper()
	n.read("#step-title", "Giờ làm việc")
	n.wait(`document.querySelector("#setup-hours-mon").value === "07:30-11:30, 13:30-17:00"`)
	n.both("setup-hours", n.switchTo)
	n.fill("#setup-hours-sat", "khi nào rảnh")
	n.touch("#setup-submit")
	n.read("#setup-hours-sat-error", "07:30-11:30")
	for _, day := range []string{"mon", "sat", "sun"} {
		n.fill("#setup-hours-"+day, "0h-24h")
	}
	n.touch(`[data-tool="same-days"]`)
	n.touch("#setup-submit")
}

// looksItOver: everything in one look. A reload in the last moment costs the PINs alone, and nothing was saved yet.
func (n *person) looksItOver() {
	n.t.Helper()
	n.read(`[data-part="counters"]`, "Quầy 1: Hộ tịch, Chứng thực, Trả kết quả, Tư pháp")
	n.both("setup-finish", n.switchTo)
	n.visit("/setup")
	n.read("#setup-error", "Mã PIN không được lưu lại")
	if kept := eval[string](n.screen, "JSON.stringify(Object.values(sessionStorage))"); strings.Contains(kept, "739150") || strings.Contains(kept, "739151") {
		n.t.Errorf("a PIN was kept: %s", kept)
	}
	n.touch("#setup-submit")
	n.read("#step-title", "người quản trị")
	n.fill("#setup-pin", "739150")
	n.fill("#setup-again", "739150")
	for _, step := range []string{"services", "counters", "people"} {
		n.touch("#setup-submit")
		n.wait(`document.body.dataset.step === "` + step + `"`)
	}
	n.fill("#setup-people-0-pin", "739151")
	n.fill("#setup-people-1-pin", "739152")
	n.touch("#setup-submit")
	n.touch("#setup-submit")
	n.wait(`document.body.dataset.step === "finish"`)
	n.touch("#setup-submit")
}

// seesWhatComesNext: each device with its address, as text and as a QR code, and a code that pairs it.
func (n *person) seesWhatComesNext() {
	n.t.Helper()
	n.read("#setup-next h1", "Trung tâm đã sẵn sàng")
	n.wait(`[...document.images].every((i) => i.complete && i.naturalWidth > 0)`)
	n.both("setup-next", n.switchTo)
	n.touch(`[data-tool="code-kiosk"]`)
	n.see(`[data-card="kiosk"] [data-code]`)
	n.visit("/setup")
	n.read("#setup-next h1", "Trung tâm đã sẵn sàng")
	n.touch("#to-admin")
	n.wait(`location.pathname === "/admin" && document.body.dataset.view === "edit"`)
}
