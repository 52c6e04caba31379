package emulator_test

import (
	"bytes"
	"errors"
	"net"
	"os"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"layso/printer/emulator"
	"layso/printer/escpos"
)

var (
	processID = []byte{escpos.GS, '(', 'H', 6, 0, 0x30, 0x30, '0', '0', '4', '2'}
	cutESCi   = []byte{escpos.ESC, 'i'}
)

func TestWhatPrintersLack(t *testing.T) {
	for _, c := range []struct {
		options emulator.Options
		sent    []byte
		says    string // empty: it is an error
	}{
		{emulator.Options{}, processID, "\x37\x220042\x00"},
		{emulator.Options{NoProcessID: true}, processID, ""},
		{emulator.Options{}, clearBuffers, "\x37\x25\x00"},
		{emulator.Options{NoClear: true}, clearBuffers, ""},
		{emulator.Options{Cut: emulator.CutGSV}, cutESCi, ""},
		{emulator.Options{Cut: emulator.CutESCi}, escpos.AppendCut(nil), ""},
		{emulator.Options{Cut: emulator.NoCutter}, cutESCi, ""},
		{emulator.Options{}, []byte{escpos.GS, '(', 'D', 3, 0, 0x14, 1, 0, escpos.GS, 'r', 1}, "\x00"},
		{emulator.Options{}, []byte{escpos.DLE, 5, 3}, ""},
	} {
		synctest.Test(t, func(t *testing.T) {
			p := emulator.New(c.options)
			w := p.Connect()
			defer w.Close()
			send(t, w, c.sent)
			if said := string(hears(w)); said != c.says || (len(p.Errors()) > 0) != (c.says == "") {
				t.Errorf("%+v: % x is answered by % x, errors %q", c.options, c.sent, said, p.Errors())
			}
		})
	}
}

func TestCutsAndTearsOff(t *testing.T) {
	picture := escpos.AppendRaster(nil, 72, make([]byte, 72*30), escpos.Band)
	for _, c := range []struct {
		cut   emulator.Cut
		end   []byte
		rows  int
		units int
	}{
		{emulator.AnyCut, cutESCi, 30, 0},
		{emulator.CutESCi, cutESCi, 30, 0},
		{emulator.CutGSV, []byte{escpos.GS, 'V', 66, 9}, 39, 0},
		{emulator.NoCutter, escpos.AppendFeed(nil, 136), 166, 0},
		{emulator.NoCutter, []byte{escpos.ESC, 'J', 250}, 155, 2},
	} {
		broken(t, emulator.Options{Cut: c.cut, FeedUnits: c.units}, func(t *testing.T, p *emulator.Printer, w net.Conn) {
			send(t, w, append(bytes.Clone(picture), c.end...))
			synctest.Wait()
			wants(t, p, c.rows)
		})
	}
}

func TestReceiveOnly(t *testing.T) {
	broken(t, emulator.Options{ReceiveOnly: true}, func(t *testing.T, p *emulator.Printer, c net.Conn) {
		send(t, c, escpos.AppendAskNow(append(escpos.AppendAskPaper(job(200)), processID...), 1))
		if said := hears(c); len(said) > 0 {
			t.Errorf("it says % x", said)
		}
		wants(t, p, jobRows)
	})
}

func TestNoNearEndSensor(t *testing.T) {
	broken(t, emulator.Options{NoNearEnd: true}, func(t *testing.T, p *emulator.Printer, c net.Conn) {
		p.SetFault(emulator.PaperLow)
		if now, queued := ask(t, c, escpos.AppendAskNow(nil, 4)), ask(t, c, escpos.AppendAskPaper(nil)); now != 0x12 || queued != 0 {
			t.Errorf("near the end: %x, %x", now, queued)
		}
		p.SetFault(emulator.PaperOut)
		if now := ask(t, c, escpos.AppendAskNow(nil, 4)); now != 0x72 {
			t.Errorf("no paper: %x", now)
		}
	})
}

