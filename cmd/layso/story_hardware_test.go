package main

import (
	"context"
	"log/slog"
	"testing"

	"layso/configs"
	"layso/printer"
)

// startWired starts a hall like the demo's, with this hardware.
func startWired(t *testing.T, parts configs.Hardware) *running {
	t.Helper()
	setup, err := configs.Demo()
	if err != nil {
		t.Fatal(err)
	}
	h, err := open(settings{
		data: t.TempDir(), listen: "127.0.0.1:0", seed: setup, demo: true, loopbackIs: "kiosk", log: slog.New(slog.DiscardHandler),
		printers: []*printing{softwarePrinter("demo", printer.Profiles()["epson-80"])}, hardware: hardware{Hardware: parts},
	})
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- h.serve(ctx) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	if _, err := setPINs(h.web, setup, false); err != nil {
		t.Fatal(err)
	}
	return &running{t: t, base: h.baseURL}
}

// hardwareInTheCheck: a clerk reads on the morning check which button and which panel somebody has to come for.
func hardwareInTheCheck(t *testing.T, b *chromium) {
	solder(t, "TEST31")
	h := startWired(t, configs.Hardware{
		Buttons: []configs.Button{{Pin: "TEST31", Service: "dat-dai"}, {Pin: "NONE32", Service: "ho-tich"}},
		Lamps:   &configs.Lamps{Fault: "NONE33"},
		Panels:  []configs.Panel{{SPI: "NONE0.0", Counters: []string{"1", "2"}, Digits: 4}},
	})
	check := b.open(t, h.base, "/check", counterSize)
	check.signIn("clerk1", demoPIN)
	row := `[data-row="hardware"][data-level="bad"] `
	for _, says := range []string{`Không đọc được nút “Hộ tịch” \(NONE32\)`, "Bảng số của quầy 1, 2 không nhận dữ liệu", `Thiếu trên máy chủ: lamps.fault`} {
		check.read(row+".lines", says)
	}
	check.read(row+".todo", "layso hardware --config layso.yaml")
	check.wait(`!document.querySelector('[data-row="hardware"] .lines').innerText.includes("Đất đai")`)
	check.wait(`!document.querySelector('[data-row="kiosks"]')`) // The buttons stand in their place.
	check.wait(`document.querySelector('[data-row="hardware"]').scrollIntoView({block: "center"}) || true`)
	check.both("check-hardware", check.switchTo)
}
