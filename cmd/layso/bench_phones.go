package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gorilla/websocket"
)

const (
	socketName = "socket round trip of 300 B, p99"
	phoneCalls = 100             // calls that phones are measured over
	allTold    = 5 * time.Second // within which everybody must have heard of a call
	dialers    = 16              // phones that connect at once
)

// socket measures the floor of everything that is pushed: an echo over a loopback socket, through
// goroutines on both sides.
func (b *benchmark) socket(context.Context) error {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	defer l.Close()
	go func() {
		if c, err := l.Accept(); err == nil {
			io.Copy(c, c)
			c.Close()
		}
	}()
	c, err := net.Dial("tcp", l.Addr().String())
	if err != nil {
		return err
	}
	defer c.Close()
	message, took := make([]byte, 300), make([]time.Duration, 0, 5000)
	for range cap(took) {
		begun := time.Now()
		if _, err := c.Write(message); err != nil {
			return err
		}
		if _, err := io.ReadFull(c, message); err != nil {
			return err
		}
		took = append(took, time.Since(begun))
	}
	b.add(socketName, ms(percentile(took, 0.99)), "ms")
	return nil
}

func ms(d time.Duration) float64 { return d.Seconds() * 1000 }

// news is a frame about its ticket that a phone got.
type news struct {
	phone int
	state string
	at    time.Time
}

// phones measures what citizens' phones hear of a call, with one for each waiting ticket and the displays
// beside them, and what an idle one costs. pid is the server's.
func (b *benchmark) phones(ctx context.Context, c *benchClient, d *displays, pid int) error {
	tokens, err := b.queue(ctx, c, b.crowd)
	if err != nil {
		return err
	}
	time.Sleep(settle)
	before, goroutines, n := residentMB(pid), c.goroutines(), float64(b.crowd)
	heard := make(chan news, 2*b.crowd)
	var readers sync.WaitGroup
	defer readers.Wait()
	sockets, err := openPhones(ctx, c.base, tokens)
	defer func() {
		for _, ws := range sockets {
			ws.Close()
		}
	}()
	if err != nil {
		return err
	}
	for i, ws := range sockets {
		readers.Go(func() { watchTicket(ws, i, heard) })
	}
	time.Sleep(settle)
	b.add(fmt.Sprintf("memory of an idle phone (RSS), of %d", b.crowd), (residentMB(pid)-before)*1024/n, "KB")
	b.add(fmt.Sprintf("goroutines of an idle phone, of %d", b.crowd), (c.goroutines()-goroutines)/n, "")
	return b.callPhones(ctx, c, d, tokens, heard)
}

// queue takes tickets until n wait, and gives their tokens in the order in which they are called.
func (b *benchmark) queue(ctx context.Context, c *benchClient, n int) ([]string, error) {
	tokens := make([]string, n)
	var next atomic.Int64
	var all sync.WaitGroup
	var once sync.Once
	var failed error
	for range 64 {
		all.Go(func() {
			for i := next.Add(1) - 1; i < int64(n); i = next.Add(1) - 1 {
				token, err := c.take(ctx)
				if err != nil {
					once.Do(func() { failed = err })
					return
				}
				tokens[i] = token
			}
		})
	}
	all.Wait()
	return tokens, failed
}

func (c *benchClient) take(ctx context.Context) (string, error) {
	var ticket struct{ Token string }
	err := c.send(ctx, "/api/tickets", takeBody, &ticket)
	return ticket.Token, err
}

// goroutines asks the server how many it has.
func (c *benchClient) goroutines() float64 {
	text, err := c.get("/metrics")
	if err != nil {
		return 0
	}
	found := regexp.MustCompile(`(?m)^go_goroutines (\S+)`).FindSubmatch(text)
	if found == nil {
		return 0
	}
	n, _ := strconv.ParseFloat(string(found[1]), 64) // as Prometheus writes it
	return n
}

