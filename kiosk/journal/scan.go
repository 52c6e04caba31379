package journal

import (
	"context"
	"encoding/binary"
	"errors"
	"io"
	"os"
)

// spot is where a whole record stands in a file.
type spot struct {
	at   int64
	n    int
	seq  uint64
	prev hash
	self hash
}

// What is known of a bbolt page (bbolt, internal/common/page.go): a head of 16 bytes (number, flags, count, overflow), and
// in a leaf for each entry 16 bytes (flags, offset from there, size of the key, size of the value).
const (
	pageHead   = 16
	leafFlag   = 0x02
	entryHead  = 16
	nestedFlag = 0x01 // the entry is a bucket; a small one stands in its value, behind a head of 16 bytes
	leastPage  = 4096
	mostPages  = 1 << 14 // overflow pages of one leaf; a record of 64 MB is none of ours
)

// scan looks for the records behind seq last, whose record has the hash head: the longest chain. It also counts the
// records with a higher seq that are whole but hang on nothing. Free pages hold old copies of records,
// and some that were never acknowledged; of two that could come next, that one is taken which leads further.
func scan(ctx context.Context, path string, last uint64, head hash) (chain []spot, behind uint64, err error) {
	all, err := spots(ctx, path, last)
	if err != nil {
		return nil, 0, err
	}
	next := map[hash][]int{} // by the hash of the record before
	for i, s := range all {
		next[s.prev] = append(next[s.prev], i)
	}
	from := make([]int, len(all)) // which one a record was reached from
	level, reached := next[head], -1
	for _, i := range level {
		from[i] = -1
	}
	for len(level) > 0 {
		var further []int
		for _, i := range level {
			reached = i
			for _, k := range next[all[i].self] {
				from[k] = i
				further = append(further, k)
			}
		}
		level = further
	}
	for i := reached; i >= 0; i = from[i] {
		chain = append(chain, all[i])
	}
	for i, k := 0, len(chain)-1; i < k; i, k = i+1, k-1 {
		chain[i], chain[k] = chain[k], chain[i]
	}
	top := last + uint64(len(chain))
	seen := map[uint64]bool{}
	for _, s := range all {
		if s.seq > top && !seen[s.seq] {
			seen[s.seq] = true
			behind++
		}
	}
	return chain, behind, nil
}

// spots gives every whole record with a seq above last that stands on some page, each once.
func spots(ctx context.Context, path string, last uint64) (all []spot, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	known := map[hash]bool{}
	head := make([]byte, pageHead)
	for at := int64(0); ctx.Err() == nil; at += leastPage {
		if _, err := f.ReadAt(head, at); err != nil {
			if errors.Is(err, io.EOF) {
				return all, nil
			}
			continue // a sector that can't be read: what stands on the others may do
		}
		page := readLeaf(f, head, at, info.Size())
		records(page, at, func(s spot) {
			if s.seq > last && !known[s.self] {
				known[s.self] = true
				all = append(all, s)
			}
		})
	}
	return nil, ctx.Err()
}

// readLeaf reads the page that begins here, with its overflow, if it looks like a leaf.
func readLeaf(f *os.File, head []byte, at, end int64) []byte {
	id, flags, overflow := binary.LittleEndian.Uint64(head), binary.LittleEndian.Uint16(head[8:]), binary.LittleEndian.Uint32(head[12:])
	if flags != leafFlag || id == 0 || overflow > mostPages || at%int64(id) != 0 {
		return nil
	}
	page := make([]byte, min(at/int64(id)*(int64(overflow)+1), end-at))
	n, _ := f.ReadAt(page, at) // what can't be read is no record
	return page[:n]
}

// records gives every whole record on the leaf, which stands in the file at this place.
func records(page []byte, at int64, each func(spot)) {
	if len(page) < pageHead {
		return
	}
	for i := range int(binary.LittleEndian.Uint16(page[10:])) {
		entry := pageHead + i*entryHead
		if entry+entryHead > len(page) {
			return
		}
		field := func(k int) int { return int(binary.LittleEndian.Uint32(page[entry+4*k:])) }
		key := entry + field(1)
		value := key + field(2)
		end := value + field(3)
		if end > len(page) || value < key || end < value {
			continue
		}
		switch {
		case field(0) == nestedFlag && end-value > 2*pageHead:
			records(page[value+pageHead:end], at+int64(value+pageHead), each)
		case value-key == 8:
			if e, prev, err := decode(page[key:value], page[value:end]); err == nil {
				each(spot{at + int64(value), end - value, e.Seq, prev, hashOf(page[value:end])})
			}
		}
	}
}
