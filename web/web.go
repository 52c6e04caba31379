// Package web is layso's HTTP side: the public contract (API), the pages, sessions, paired devices
// and the rules of who may do what. It decides nothing about the queue: a request becomes a
// [kiosk.Command], an answer is read from the published [kiosk.View].
//
// The pages are hand-written HTML, CSS and JavaScript modules, embedded, without a build step. The
// full description of the API is openapi.yaml beside this file, which a test compares with the routes.
//
//	server, err := web.New(web.Options{Hall: owner, History: journal, Secrets: secrets, Live: hub, ...})
//	http.Serve(listener, server)
package web

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"layso/kiosk"
)

// Hall is the queue: a *kiosk.Owner.
type Hall interface {
	Do(ctx context.Context, cmd kiosk.Command) (kiosk.Result, error)
	View() *kiosk.View
	Forecast() *kiosk.Forecast
}

// History is the log of events, of past days too.
type History interface {
	// Since gives up to limit events with a Seq above since, in order.
	Since(since uint64, limit int) ([]kiosk.Event, error)
	// Before looks backwards at up to n records with a seq below before and gives, newest first, those whose JSON
	// holds at least one text of each set of the sieve. next is the seq of the oldest one that it looked at.
	Before(before uint64, n int, sieve [][]string) (events []kiosk.Event, next uint64, err error)
	// SeqAt gives the seq of the first event that is not before t, one above the last where there is none.
	SeqAt(t time.Time) (uint64, error)
	// Expired reports whether the token belongs to a closed business day.
	Expired(token string) bool
}

// Secrets keeps what must not stand in the log: PIN hashes, device keys, sessions.
type Secrets interface {
	Get(kind, id string) ([]byte, bool, error)
	Put(kind, id string, value []byte) error
	Delete(kind, id string) error
	All(kind string) (map[string][]byte, error)
}

// Viewer is who follows the hall over a WebSocket.
type Viewer struct {
	View   string      // public, kiosk or clerk
	Device string      // that was paired; a kiosk gets the print outcomes of its own tickets
	Zone   []string    // ids of the counters whose calls a display shows; empty: all
	Locked bool        // a kiosk that gives nothing; it comes back as another viewer when that changes
	Still  func() bool `json:"-"` // whether he may look on; nil: for ever
}

// Live pushes the hall to WebSockets; it takes the connection over.
type Live interface {
	Serve(w http.ResponseWriter, r *http.Request, v Viewer)
	ServeTicket(w http.ResponseWriter, r *http.Request, token string)
	Recheck() // asks every Viewer's Still soon
}

// Screen is somebody who follows the hall over a WebSocket, or a paired device that did.
type Screen struct {
	View      string // public, kiosk or clerk
	Device    string // as in its [Viewer]
	Connected bool
	Since     time.Time     // when it connected
	Acked     uint64        // the last seq that it says it has shown; 0: it said nothing
	Behind    uint64        // seqs that it has still to show
	Sound     bool          // it says that it can be heard
	Voice     string        // how it says that its voice is: on, blocked, trying, failed, muted, off or empty
	Silent    time.Duration // since it was last heard of
	Owes      time.Duration // since when it has not shown what it was told; 0: it has
}

// Upkeep is how the PC stands that layso runs on.
type Upkeep struct {
	Backup time.Time // of the last backup that went well; zero: there was none yet
	// BackupFault is why the newest automatic backup was not made, for the log's readers; empty where it was.
	BackupFault string
	DiskFree    uint64 // bytes that layso may still fill with its data; 0 with DiskTotal 0: unknown
	DiskTotal   uint64 // bytes of that disk
}

// Part is a piece of hardware on the PC's pins and buses.
type Part struct {
	Kind  string   `json:"kind"`  // button, panels, speaker or other
	Name  string   `json:"name"`  // a button's device in the log, the panels' bus, a loudspeaker, or a field of the configuration
	For   []string `json:"for"`   // id of a button's service, ids of the panels' or the loudspeaker's counters
	State string   `json:"state"` // ready, working, broken, stuck, no_paper, or the code of why a button gives no numbers
	OK    bool     `json:"ok"`    // nobody has to come for it
}

// Paper is the software printer, for the page /printer.
type Paper interface {
	// Paper gives a paper by its number, 0 for the newest, as PNG and as the bytes it was printed from;
	// nil where there is none, or where it is too old.
	Paper(seq int) (png, raw []byte)
	State() Emulator
	// SetFault breaks the printer, "" mends it: at once, or when that many rows of paper more have
	// come out, so in the middle of the next ticket.
	SetFault(code string, rows int) error
}

// Emulator is how the software printer stands.
type Emulator struct {
	Papers int             `json:"papers"` // that came out so far
	Fault  string          `json:"fault"`
	Coming string          `json:"coming"` // the fault that comes in the middle of the next ticket
	Recent []EmulatorPaper `json:"recent"` // the last papers, newest first; never nil
}

// EmulatorPaper is one piece of paper of the software printer.
type EmulatorPaper struct {
	Seq  int  `json:"seq"` // from 1
	MM   int  `json:"mm"`  // its length
	Torn bool `json:"torn"`
	Lost int  `json:"lost"` // bytes of it that the printer lost
}

// Reporter makes the report of the business days from one date to another (YYYY-MM-DD), both included.
type Reporter func(ctx context.Context, from, to string) (kiosk.Report, error)