// openPhones connects a phone for each ticket and reads up to its first status.
func openPhones(ctx context.Context, base string, tokens []string) ([]*websocket.Conn, error) {
	sockets := make([]*websocket.Conn, len(tokens))
	var next atomic.Int64
	var all sync.WaitGroup
	var once sync.Once
	var failed error
	for range dialers {
		all.Go(func() {
			for i := next.Add(1) - 1; i < int64(len(tokens)); i = next.Add(1) - 1 {
				ws, err := openSocket(ctx, base, "ticket="+tokens[i])
				if err != nil {
					once.Do(func() { failed = fmt.Errorf("phone %d: %w", i, err) })
					return
				}
				sockets[i] = ws
			}
		})
	}
	all.Wait()
	opened := sockets[:0]
	for _, ws := range sockets {
		if ws != nil {
			opened = append(opened, ws)
		}
	}
	return opened, failed
}

// watchTicket notes what a phone hears of its ticket, until the connection closes.
func watchTicket(ws *websocket.Conn, phone int, heard chan<- news) {
	state := regexp.MustCompile(`"state":"([a-z_]+)"`)
	for {
		_, text, err := ws.ReadMessage()
		at := time.Now()
		if err != nil {
			return
		}
		if bytes.HasPrefix(text, []byte(`{"type":"ticket.status"`)) {
			heard <- news{phone, string(state.FindSubmatch(text)[1]), at}
		}
	}
}

// callPhones calls one ticket after another and measures from the click to the phone that is called, to the
// last one whose place changed with it, and to the last display. Others must hear nothing.
func (b *benchmark) callPhones(ctx context.Context, c *benchClient, d *displays, tokens []string, heard <-chan news) error {
	var first, last, display []time.Duration
	wrong, finish, done := 0, "", make([]bool, len(tokens))
	for call := range min(phoneCalls, len(tokens)-1) {
		click := time.Now()
		var ticket struct{ Token string }
		if err := c.send(ctx, "/api/counters/1/next", finish, &ticket); err != nil {
			return err
		}
		finish = fmt.Sprintf(`{"finish":%q}`, ticket.Token)
		called, moved, others, err := hear(tokens, ticket.Token, done, len(tokens)-call, click, heard)
		if err != nil {
			return err
		}
		shown, err := d.told(click)
		if err != nil {
			return err
		}
		first, last, display = append(first, called), append(last, moved), append(display, shown[len(shown)-1])
		wrong += others
	}
	n := len(tokens)
	b.against(fmt.Sprintf("click → last of %d displays beside %d phones, p99", len(d.sockets), n), ms(percentile(display, 0.99)), "ms", socketName)
	b.against(fmt.Sprintf("click → the called one of %d phones, p99", n), ms(percentile(first, 0.99)), "ms", socketName)
	b.against(fmt.Sprintf("click → the last of %d phones whose place changed, p99", n), ms(percentile(last, 0.99)), "ms", socketName)
	b.add("frames to phones whose ticket had no news", float64(wrong), "")
	return nil
}

// hear waits until each of left phones has heard of its ticket: how long after the click it was for the one
// that is called and for the last that waits, and how many frames came to phones whose ticket is done.
func hear(tokens []string, called string, done []bool, left int, click time.Time, heard <-chan news) (first, last time.Duration, others int, err error) {
	told := make([]bool, len(tokens))
	late := time.After(allTold)
	for left > 0 {
		select {
		case is := <-heard:
			took := is.at.Sub(click)
			switch is.state {
			case "called":
				if tokens[is.phone] == called {
					first = took
				} else {
					others++
				}
			case "waiting":
				last = max(last, took)
			case "finished": // the one that was called before
				if done[is.phone] {
					others++
				}
				done[is.phone] = true
				continue
			default:
				others++
			}
			if !told[is.phone] {
				told[is.phone] = true
				left--
			}
		case <-late:
			return 0, 0, 0, fmt.Errorf("%d phones did not hear of the call within %v", left, allTold)
		}
	}
	return first, last, others, nil
}

// send posts a body and reads the answer.
func (c *benchClient) send(ctx context.Context, path, body string, answer any) error {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, c.base+path, strings.NewReader(body))
	if err != nil {
		return err
	}
	r.Header.Set("Content-Type", "application/json")
	a, err := c.http.Do(r)
	if err != nil {
		return err
	}
	defer a.Body.Close()
	text, err := io.ReadAll(a.Body)
	if err == nil && a.StatusCode >= 300 {
		err = fmt.Errorf("%s: %s: %s", path, a.Status, text)
	}
	if err != nil || answer == nil {
		return err
	}
	return json.Unmarshal(text, answer)
}
