package web

import (
	"crypto/rand"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"layso/kiosk"
)

const (
	deviceKiosk   = "kiosk"
	deviceDisplay = "display"
	deviceCounter = "counter"
)

// codeLife is how long a pairing code can be used; codeLetters leaves out what looks alike.
const (
	codeLife    = 10 * time.Minute
	codeLetters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
)

// device is a paired kiosk, display or counter.
type device struct {
	ID         string     `json:"id"`
	Kind       string     `json:"kind"`
	Name       string     `json:"name"`
	PairedAt   *time.Time `json:"paired_at,omitempty"`
	Printer    string     `json:"printer,omitempty"`     // of a kiosk: where its tickets come out; empty: the hall's first
	Counters   []string   `json:"counters,omitempty"`    // of a display: its zone, the counters whose calls it shows, empty: all; of a counter's screen: the one where it stands
	Locked     bool       `json:"locked,omitempty"`      // of a kiosk: it gives nothing
	LockReason string     `json:"lock_reason,omitempty"` // for the citizens who stand before it
	LockEN     string     `json:"lock_reason_en,omitempty"`
	SeenOn     string     `json:"seen_on,omitempty"` // of a display: the last business day on which it followed the hall
	by         string     // who made the code that it was just paired with
}

// devices knows the paired devices by the hash of the key in their cookie, and the codes that still
// wait for a device.
type devices struct {
	secrets Secrets
	now     func() time.Time
	tries   *limiter
	write   sync.Mutex // orders the changes; held while the store writes
	mu      sync.Mutex // guards what follows; never held while the store writes, for every request asks
	paired  map[string]*device
	codes   map[string]pairing
}

type pairing struct {
	kind, name string
	by         string // who made the code
	until      time.Time
}

func newDevices(secrets Secrets, now func() time.Time) (*devices, error) {
	d := &devices{
		secrets: secrets, now: now, paired: map[string]*device{}, codes: map[string]pairing{},
		tries: newLimiter(10, 6*time.Second),
	}
	stored, err := secrets.All("device")
	if err != nil {
		return nil, fmt.Errorf("reading the devices: %w", err)
	}
	for hash, value := range stored {
		x := &device{}
		if err := json.Unmarshal(value, x); err != nil {
			return nil, fmt.Errorf("reading a device: %w", err)
		}
		d.paired[hash] = x
	}
	return d, nil
}

func (d *devices) find(key string) *device {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.paired[hashKey(key)]
}

func (d *devices) newCode(kind, name, by string) (string, time.Time) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for code, p := range d.codes {
		if d.now().After(p.until) {
			delete(d.codes, code)
		}
	}
	var b [6]byte
	rand.Read(b[:])
	for i := range b {
		b[i] = codeLetters[int(b[i])%len(codeLetters)] // 32 letters: no bias
	}
	code, until := string(b[:]), d.now().Add(codeLife)
	d.codes[code] = pairing{kind, name, by, until}
	return code[:3] + "-" + code[3:], until
}

// pair uses the code up and gives the new device with the key for its cookie.
func (d *devices) pair(code, host string) (*device, string, error) {
	if wait := d.tries.take(host, d.now()); wait > 0 {
		return nil, "", tooMany{wait}
	}
	d.write.Lock()
	defer d.write.Unlock()
	code = strings.ToUpper(strings.NewReplacer("-", "", " ", "").Replace(code))
	d.mu.Lock()
	p, ok := d.codes[code]
	d.mu.Unlock()
	if !ok || d.now().After(p.until) {
		return nil, "", errWrongCode
	}
	now := d.now().UTC().Truncate(time.Second)
	key, hash := newKey()
	x := &device{ID: p.kind + "-" + hash[:8], Kind: p.kind, Name: p.name, PairedAt: &now, by: p.by}
	value, err := json.Marshal(x)
	if err != nil {
		return nil, "", err
	}
	if err := d.secrets.Put("device", hash, value); err != nil {
		return nil, "", fmt.Errorf("storing the device: %w", err)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.codes, code)
	d.paired[hash] = x
	return x, key, nil
}

