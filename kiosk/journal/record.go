package journal

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"hash/crc32"

	"layso/kiosk"
)

const (
	recordVersion = 1
	crcAt         = 1         // after the version byte
	prevAt        = crcAt + 4 // after the CRC
	bodyAt        = prevAt + sha256.Size
)

// hash is the SHA-256 of a whole record.
type hash = [sha256.Size]byte

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// checksum covers every byte of the record but its own four.
func checksum(record []byte) uint32 {
	return crc32.Update(crc32.Checksum(record[:crcAt], castagnoli), castagnoli, record[prevAt:])
}

// encoder turns events into records. Its buffers are reused, because the taking of a ticket waits
// for it; the records of one batch stay valid until the next.
type encoder struct {
	buf  bytes.Buffer
	json *json.Encoder
	ends []int
}

func newEncoder() *encoder {
	c := &encoder{}
	c.json = json.NewEncoder(&c.buf)
	c.json.SetEscapeHTML(false)
	return c
}

// batch encodes events behind the record with the hash prev and gives the hash of the last one.
func (c *encoder) batch(prev hash, events []kiosk.Event) (hash, error) {
	c.buf.Reset()
	c.ends = c.ends[:0]
	for i := range events {
		start := c.buf.Len()
		c.buf.Write([]byte{recordVersion, 0, 0, 0, 0})
		c.buf.Write(prev[:])
		if err := c.json.Encode(&events[i]); err != nil {
			return prev, fmt.Errorf("encode event %d: %w", events[i].Seq, err)
		}
		c.buf.Truncate(c.buf.Len() - 1) // the newline of json.Encoder
		record := c.buf.Bytes()[start:]
		binary.BigEndian.PutUint32(record[crcAt:], checksum(record))
		prev = sha256.Sum256(record)
		c.ends = append(c.ends, c.buf.Len())
	}
	return prev, nil
}

// record gives the i-th record of the batch.
func (c *encoder) record(i int) []byte {
	start := 0
	if i > 0 {
		start = c.ends[i-1]
	}
	return c.buf.Bytes()[start:c.ends[i]:c.ends[i]]
}

// body checks a record's form and checksum and gives its JSON and the hash of the record before it.
func body(record []byte) (text []byte, prev hash, err error) {
	if len(record) < bodyAt {
		return nil, prev, fmt.Errorf("%w: record of %d bytes", ErrDamaged, len(record))
	}
	// The checksum first: a flipped version byte is damage, not a newer layso.
	if binary.BigEndian.Uint32(record[crcAt:]) != checksum(record) {
		return nil, prev, fmt.Errorf("%w: checksum does not match", ErrDamaged)
	}
	if record[0] != recordVersion {
		return nil, prev, fmt.Errorf("%w: record version %d", ErrNewer, record[0])
	}
	return record[bodyAt:], hash(record[prevAt:bodyAt]), nil
}

// decode reads the record that stands under key.
func decode(key, record []byte) (e kiosk.Event, prev hash, err error) {
	if len(key) != 8 {
		return e, prev, fmt.Errorf("%w: key of %d bytes among the events", ErrDamaged, len(key))
	}
	seq := binary.BigEndian.Uint64(key)
	text, prev, err := body(record)
	if err != nil {
		return e, prev, fmt.Errorf("event %d: %w", seq, err)
	}
	if err := json.Unmarshal(text, &e); err != nil {
		return e, prev, fmt.Errorf("event %d: %w: %v", seq, ErrDamaged, err)
	}
	if e.Seq != seq {
		return e, prev, fmt.Errorf("event %d: %w: the record says it is event %d", seq, ErrDamaged, e.Seq)
	}
	return e, prev, nil
}

func seqKey(seq uint64) []byte {
	return binary.BigEndian.AppendUint64(make([]byte, 0, 8), seq)
}
