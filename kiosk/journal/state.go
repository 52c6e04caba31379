package journal

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"

	bolt "go.etcd.io/bbolt"
)

// readersBucket is made when the first reader keeps its state: files of older layso have none.
var readersBucket = []byte("readers")

// State gives what the reader with this name kept last, and the seq of the last event that is in it;
// seq 0 and no state when it kept none. The log is the truth: a state that cannot be used can be
// dropped and made anew from the events. It fails with [ErrDamaged] when it is not what was kept.
func (j *Journal) State(reader string) (seq uint64, state []byte, err error) {
	err = j.view(func(tx *bolt.Tx) error {
		b := tx.Bucket(readersBucket)
		if b == nil {
			return nil
		}
		value := b.Get([]byte(reader))
		switch {
		case value == nil:
			return nil
		case len(value) < 12 || binary.BigEndian.Uint32(value) != crc32.Checksum(value[4:], castagnoli):
			return fmt.Errorf("%w: checksum does not match", ErrDamaged)
		}
		seq, state = binary.BigEndian.Uint64(value[4:]), bytes.Clone(value[12:])
		return nil
	})
	if err != nil {
		return 0, nil, fmt.Errorf("journal: state of the reader %s: %w", reader, err)
	}
	return seq, state, nil
}

// SaveState keeps the reader's state, which contains the events up to seq, in place of the last one
// and returns when it is on the disk; nil as state forgets it.
func (j *Journal) SaveState(reader string, seq uint64, state []byte) error {
	err := j.aside(func(tx *bolt.Tx) error {
		b, err := tx.CreateBucketIfNotExists(readersBucket)
		if err != nil {
			return err
		}
		if state == nil {
			return b.Delete([]byte(reader))
		}
		value := binary.BigEndian.AppendUint64(make([]byte, 4, 12+len(state)), seq)
		value = append(value, state...)
		binary.BigEndian.PutUint32(value, crc32.Checksum(value[4:], castagnoli))
		return b.Put([]byte(reader), value)
	})
	if err != nil {
		return fmt.Errorf("journal: save the state of the reader %s: %w", reader, err)
	}
	return nil
}
