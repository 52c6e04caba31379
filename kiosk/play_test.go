package kiosk_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"layso/kiosk"
)

// A play is changed at random, as simulations do, beside plain lists: it loses nobody and makes nobody
// twice, calls who has the smallest rank and then the smallest key, and a copy is a play of its own.
func TestPlay(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		const services = 3
		p, copied := &kiosk.Play{}, &kiosk.Play{}
		p.Clear(services)
		waiting := make([][]*kiosk.Ticket, services)
		now, seq := int64(0), uint64(0)
		for range rapid.IntRange(1, 80).Draw(r, "steps") {
			now += rapid.Int64Range(0, 8*60_000).Draw(r, "ms")
			if rapid.IntRange(0, 2).Draw(r, "kind") > 0 {
				seq++
				s := rapid.IntRange(0, services-1).Draw(r, "service")
				x := kiosk.Imagined("", now-rapid.SampledFrom([]int64{0, 600_000, 1_800_000}).Draw(r, "credit"), now, seq)
				p.Add(x, s)
				waiting[s] = append(waiting[s], x)
				continue
			}
			own := rapid.SliceOfNDistinct(rapid.IntRange(0, services-1), 1, services, rapid.ID).Draw(r, "own")
			var assist []int
			for s := range services {
				if !slices.Contains(own, s) && rapid.Bool().Draw(r, "assists") {
					assist = append(assist, s)
				}
			}
			reach := kiosk.ReachOf("1", own, assist)
			first, spot := p.First(&reach, now)
			if want := best(p, reach, waiting, now); first != want {
				r.Fatalf("at %v called %+v, want %+v", time.Duration(now)*time.Millisecond, first, want)
			}
			if first == nil {
				continue
			}
			copied.Copy(p)
			copied.Call(&reach, spot)
			p.Call(&reach, spot)
			waiting[spot.Queue] = slices.DeleteFunc(waiting[spot.Queue], func(x *kiosk.Ticket) bool { return x == first })
		}
		n := 0
		for s, list := range waiting {
			n += len(list)
			slices.SortFunc(list, func(a, b *kiosk.Ticket) int {
				if a.Before(b) {
					return -1
				}
				return 1
			})
			if !slices.Equal(p.Queue(s), list) {
				r.Fatalf("service %d: %d wait, want %d in order", s, len(p.Queue(s)), len(list))
			}
		}
		if p.Len() != n {
			r.Fatalf("%d wait, want %d", p.Len(), n)
		}
	})
}

// best is whom the counter has to call, by the ranks.
func best(p *kiosk.Play, reach kiosk.Reach, waiting [][]*kiosk.Ticket, now int64) *kiosk.Ticket {
	var best *kiosk.Ticket
	least := 0
	for s, list := range waiting {
		for _, x := range list {
			if !reach.Serves(s) {
				continue
			}
			rank := p.Rank(&reach, x, kiosk.Spot{Queue: s}, now)
			if best == nil || rank < least || rank == least && x.Before(best) {
				best, least = x, rank
			}
		}
	}
	return best
}

// Who misses a call is called again after three others, also in a play; a replaced ticket stands where
// the other stood.
func TestPlayMissAndReplace(t *testing.T) {
	p, reach := &kiosk.Play{}, kiosk.ReachOf("1", []int{0}, nil)
	p.Clear(1)
	for seq := range uint64(6) {
		p.Add(kiosk.Imagined("", int64(seq), int64(seq), seq), 0)
	}
	p.Replace(func(x *kiosk.Ticket, service int) *kiosk.Ticket {
		y := *x
		y.Number = string('a' + rune(x.Seq))
		return &y
	})
	called := ""
	for range 7 {
		x, spot := p.First(&reach, 1000)
		p.Call(&reach, spot)
		if called == "" {
			p.Miss(x, 0)
		}
		called += x.Number
	}
	if x, _ := p.First(&reach, 1000); called != "abcdaef" || x != nil {
		t.Errorf("called %s, then %+v", called, x)
	}
}
