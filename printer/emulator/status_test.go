package emulator_test

import (
	"bytes"
	"net"
	"testing"
	"testing/synctest"

	"layso/printer/emulator"
	"layso/printer/escpos"
)

func TestFaultsInTheStatus(t *testing.T) {
	for fault, want := range map[emulator.Fault]escpos.Status{
		emulator.None:      {},
		emulator.PaperLow:  {PaperLow: true},
		emulator.PaperOut:  {Offline: true, PaperOut: true, PaperLow: true},
		emulator.CoverOpen: {Offline: true, CoverOpen: true},
		emulator.Cutter:    {Offline: true, Cutter: true, Error: true},
		emulator.Hot:       {Offline: true, Passing: true, Error: true},
		emulator.Fatal:     {Offline: true, Fatal: true, Error: true},
		emulator.Offline:   {Offline: true},
	} {
		p := emulator.New(emulator.Options{})
		p.SetFault(fault)
		c := connect(t, p)
		var got escpos.Status
		for n := 1; n <= escpos.Questions; n++ {
			got.Merge(n, ask(t, c, escpos.AppendAskNow(nil, n)))
		}
		if got != want || !fault.Valid() || p.Fault() != fault {
			t.Errorf("%q: %+v, want %+v", fault, got, want)
		}
	}
	if emulator.Fault("on fire").Valid() {
		t.Error("an unknown fault is valid")
	}
}

func TestFaultsThatItDoesNotTell(t *testing.T) {
	for fault, c := range map[emulator.Fault]struct {
		papers []int
		says   []byte
	}{
		emulator.None:    {[]int{jobRows}, []byte{0, 0x12}},
		emulator.Silent:  {[]int{jobRows}, nil},
		emulator.Swallow: {nil, nil},
		emulator.Garbage: {[]int{jobRows}, []byte{0xc8, 0xff, 0x9b, 0xe1, 0x80, 0xfd, 0xb5, 0xc8}},
	} {
		broken(t, emulator.Options{}, func(t *testing.T, p *emulator.Printer, wire net.Conn) {
			p.SetFault(fault)
			send(t, wire, escpos.AppendAskNow(escpos.AppendAskPaper(job(200)), 1))
			if said := hears(wire); !bytes.Equal(said, c.says) {
				t.Errorf("%q: it says % x, want % x", fault, said, c.says)
			}
			wants(t, p, c.papers...)
		})
	}
}

func TestTellsByItselfWhatChanges(t *testing.T) {
	broken(t, emulator.Options{}, func(t *testing.T, p *emulator.Printer, c net.Conn) {
		send(t, c, []byte{escpos.GS, 'a', 0x0e})
		if said := hears(c); !bytes.Equal(said, []byte{0x10, 0, 0, 0}) {
			t.Errorf("at once it says % x", said)
		}
		for _, x := range []struct {
			fault emulator.Fault
			want  []byte
		}{
			{emulator.PaperLow, []byte{0x10, 0, 0x03, 0}},
			{emulator.PaperOut, []byte{0x18, 0, 0x0f, 0}},
			{emulator.PaperOut, nil},
			{emulator.CoverOpen, []byte{0x38, 0, 0, 0}},
			{emulator.Cutter, []byte{0x18, 0x08, 0, 0}},
			{emulator.Hot, []byte{0x18, 0x40, 0, 0}},
			{emulator.Offline, []byte{0x58, 0, 0, 0}},
			{emulator.None, []byte{0x10, 0, 0, 0}},
		} {
			p.SetFault(x.fault)
			if said := hears(c); !bytes.Equal(said, x.want) {
				t.Errorf("%q: it says % x, want % x", x.fault, said, x.want)
			}
		}
		send(t, c, escpos.AppendInit(nil))
		synctest.Wait()
		p.SetFault(emulator.PaperLow)
		if said := hears(c); len(said) > 0 {
			t.Errorf("after ESC @ it says % x", said)
		}
	})
}
