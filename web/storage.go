package web

import (
	"fmt"

	"layso/kiosk"
)

// storage gives every failure of the store the contract's code; the cause stays inside for the log.
type storage struct{ Secrets }

func unavailable(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%w: %w", kiosk.ErrStorage, err)
}

func (s storage) Get(kind, id string) ([]byte, bool, error) {
	value, ok, err := s.Secrets.Get(kind, id)
	return value, ok, unavailable(err)
}

func (s storage) Put(kind, id string, value []byte) error {
	return unavailable(s.Secrets.Put(kind, id, value))
}

func (s storage) Delete(kind, id string) error { return unavailable(s.Secrets.Delete(kind, id)) }

func (s storage) All(kind string) (map[string][]byte, error) {
	all, err := s.Secrets.All(kind)
	return all, unavailable(err)
}
