package web_test

import (
	"encoding/json"
	"errors"
	"testing"
	"time"

	"layso/kiosk"
	"layso/web"
)

// slowStore is a store whose disk takes its time with every change, until it is let go.
type slowStore struct {
	memory
	asked chan struct{} // gets one for every change that waits
	done  chan struct{} // closed: the disk is fast again
}

func (s *slowStore) Put(kind, id string, value []byte) error {
	s.wait()
	return s.memory.Put(kind, id, value)
}

func (s *slowStore) Delete(kind, id string) error {
	s.wait()
	return s.memory.Delete(kind, id)
}

func (s *slowStore) wait() {
	select {
	case <-s.done:
	case s.asked <- struct{}{}:
		<-s.done
	}
}

// No read waits for the disk: while a sign-in or a pairing is being stored, everybody else goes on.
func TestReadsDoNotWaitForTheStore(t *testing.T) {
	s := &slowStore{asked: make(chan struct{}), done: make(chan struct{})}
	close(s.done)
	h := newHall(t, func(_ *kiosk.Setup, o *web.Options) { o.Secrets = s })
	for name, change := range map[string]func(){
		"sign-in":  func() { h.server.Begin("clerk2") },
		"sign-out": func() { h.do(h.manager, "DELETE", "/api/session", "") },
		"pairing":  func() { h.server.Pair("display") },
	} {
		s.done = make(chan struct{})
		ended := make(chan struct{})
		go func() { defer close(ended); change() }()
		<-s.asked
		read := make(chan int, 2)
		go func() {
			read <- h.do(h.clerk, "GET", "/api/waiting", "").status
			read <- h.do(h.kiosk, "GET", "/api/printers", "").status
		}()
		for range 2 {
			select {
			case status := <-read:
				if status != 200 {
					t.Errorf("during a %s a read is answered %d", name, status)
				}
			case <-time.After(5 * time.Second):
				t.Errorf("during a %s a read waits for the disk", name)
			}
		}
		close(s.done)
		<-ended
	}
}

// breaks makes the store fail, or mends it with nil.
func (m *memory) breaks(err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.fail = err
}

var errDisk = errors.New("no space left on the disk")

// A session that was ended while the store failed must not come back with the next start.
func TestSignOutSurvivesABrokenStore(t *testing.T) {
	m := &stubborn{}
	h := newHall(t, func(_ *kiosk.Setup, o *web.Options) { o.Secrets = m })
	clerk := h.clerk
	m.deaf(errDisk)
	h.refused("sign out", h.do(clerk, "DELETE", "/api/session", ""), 503, "storage_unavailable")
	h.refused("and it has ended", h.do(clerk, "GET", "/api/waiting", ""), 401, "unauthenticated")
	m.deaf(nil)
	if a := h.do(clerk, "DELETE", "/api/session", ""); a.status != 204 {
		t.Fatalf("signed out again: %d", a.status)
	}
	h.serve()
	h.refused("after a restart", h.do(clerk, "GET", "/api/waiting", ""), 401, "unauthenticated")
}

// stubborn is a store that can be made to forget nothing.
type stubborn struct {
	memory
	keep error
}

func (m *stubborn) deaf(err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.keep = err
}

func (m *stubborn) Delete(kind, id string) error {
	m.mu.Lock()
	keep := m.keep
	m.mu.Unlock()
	if keep != nil {
		return keep
	}
	return m.memory.Delete(kind, id)
}

// What can't be read is not the same as what is not there.
func TestUnreadableStoreIsNoAnswer(t *testing.T) {
	m := &memory{}
	h := newHall(t, func(_ *kiosk.Setup, o *web.Options) { o.Secrets = m })
	body, err := json.Marshal(map[string]any{"seq": h.owner.View().SetupSeq(), "setup": h.owner.View().Setup()})
	h.must(err)
	m.breaks(errDisk)
	h.refused("who has a PIN", h.do(h.admin, "GET", "/api/users", ""), 503, "storage_unavailable")
	h.refused("a setup", h.do(h.admin, "PUT", "/api/setup", string(body)), 503, "storage_unavailable")
	for range 8 {
		h.refused("a right PIN", h.do("", "POST", "/api/session", `{"user":"clerk1","pin":"000000"}`), 503, "storage_unavailable")
	}
	m.breaks(nil)
	if a := h.do("", "POST", "/api/session", `{"user":"clerk1","pin":"000000"}`); a.status != 200 {
		t.Errorf("a right PIN after right ones that could not be checked: %d %s", a.status, a.body)
	}
}

// A PIN that could not be taken from somebody who left is not there for the next one of that name.
func TestNobodyInheritsAPIN(t *testing.T) {
	m := &stubborn{}
	h := newHall(t, func(_ *kiosk.Setup, o *web.Options) { o.Secrets = m })
	put := func(users []kiosk.User) answer {
		s := *h.owner.View().Setup()
		s.Users = users
		body, err := json.Marshal(map[string]any{"seq": h.owner.View().SetupSeq(), "setup": s})
		h.must(err)
		return h.do(h.admin, "PUT", "/api/setup", string(body))
	}
	all := h.owner.View().Setup().Users
	m.deaf(errDisk)
	h.refused("clerk1 leaves", put(all[1:]), 503, "storage_unavailable")
	m.deaf(nil)
	if a := put(all); a.status != 200 {
		t.Fatalf("another clerk1 comes: %d %s", a.status, a.body)
	}
	h.refused("with the PIN of the first", h.do("", "POST", "/api/session", `{"user":"clerk1","pin":"000000"}`), 401, "wrong_pin")
}