// The bug of a widespread clone spoils such a picture; a strict printer complains of it only.
func TestRubbish(t *testing.T) {
	white := []byte{escpos.GS, 'v', '0', 0, 1, 0, 48, 0}
	white = append(escpos.AppendBlank(white, 48), cutESCi...)
	for _, rubbish := range []bool{false, true} {
		p := emulator.New(emulator.Options{Rubbish48: rubbish})
		c := connect(t, p)
		send(t, c, white)
		ask(t, c, escpos.AppendAskPaper(nil))
		black := false
		for i := range 8 * 48 {
			r, _, _, _ := p.Papers()[0].Image.At(i%8, i/8).RGBA()
			black = black || r == 0
		}
		if black != rubbish || !strings.Contains(strings.Join(p.Errors(), ""), "multiple of 48") {
			t.Errorf("rubbish %v: black dots %v, errors %q", rubbish, black, p.Errors())
		}
	}
}

func TestXonXoff(t *testing.T) {
	broken(t, emulator.Options{Buffer: 4096, XonXoff: true}, func(t *testing.T, p *emulator.Printer, c net.Conn) {
		p.SetFault(emulator.CoverOpen)
		c.SetWriteDeadline(time.Now().Add(time.Second))
		go c.Write(job(500))
		if said := hears(c); !bytes.Equal(said, []byte{0x13}) {
			t.Errorf("full, it says % x", said)
		}
		p.SetFault(emulator.None)
		if said := hears(c); !bytes.Equal(said, []byte{0x11}) {
			t.Errorf("empty, it says % x", said)
		}
	})
}

func TestLosesWhatItHasNoRoomFor(t *testing.T) {
	broken(t, emulator.Options{Buffer: 4096, LosesOverflow: true}, func(t *testing.T, p *emulator.Printer, c net.Conn) {
		p.SetFault(emulator.CoverOpen)
		send(t, c, job(500)) // never waits
		ask(t, c, escpos.AppendAskNow(nil, 1))
		p.SetFault(emulator.None)
		send(t, c, escpos.AppendCut(escpos.AppendBlank(nil, 72*128)))
		synctest.Wait()
		if papers := p.Papers(); len(papers) != 1 || papers[0].Lost != len(job(500))-4096 {
			t.Errorf("%d papers", len(papers))
		}
	})
}

func TestObserverSeesEachPaper(t *testing.T) {
	var seen []int
	p := emulator.New(emulator.Options{Keep: 2, OnPaper: func(paper *emulator.Paper) { seen = append(seen, paper.Seq) }})
	c := connect(t, p)
	for range 5 {
		send(t, c, job(10))
	}
	ask(t, c, escpos.AppendAskPaper(nil))
	if len(seen) != 5 || seen[4] != 5 {
		t.Errorf("it has seen papers %v", seen)
	}
}

// TestMotion: on the wires that printers have today the motor never stands still in the middle of a
// ticket, on a serial one it nearly always does.
func TestMotion(t *testing.T) {
	for _, c := range []struct {
		name             string
		wire, buffer     int
		starved          bool
		least, most      time.Duration
		speed            int
		rowsOfTheTickets int
	}{
		{"usb", emulator.USBFullSpeed, 4096, false, 410 * time.Millisecond, 450 * time.Millisecond, 200, 660},
		{"tcp", emulator.Ethernet100, 4096, false, 410 * time.Millisecond, 450 * time.Millisecond, 200, 660},
		{"usb, fastest printer", emulator.USBFullSpeed, 64 << 10, false, 330 * time.Millisecond, 360 * time.Millisecond, 250, 660},
		{"serial", emulator.Serial115200, 4096, true, 4 * time.Second, 4300 * time.Millisecond, 200, 660},
		{"slow serial", emulator.Serial38400, 4096, true, 12 * time.Second, 12700 * time.Millisecond, 200, 660},
	} {
		t.Run(c.name, func(t *testing.T) {
			at := time.Unix(0, 0)
			p := emulator.New(emulator.Options{Wire: c.wire, Buffer: c.buffer, Speed: c.speed, Now: func() time.Time { return at }})
			w := connect(t, p)
			send(t, w, job(c.rowsOfTheTickets))
			ask(t, w, escpos.AppendAskPaper(nil))
			m := p.Motion()
			if m.Rows != c.rowsOfTheTickets+10 || (m.Starved > 0) != c.starved || m.Took < c.least || m.Took > c.most || (m.Waited > 0) != c.starved {
				t.Errorf("%+v", m)
			}
			t.Logf("%+v", m)
		})
	}
}

