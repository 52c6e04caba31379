package emulator_test

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"fmt"
	"net"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

	"layso/printer/emulator"
	"layso/printer/escpos"
)

// numbered is a job on 64 dots that no other equals.
func numbered(n, rows int) []byte {
	pix := bytes.Repeat([]byte{0xaa}, 8*rows)
	binary.BigEndian.PutUint32(pix, uint32(n)|0x80808080)
	out := escpos.AppendRaster(escpos.AppendInit(nil), 8, pix, escpos.Band)
	return escpos.AppendCut(escpos.AppendFeed(out, 3))
}

// clean ends what may be left of a job: white dots for the rest of a picture, and a cut.
func clean() []byte { return escpos.AppendCut(escpos.AppendBlank(nil, 8*(escpos.Band+1))) }

// step is one thing that happens to a printer.
type step struct {
	What  string
	Fault emulator.Fault
	N     int
}

var whats = []string{"job", "job", "broken job", "fault", "mend", "fail after", "clear", "enquire", "status", "reconnect"}

func drawStep(t *rapid.T) step {
	return step{rapid.SampledFrom(whats).Draw(t, "what"), rapid.SampledFrom(emulator.Faults()).Draw(t, "fault"), rapid.IntRange(1, 400).Draw(t, "n")}
}

// history plays with a printer as a hall does.
type history struct {
	p    *emulator.Printer
	c    net.Conn
	jobs [][]byte
	rows int // that may come out at most
}

func (h *history) write(data []byte) {
	h.c.SetWriteDeadline(time.Now().Add(10 * time.Second))
	if _, err := h.c.Write(data); err != nil {
		h.connect()
	}
	synctest.Wait()
}

// connect opens a wire anew and cleans it, as far as the printer takes that.
func (h *history) connect() {
	if h.c != nil {
		h.c.Close()
		synctest.Wait()
	}
	h.c = h.p.Connect()
	go hearAll(h.c)
	h.c.SetWriteDeadline(time.Now().Add(10 * time.Second))
	h.c.Write(clean())
	synctest.Wait()
}

func hearAll(c net.Conn) {
	for buf := make([]byte, 64); ; {
		if _, err := c.Read(buf); err != nil {
			return
		}
	}
}

func (h *history) job(rows int) []byte {
	data := numbered(len(h.jobs), rows)
	h.jobs = append(h.jobs, data)
	h.rows += 10*escpos.Band + rows // pictures that lost dots are filled up by what follows
	return data
}

func (h *history) do(s step) {
	switch s.What {
	case "job":
		h.write(h.job(s.N))
	case "broken job":
		data := h.job(s.N)
		h.write(data[:min(len(data), 1+s.N*5)])
		h.connect()
	case "fault":
		h.p.SetFault(s.Fault)
	case "mend":
		h.p.SetFault(emulator.None)
	case "fail after":
		h.p.FailAfter(s.Fault, s.N)
	case "clear":
		h.write(clearBuffers)
	case "enquire":
		h.write([]byte{escpos.DLE, 5, 2})
	case "status":
		h.write(escpos.AppendAskPaper(escpos.AppendAskNow(nil, 1)))
	case "reconnect":
		h.connect()
	}
}

// check: each whole paper is one of the jobs, no job comes out whole twice, and no more paper comes
// out than was asked for.
func (h *history) check() error {
	seen, rows := map[int]bool{}, 0
	for _, paper := range h.p.Papers() {
		rows += paper.Image.Bounds().Dy()
		if !paper.Whole() || !bytes.Contains(paper.Raw, []byte{escpos.GS, 'v'}) {
			continue
		}
		found := slices.IndexFunc(h.jobs, func(job []byte) bool { return bytes.HasSuffix(paper.Raw, job) })
		if found < 0 || seen[found] {
			return fmt.Errorf("paper %d of %d rows is whole, and job %d, seen %v", paper.Seq, paper.Image.Bounds().Dy(), found, found >= 0)
		}
		seen[found] = true
	}
	if rows > h.rows {
		return fmt.Errorf("%d rows came out, %d at most were sent", rows, h.rows)
	}
	return nil
}

