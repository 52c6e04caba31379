package journal

import (
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
)

// Mark is what a paper outside the PC says of the log, the closing slip of a day: the hash of the record
// with that seq ([Journal.Seal]). [Verify] compares it with the log.
type Mark struct {
	Seq  uint64
	Hash string // hexadecimal, lower case: at least the first 16 digits of 64
}

const (
	leastMark = 16 // digits: nobody finds another record that begins so by trying
	fullMark  = 2 * len(hash{})
)

// ParseMark reads a mark as it stands on the slip: the number of the record, a colon, and the code in
// groups or in one piece, capitals or not, whole or its first 16 digits at least. The number may have
// separators between its thousands.
func ParseMark(s string) (Mark, error) {
	number, code, found := strings.Cut(s, ":")
	seq, err := strconv.ParseUint(strings.NewReplacer(".", "", ",", "", " ", "", "\u00a0", "").Replace(number), 10, 64)
	if !found || err != nil || seq == 0 {
		return Mark{}, fmt.Errorf("%q does not begin with the number of a record and a colon", s)
	}
	code = strings.ToLower(strings.Join(strings.Fields(code), ""))
	if len(code) < leastMark || len(code) > fullMark || strings.Trim(code, "0123456789abcdef") != "" {
		return Mark{}, fmt.Errorf("%q is no code: %d to %d digits and letters from A to F", code, leastMark, fullMark)
	}
	return Mark{seq, code}, nil
}

// marked compares the newest record with the marks.
func (v *verifier) marked() error {
	for _, m := range v.marks {
		if is := hex.EncodeToString(v.head[:]); m.Seq == v.Events && !strings.HasPrefix(is, m.Hash) {
			return fmt.Errorf("event %d: %w: not the log of the slip, its code is %s", m.Seq, ErrDamaged, is)
		}
	}
	return nil
}

// reached finds marks behind the end of the log.
func (v *verifier) reached() error {
	for _, m := range v.marks {
		if m.Seq > v.Events {
			return fmt.Errorf("%w: the log ends with event %d, the slip knows event %d", ErrDamaged, v.Events, m.Seq)
		}
	}
	return nil
}
