package web

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"
)

// Contact is how the holder of a ticket can be reached.
type Contact struct {
	Token string    `json:"token"`
	Phone string    `json:"phone"` // digits alone, with a leading 0
	By    string    `json:"by"`    // who wrote it down
	At    time.Time `json:"at"`
}

// ContactBook keeps phone numbers in a file of its own, apart from the log, so that they can be erased: each has a slot, which is
// overwritten with zeros when it goes, and the file is cut to nothing with the last one. What a disk or a file system keeps of
// overwritten bytes is beyond it.
//
// A slot holds the CRC-32 and the length of a JSON text, and the text. One that a power cut has torn is erased at the next start:
// the clerk asks again.
type ContactBook struct {
	mu    sync.Mutex
	file  *os.File
	named bool     // the file's name is on the disk
	slots []string // token in each slot; empty: free
	of    map[string]Contact
}

const (
	slotSize = 256 // bytes
	slotHead = 6
	maxSlots = 4096 // a megabyte; no hall keeps so many in a day
)

// OpenContacts opens the book at path or makes an empty one.
func OpenContacts(path string) (*ContactBook, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("opening the contacts: %w", err)
	}
	b := &ContactBook{file: f, of: map[string]Contact{}}
	if err := errors.Join(f.Chmod(0o600), b.read()); err != nil {
		f.Close()
		return nil, fmt.Errorf("reading the contacts: %w", err)
	}
	return b, nil
}

func (b *ContactBook) read() error {
	raw, err := io.ReadAll(io.LimitReader(b.file, maxSlots*slotSize))
	if err != nil {
		return err
	}
	for len(raw) > 0 {
		slot := raw[:min(slotSize, len(raw))]
		raw = raw[len(slot):]
		c, ok := readSlot(slot)
		if ok && b.of[c.Token].Token == "" {
			b.of[c.Token] = c
		} else {
			c.Token = ""
		}
		b.slots = append(b.slots, c.Token)
		if c.Token == "" && slices.ContainsFunc(slot, func(x byte) bool { return x != 0 }) {
			if err := b.wipe(len(b.slots) - 1); err != nil {
				return err
			}
		}
	}
	if len(b.slots) == 0 {
		return nil // an empty book is opened on a full disk, too
	}
	return b.cut()
}

// readSlot gives what a slot holds; false where it is free or torn.
func readSlot(slot []byte) (c Contact, ok bool) {
	if len(slot) < slotSize {
		return c, false
	}
	n := int(binary.BigEndian.Uint16(slot[4:]))
	if n == 0 || n > slotSize-slotHead {
		return c, false
	}
	text := slot[slotHead : slotHead+n]
	if crc32.ChecksumIEEE(text) != binary.BigEndian.Uint32(slot) || json.Unmarshal(text, &c) != nil {
		return Contact{}, false
	}
	return c, c.Token != ""
}

// Put keeps a contact in place of the one that the ticket had, and returns when it is on the disk.
func (b *ContactBook) Put(c Contact) error {
	text, err := json.Marshal(c)
	if err != nil {
		return err
	}
	if len(text) > slotSize-slotHead || c.Token == "" {
		return fmt.Errorf("a contact of %d bytes", len(text))
	}
	slot := make([]byte, slotSize)
	binary.BigEndian.PutUint32(slot, crc32.ChecksumIEEE(text))
	binary.BigEndian.PutUint16(slot[4:], uint16(len(text)))
	copy(slot[slotHead:], text)
	b.mu.Lock()
	defer b.mu.Unlock()
	at := slices.Index(b.slots, c.Token)
	if at < 0 {
		at = slices.Index(b.slots, "")
	}
	switch {
	case at < 0 && len(b.slots) >= maxSlots:
		return errors.New("the contacts are full")
	case at < 0:
		at, b.slots = len(b.slots), append(b.slots, "")
	}
	if err := errors.Join(b.write(at, slot), b.name()); err != nil {
		return err
	}
	b.slots[at], b.of[c.Token] = c.Token, c
	return nil
}

func (b *ContactBook) write(at int, slot []byte) error {
	_, err := b.file.WriteAt(slot, int64(at)*slotSize)
	return errors.Join(err, b.file.Sync())
}

// name brings the file's name to the disk, once. It is not done at the start: a hall whose disk is full opens all the same.
func (b *ContactBook) name() error {
	if b.named {
		return nil
	}
	folder, err := os.Open(filepath.Dir(b.file.Name()))
	if err == nil {
		err = errors.Join(folder.Sync(), folder.Close())
	}
	b.named = err == nil
	return err
}

// Get gives the contact of a ticket.
func (b *ContactBook) Get(token string) (Contact, bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	c, ok := b.of[token]
	return c, ok
}

// Delete erases the contact of a ticket and returns when it is gone from the disk; had is false where there was none.
func (b *ContactBook) Delete(token string) (had bool, err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	at := slices.Index(b.slots, token)
	if at < 0 || token == "" {
		return false, nil
	}
	if err := b.wipe(at); err != nil {
		return true, fmt.Errorf("erasing a contact: %w", err)
	}
	delete(b.of, token)
	b.slots[at] = ""
	return true, b.cut()
}

func (b *ContactBook) wipe(at int) error { return b.write(at, make([]byte, slotSize)) }

// cut makes the file empty when nothing is in it.
func (b *ContactBook) cut() error {
	if len(b.of) > 0 {
		return nil
	}
	b.slots = nil
	return errors.Join(b.file.Truncate(0), b.file.Sync())
}

// Tokens gives the tickets that have a contact.
func (b *ContactBook) Tokens() (tokens []string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for token := range b.of {
		tokens = append(tokens, token)
	}
	slices.Sort(tokens)
	return tokens
}

// Close closes the file.
func (b *ContactBook) Close() error { return b.file.Close() }