// recovers: mended, and its wire cleaned, the printer prints the next ticket whole.
func (h *history) recovers() error {
	h.p.SetFault(emulator.None)
	h.connect()
	last := h.job(50)
	h.write(last)
	newest := h.p.Papers()[0]
	if !newest.Whole() || !bytes.HasSuffix(newest.Raw, last) {
		return fmt.Errorf("mended, and the next ticket has %d rows, torn %v, lost %d; errors %q", newest.Image.Bounds().Dy(), newest.Torn, newest.Lost, h.p.Errors())
	}
	return nil
}

// TestHistories: whatever happens to it, the printer never doubles a ticket nor passes half a one off
// as whole, and it always recovers.
func TestHistories(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		options := emulator.Options{
			Dots: 64, Keep: 1000, Buffer: rapid.SampledFrom([]int{128, 4096}).Draw(rt, "buffer"), DropEvery: 500, DropBurst: 20,
			DropsLeftovers: rapid.Bool().Draw(rt, "drops"), LosesOverflow: rapid.Bool().Draw(rt, "loses"),
			ReceiveOnly: rapid.Bool().Draw(rt, "mute"),
		}
		steps := rapid.SliceOfN(rapid.Custom(drawStep), 1, 30).Draw(rt, "steps")
		var wrong error
		synctest.Test(t, func(*testing.T) {
			h := &history{p: emulator.New(options)}
			h.connect()
			for _, s := range steps {
				h.do(s)
			}
			wrong = cmp.Or(h.recovers(), h.check())
			h.c.Close()
			h.p.Close()
		})
		if wrong != nil {
			rt.Fatal(wrong)
		}
	})
}

// FuzzPrinter: no bytes from outside make it panic, grow without bound, or stay deaf: enough NULs end
// whatever it waits for, and then ESC @ begins a ticket that comes out whole.
func FuzzPrinter(f *testing.F) {
	f.Add(byte(0), uint16(0), job(3))
	f.Add(byte(2), uint16(5), numbered(1, 20))
	f.Add(byte(8), uint16(1), append(clearBuffers, processID...))
	f.Add(byte(15), uint16(2), []byte{escpos.GS, 'v', '0', 0, 1, 0, 255, 15, escpos.DLE, 4, 1, escpos.ESC, 'd', 255})
	f.Fuzz(func(t *testing.T, fault byte, after uint16, data []byte) {
		synctest.Test(t, func(t *testing.T) {
			var rows int
			p := emulator.New(emulator.Options{
				Dots: 64, Buffer: 1024, Keep: 3, Speed: 200, Wire: emulator.USBFullSpeed, DropEvery: 50, DropBurst: 3, LosesOverflow: true,
				OnPaper: func(paper *emulator.Paper) { rows = max(rows, paper.Image.Bounds().Dy()) },
			})
			defer p.Close()
			c := p.Connect()
			go hearAll(c)
			all := emulator.Faults()
			p.FailAfter(all[int(fault)%len(all)], int(after))
			c.SetWriteDeadline(time.Now().Add(time.Minute))
			c.Write(data)
			c.Close()
			synctest.Wait()
			p.SetFault(emulator.None)
			recovers(t, p)
			if rows > 8000 || len(p.Errors()) > 100 {
				t.Fatalf("a paper of %d rows, %d errors", rows, len(p.Errors()))
			}
		})
	})
}

// recovers fails unless a ticket comes out whole after at most as many NULs as the largest picture
// has bytes, which is 1 MB.
func recovers(t *testing.T, p *emulator.Printer) {
	c := p.Connect()
	defer c.Close()
	go hearAll(c)
	nul, ticket := make([]byte, 64<<10), numbered(7, 20)
	for range 17 {
		send(t, c, nul)
		send(t, c, escpos.AppendCut(nil))
		send(t, c, ticket)
		synctest.Wait()
		if papers := p.Papers(); len(papers) > 0 && papers[0].Whole() && bytes.HasSuffix(papers[0].Raw, ticket) {
			return
		}
	}
	t.Fatalf("deaf: errors %q", p.Errors())
}
