package journal

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	bolt "go.etcd.io/bbolt"
)

// Secrets are the values that must not stand in the log: PIN hashes, device keys, sessions. They have
// a kind and an id, and what is in them is the caller's business. They can be read by who can read
// the file: store hashes of what authenticates, not the thing itself.
type Secrets struct{ j *Journal }

// ErrSecretName means that a kind is empty or that a kind or id holds a NUL.
var ErrSecretName = errors.New("kind or id of a secret is not usable")

// Secrets gives the journal's secrets.
func (j *Journal) Secrets() *Secrets { return &Secrets{j} }

// Get gives a copy of the value, and false when there is none.
func (s *Secrets) Get(kind, id string) (value []byte, ok bool, err error) {
	key, err := secretKey(kind, id)
	if err != nil {
		return nil, false, err
	}
	err = s.j.view(func(tx *bolt.Tx) error {
		found := tx.Bucket(secretsBucket).Get(key)
		value, ok = bytes.Clone(found), found != nil
		return nil
	})
	if err != nil {
		return nil, false, fmt.Errorf("journal: read secret %s: %w", kind, err)
	}
	return value, ok, nil
}

// All gives every value of a kind by id; an empty map when there is none.
func (s *Secrets) All(kind string) (map[string][]byte, error) {
	prefix, err := secretKey(kind, "")
	if err != nil {
		return nil, err
	}
	all := map[string][]byte{}
	err = s.j.view(func(tx *bolt.Tx) error {
		c := tx.Bucket(secretsBucket).Cursor()
		for key, value := c.Seek(prefix); bytes.HasPrefix(key, prefix); key, value = c.Next() {
			all[string(key[len(prefix):])] = bytes.Clone(value)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("journal: read secrets %s: %w", kind, err)
	}
	return all, nil
}

// Put stores the value and returns when it is on the disk.
func (s *Secrets) Put(kind, id string, value []byte) error {
	return s.change(kind, id, func(b *bolt.Bucket, key []byte) error { return b.Put(key, value) })
}

// Delete removes the value and returns when it is gone from the disk; that there is none is no error.
func (s *Secrets) Delete(kind, id string) error {
	return s.change(kind, id, func(b *bolt.Bucket, key []byte) error { return b.Delete(key) })
}

func (s *Secrets) change(kind, id string, do func(*bolt.Bucket, []byte) error) error {
	key, err := secretKey(kind, id)
	if err != nil {
		return err
	}
	if err := s.j.aside(func(tx *bolt.Tx) error { return do(tx.Bucket(secretsBucket), key) }); err != nil {
		return fmt.Errorf("journal: write secret %s: %w", kind, err)
	}
	return nil
}

// aside runs one write transaction that holds no events. When its commit fails the file is reopened at
// once: the owner of the hall, who would do so after a failed Append, need not know.
func (j *Journal) aside(do func(*bolt.Tx) error) error {
	j.write.Lock()
	defer j.write.Unlock()
	if j.broken.Load() {
		return ErrBroken // by an Append: its outcome is the owner's to look at
	}
	err := j.update(do)
	if err != nil && j.broken.Load() {
		err = errors.Join(err, j.reopen())
	}
	return err
}

func secretKey(kind, id string) ([]byte, error) {
	if kind == "" || strings.Contains(kind, "\x00") || strings.Contains(id, "\x00") {
		return nil, fmt.Errorf("%w: %q %q", ErrSecretName, kind, id)
	}
	return []byte(kind + "\x00" + id), nil
}