// A sender that pauses between the bands makes the motor stand still, on the fastest wire.
func TestMotionSeesPauses(t *testing.T) {
	broken(t, emulator.Options{Wire: emulator.USBFullSpeed, Speed: 200}, func(t *testing.T, p *emulator.Printer, c net.Conn) {
		data := job(256)
		for _, pause := range []time.Duration{50 * time.Millisecond, 100 * time.Millisecond} { // a band takes 80 ms
			n := len(data) / 2
			send(t, c, data[:n])
			time.Sleep(pause)
			send(t, c, data[n:])
			synctest.Wait()
			if m := p.Motion(); (m.Starved > 0) != (pause > 80*time.Millisecond) {
				t.Errorf("a pause of %v: %+v", pause, m)
			}
			time.Sleep(time.Second)
		}
	})
}

// While blank paper moves, which costs no bytes, a slow wire gets ahead, as far as the buffer lets it.
func TestMotionKnowsTheBuffer(t *testing.T) {
	for buffer, starves := range map[int]bool{4096: true, 64 << 10: false} {
		at := time.Unix(0, 0)
		p := emulator.New(emulator.Options{Wire: 60_000, Buffer: buffer, Speed: 200, Now: func() time.Time { return at }})
		w := connect(t, p)
		send(t, w, append(escpos.AppendFeed(nil, 1000), job(200)...))
		ask(t, w, escpos.AppendAskPaper(nil))
		if m := p.Motion(); (m.Starved > 0) != starves {
			t.Errorf("a buffer of %d: %+v", buffer, m)
		}
	}
}

func TestMemoryStaysAfterManyTickets(t *testing.T) {
	p := emulator.New(emulator.Options{Buffer: 4096, Speed: 200, Wire: emulator.Ethernet100})
	c := connect(t, p)
	c.SetWriteDeadline(time.Now().Add(5 * time.Minute))
	ticket := job(5)
	print := func(tickets int) (heap uint64) {
		for i := range tickets {
			if i%1000 == 0 {
				p.FailAfter(emulator.PaperOut, 5)
				go func() {
					for changed := p.Changed(); p.Fault() == emulator.None; changed = p.Changed() {
						<-changed
					}
					p.SetFault(emulator.None)
				}()
			}
			send(t, c, ticket)
		}
		ask(t, c, escpos.AppendAskPaper(nil))
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	before := print(2000)
	after := print(30_000)
	if after > before+1<<20 {
		t.Errorf("the heap grew from %d to %d bytes", before, after)
	}
	if p.Total() < 32_000 || len(p.Errors()) > 0 {
		t.Errorf("%d papers, errors %q", p.Total(), p.Errors())
	}
}

// An unread answer is lost, and keeps nobody.
func TestAnswersThatNobodyReads(t *testing.T) {
	broken(t, emulator.Options{}, func(t *testing.T, p *emulator.Printer, c net.Conn) {
		for range 1000 {
			send(t, c, escpos.AppendAskNow(nil, 1))
		}
		synctest.Wait()
		if n := len(hears(c)); n == 0 || n >= 1000 {
			t.Errorf("%d answers", n)
		}
		c.SetReadDeadline(time.Now())
		if _, err := c.Read(make([]byte, 1)); !errors.Is(err, os.ErrDeadlineExceeded) {
			t.Error(err)
		}
	})
}
