package display_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"runtime"
	"slices"
	"testing"
	"time"

	"layso/kiosk"
)

// arrival is a frame that came to the screen with this number.
type arrival struct {
	screen int
	at     time.Time
}

// listen notes when frames with this text come, until the connection ends.
func (s *screen) listen(number int, text string, came chan<- arrival) {
	for {
		_, data, err := s.conn.ReadMessage()
		if err != nil {
			return
		}
		if bytes.Contains(data, []byte(text)) {
			came <- arrival{number, time.Now()}
		}
	}
}

// roundTrip is the floor of the same run: a message to a goroutine behind a socket and back.
func roundTrip(b *testing.B) time.Duration {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
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
		b.Fatal(err)
	}
	defer c.Close()
	message, took := make([]byte, 300), make([]time.Duration, 1000)
	for i := range took {
		begun := time.Now()
		if _, err := c.Write(message); err != nil {
			b.Fatal(err)
		}
		if _, err := io.ReadFull(c, message); err != nil {
			b.Fatal(err)
		}
		took[i] = time.Since(begun)
	}
	slices.Sort(took)
	return took[len(took)/2]
}

// report gives the 99th percentile in milliseconds and in round trips.
func report(b *testing.B, what string, took []time.Duration, floor time.Duration) {
	slices.Sort(took)
	p99 := took[len(took)*99/100]
	b.ReportMetric(p99.Seconds()*1000, what+"-p99-ms")
	b.ReportMetric(float64(p99)/float64(floor), what+"-p99-round-trips")
}

// BenchmarkCall measures from the clerk's command, whose commit costs nothing here, to the arrival
// of its frame at the last of the displays, all on this machine.
func BenchmarkCall(b *testing.B) {
	for _, n := range []int{50, 300} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			h := newHall(b, nil)
			h.do(kiosk.OpenCounter{Operator: at("1")})
			came := make(chan arrival, n)
			for i := range n {
				s := h.dial("")
				s.until("snapshot")
				go s.listen(i, `{"type":"ticket.called"`, came)
			}
			floor, took := roundTrip(b), []time.Duration(nil)
			for b.Loop() {
				h.take("k1")
				start := time.Now()
				if _, err := h.owner.Do(context.Background(), kiosk.Next{Operator: at("1")}); err != nil {
					b.Fatal(err)
				}
				last := start
				for range n {
					if a := <-came; a.at.After(last) {
						last = a.at
					}
				}
				took = append(took, last.Sub(start))
				h.do(kiosk.Finish{Operator: at("1")})
			}
			report(b, "last", took, floor)
		})
	}
}

// BenchmarkPhones measures the same with a phone for each of many waiting tickets: to the one that is
// called, and to the last one that has moved up. It also gives what an idle phone costs, both ends of its
// connection together.
func BenchmarkPhones(b *testing.B) {
	for _, n := range []int{1000, 5000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			h := newHall(b, nil)
			h.do(kiosk.OpenCounter{Operator: at("1")})
			came, phones := make(chan arrival, n), make([]*screen, n)
			order := make([]string, n)
			for i := range n {
				order[i] = h.take("k1").Token
			}
			heap, goroutines := inUse()
			for i := range n {
				phones[i] = h.dial("ticket=" + order[i])
				phones[i].until("ticket.status")
			}
			h2, g2 := inUse()
			for i, s := range phones {
				go s.listen(i, `{"type":"ticket.status"`, came)
			}
			floor, calls := roundTrip(b), 0
			var first, last []time.Duration
			for b.Loop() {
				if calls == n {
					break // all have been called
				}
				if calls > 0 {
					h.do(kiosk.Finish{Operator: at("1")})
					<-came
				}
				start := time.Now()
				if _, err := h.owner.Do(context.Background(), kiosk.Next{Operator: at("1")}); err != nil {
					b.Fatal(err)
				}
				end := start
				for range n - calls {
					a := <-came
					if end = a.at; a.screen == calls {
						first = append(first, a.at.Sub(start))
					}
				}
				last = append(last, end.Sub(start))
				calls++
			}
			report(b, "called", first, floor)
			report(b, "last", last, floor)
			b.ReportMetric(float64(h2-heap)/float64(n), "B/phone")
			b.ReportMetric(float64(g2-goroutines)/float64(n), "goroutines/phone")
		})
	}
}

// inUse gives the memory of heap and stacks, and the number of goroutines.
func inUse() (uint64, int) {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapInuse + m.StackInuse, runtime.NumGoroutine()
}