// change lets edit change a device. The one that others hold stays as it was.
func (d *devices) change(id string, edit func(*device) error) (*device, error) {
	d.write.Lock()
	defer d.write.Unlock()
	hash, ok := d.hashOf(id)
	if !ok {
		return nil, errUnknownDevice
	}
	d.mu.Lock()
	x := *d.paired[hash]
	d.mu.Unlock()
	if err := edit(&x); err != nil {
		return nil, err
	}
	value, err := json.Marshal(x)
	if err != nil {
		return nil, err
	}
	if err := d.secrets.Put("device", hash, value); err != nil {
		return nil, fmt.Errorf("storing the device: %w", err)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.paired[hash] = &x
	return &x, nil
}

func (d *devices) revoke(id string) (*device, error) {
	d.write.Lock()
	defer d.write.Unlock()
	hash, ok := d.hashOf(id)
	if !ok {
		return nil, errUnknownDevice
	}
	if err := d.secrets.Delete("device", hash); err != nil {
		return nil, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	x := d.paired[hash]
	delete(d.paired, hash)
	return x, nil
}

// hashOf gives the hash of the key of the device with this id.
func (d *devices) hashOf(id string) (string, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for hash, x := range d.paired {
		if x.ID == id {
			return hash, true
		}
	}
	return "", false
}

func (d *devices) all() []*device {
	d.mu.Lock()
	defer d.mu.Unlock()
	out := []*device{}
	for _, x := range d.paired {
		out = append(out, x)
	}
	slices.SortFunc(out, func(a, b *device) int { return strings.Compare(a.ID, b.ID) })
	return out
}

func getDevices(c *call) error { return c.json(200, c.devices.all()) }

func newPairingCode(c *call) error {
	var in struct{ Kind, Name string }
	if err := decode(c.r, &in, maxBody); err != nil {
		return err
	}
	if !slices.Contains([]string{deviceKiosk, deviceDisplay, deviceCounter}, in.Kind) {
		return invalid("kind")
	}
	if n := utf8.RuneCountInString(strings.TrimSpace(in.Name)); n == 0 || n > 60 {
		return invalid("name")
	}
	code, until := c.devices.newCode(in.Kind, strings.TrimSpace(in.Name), c.who.name())
	return c.json(201, map[string]any{"code": code, "expires_at": until.In(c.Hall.View().Location())})
}

// deviceCookieAge is ten years: a kiosk stays paired until it is revoked.
const deviceCookieAge = 10 * 365 * 24 * 3600

func pairDevice(c *call) error {
	var in struct{ Code string }
	if err := decode(c.r, &in, maxBody); err != nil {
		return err
	}
	x, key, err := c.devices.pair(in.Code, clientAddress(c.r))
	if err != nil {
		return err
	}
	c.Log.Info("device paired", "id", x.ID, "kind", x.Kind, "name", x.Name)
	c.note(kiosk.Event{Type: kiosk.DevicePaired, By: x.by, Device: x.ID, What: x.Name})
	c.setCookie(deviceCookie, key, deviceCookieAge)
	return c.json(201, map[string]any{"device": x})
}

func revokeDevice(c *call) error {
	why := c.r.URL.Query().Get("reason")
	if err := checkText("reason", why); err != nil || !kiosk.CleanText(why) {
		return invalid("reason")
	}
	x, err := c.devices.revoke(c.r.PathValue("id"))
	if err != nil {
		return err
	}
	c.Log.Info("device revoked", "id", x.ID, "by", c.who.name())
	c.note(kiosk.Event{Type: kiosk.DeviceRevoked, By: c.who.name(), Device: x.ID, What: x.Name, Reason: why})
	c.Live.Recheck()
	c.w.WriteHeader(http.StatusNoContent)
	return nil
}