// Options are what a Server needs. All fields without "optional" are required.
type Options struct {
	Hall        Hall
	History     History
	Secrets     Secrets
	Live        Live
	Printers    func() []kiosk.PrinterStatus
	Changes     Changes                             // optional: which events changed the hall
	SetupFile   SetupFile                           // optional: the hall as a file
	Backups     Backups                             // optional: copies of the hall's data
	Epoch       string                              // optional: of the log, for who waits for another one
	Press       Press                               // optional: nil where nothing but tickets is printed
	Proofs      func(Proof) (png []byte, err error) // optional: draws papers that nobody prints
	Speech      Speech                              // optional: makes the sound of calls
	QR          func(text string) ([][]bool, error) // modules of a QR code with its quiet zone
	Paper       Paper                               // optional: nil without a software printer
	Screens     func() []Screen                     // optional: who follows the hall
	Upkeep      func() Upkeep                       // optional: how the PC stands
	Parts       func() []Part                       // optional: what hangs on the PC's pins
	Metrics     http.Handler                        // answers /metrics
	Scores      func(days int) []kiosk.ForecastDay  // optional: how well the forecast came true, newest day first
	Reports     Reporter                            // optional: what spans of days came to
	BaseURL     string                              // start of the tickets' status URLs, no slash at the end
	Hosts       []string                            // optional: host names allowed beside IP addresses and localhost
	LoopbackIs  string                              // optional: "kiosk" makes loopback a kiosk
	MetricsOpen bool                                // optional: /metrics without signing in
	Contacts    *ContactBook                        // optional: keeps the phone numbers of citizens for a day
	CA          func() []byte                       // optional: the certificate of the hall's own CA, PEM; nil where there is none
	StaffTLS    string                              // optional: the port of the TLS listener that the staff has to use; empty: plain HTTP will do
	Demo        bool                                // optional: the pages say what a demo needs
	Version     string                              // optional
	Log         *slog.Logger                        // optional
	Now         func() time.Time                    // optional: the hall's time, which staff may set
	Steady      func() time.Time                    // optional: a time that nobody sets, for what lasts so long: sessions, codes, delays
}

// Server is the handler of all of layso's URLs.
type Server struct {
	Options
	build    string
	begun    time.Time // by Steady
	handler  http.Handler
	sessions *sessions
	pins     *pins
	browsers browsers
	devices  *devices
	first    *firstSetup
	limits   *limiter // tickets, by device
	ratings  *limiter // by ticket
	screens  *limiter // ratings, by the counter's device
	refused  *limiter // wrong PINs in the log, by client address
	bookings *limiter // by client address
	proofs   *limiter // by user
	heard    *limiter // the same
	played   *limiter // by client address
	offers   *limiter // the same
	sounds   sounds
	packs    packs
	briefs   briefs
	pages    pages
	phone    phoneLayout
	manual   manual
	today    today

	auditWork int // of one answer of the audit log
}

// New reads sessions and devices back from the secrets and builds the routes.
func New(o Options) (*Server, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Steady == nil {
		o.Steady = o.Now
	}
	if o.Log == nil {
		o.Log = slog.Default()
	}
	o.Secrets = storage{o.Secrets}
	s := &Server{Options: o, build: BuildID(), begun: o.Steady(), first: &firstSetup{}, auditWork: auditWork,
		limits: newLimiter(takeBurst, takeEvery), ratings: newLimiter(rateBurst, rateEvery), screens: newLimiter(screenBurst, screenEvery), refused: newLimiter(refusedBurst, refusedEvery),
		bookings: newLimiter(bookBurst, bookEvery), proofs: newLimiter(proofBurst, proofEvery),
		heard: newLimiter(hearBurst, hearEvery), played: newLimiter(playBurst, playEvery), offers: newLimiter(offerBurst, offerEvery)}
	var err error
	if s.pages, err = newPages(s.build); err != nil {
		return nil, err
	}
	if s.phone, err = newPhoneLayout(s.build); err != nil {
		return nil, err
	}
	if s.manual, err = newManual(s.build); err != nil {
		return nil, err
	}
	if s.sessions, err = newSessions(o.Secrets, o.Steady); err != nil {
		return nil, err
	}
	if s.devices, err = newDevices(o.Secrets, o.Steady); err != nil {
		return nil, err
	}
	if s.browsers, err = newBrowsers(o.Secrets); err != nil {
		return nil, err
	}
	s.pins = newPins(o.Secrets, o.Steady)
	if !o.Demo {
		if err := s.offerFirstSetup(); err != nil {
			return nil, err
		}
	}
	s.handler = s.guarded(s.mux())
	return s, nil
}

// ServeHTTP answers one request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }

// FirstCode is the one-time code of the first set-up, made when no admin can sign in yet; else empty.
func (s *Server) FirstCode() string {
	s.first.mu.Lock()
	defer s.first.mu.Unlock()
	return s.first.code
}

// offerFirstSetup makes the one-time code where no admin can sign in.
func (s *Server) offerFirstSetup() error {
	can, err := s.adminCanSignIn(s.Hall.View().Setup())
	if err == nil && !can {
		key, _ := newKey()
		s.first.code = key[:20]
	}
	return err
}

func (s *Server) adminCanSignIn(setup *kiosk.Setup) (bool, error) {
	for _, u := range setup.Users {
		if u.Role != kiosk.Admin {
			continue
		}
		if has, err := s.pins.has(u.ID); has || err != nil {
			return has, err
		}
	}
	return false, nil
}

// SetPIN stores the PIN, six digits, of users who share it, as in a demo; mostly of one.
func (s *Server) SetPIN(pin string, users ...string) error { return s.pins.set(pin, users...) }
