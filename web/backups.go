package web

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"time"

	"layso/kiosk"
)

// Backup is a copy of the hall's data in the backups' folder.
type Backup struct {
	Name     string    `json:"name"` // of the file
	Kind     string    `json:"kind"` // auto, hand, before-restore, uploaded, or other: a file that layso did not make
	At       time.Time `json:"at"`   // when it was made
	Size     int64     `json:"size"` // bytes, with the recordings beside it
	By       string    `json:"by"`   // who made it; empty where nobody knows
	ByName   string    `json:"by_name"`
	Verified bool      `json:"verified"` // all of it was read and found to be right
	Voice    bool      `json:"voice"`    // the hall's own recordings are beside it
	Day      string    `json:"day"`      // the newest business day in it, empty where nobody knows
	Events   uint64    `json:"events"`
	Days     int       `json:"days"`
	Tickets  int       `json:"tickets"`
}

// BackupReport is what a look at all of a backup has found.
type BackupReport struct {
	Backup
	Schema   int    `json:"schema"`    // version of the file's form
	SameHall bool   `json:"same_hall"` // it is of this hall's own log
	Older    bool   `json:"older"`     // this hall's log goes on behind its end
	Lost     uint64 `json:"lost"`      // so many events of this hall are not in it
}

// Backups makes, keeps and restores the copies of the hall's data.
type Backups interface {
	List() ([]Backup, error) // newest first
	Make(ctx context.Context, by string) (Backup, error)
	// Open gives the file of a backup to read; [ErrUnknownBackup] where there is none of this name.
	Open(name string) (io.ReadSeekCloser, error)
	// Upload takes a file in and checks it; one that is right is a backup from then on.
	Upload(ctx context.Context, file io.Reader, by string) (BackupReport, error)
	// Check reads all of a backup. It fails with [ErrBackupDamaged] or [ErrBackupNewer].
	Check(ctx context.Context, name string) (BackupReport, error)
	// Restore checks the backup once more, and has the server start anew with it once it has answered. What is
	// there now becomes a backup of its own.
	Restore(ctx context.Context, name, by, reason string) error
	// Delete takes a backup away with what lies beside it, and notes it in the log. It fails with
	// [ErrBackupKept] for the one that [Kept] names.
	Delete(ctx context.Context, name, by, reason string) error
}

// The refusals that have to do with backups.
const (
	ErrUnknownBackup kiosk.Error = "unknown_backup"
	ErrBackupDamaged kiosk.Error = "backup_damaged" // it is no backup, or not whole
	ErrBackupNewer   kiosk.Error = "backup_newer"   // a newer layso made it
	ErrBackupBusy    kiosk.Error = "backup_busy"    // another one is being made or restored
	ErrBackupKept    kiosk.Error = "backup_kept"    // without it there would be none that is known to be right
	ErrBackupFailed  kiosk.Error = "backup_failed"  // the disk is full, or can't be written
)

// Limits of what takes long.
const (
	maxBackup  = 8 << 30 // bytes of an upload
	backupTime = 30 * time.Minute
)

// backupRoutes let admins keep and restore the hall's data.
func (s *Server) backupRoutes() []route {
	if s.Backups == nil {
		return nil
	}
	return []route{
		{"GET", "/api/backups", admins, getBackups},
		{"POST", "/api/backups", admins, makeBackup},
		{"POST", "/api/backups/check", admins, uploadBackup},
		{"GET", "/api/backups/{name}", admins, downloadBackup},
		{"DELETE", "/api/backups/{name}", admins, deleteBackup},
		{"POST", "/api/backups/{name}/check", admins, checkBackup},
		{"POST", "/api/backups/{name}/restore", admins, restoreBackup},
	}
}

// backupsStatus is what the page shows.
type backupsStatus struct {
	Backups []Backup      `json:"backups"` // newest first
	Last    *backupStatus `json:"last"`    // as in the morning check
	Kept    string        `json:"kept"`    // name of the one that can't be deleted
}

// Kept gives the name of the one backup of a list, newest first, that nobody may delete: the newest of the hall's own
// that was read and found right. An uploaded one may be of another hall. It is empty where there is none.
func Kept(list []Backup) string {
	for _, b := range list {
		if b.Verified && b.Kind != "uploaded" && b.Kind != "other" {
			return b.Name
		}
	}
	return ""
}

func getBackups(c *call) error {
	list, err := c.Backups.List()
	if err != nil {
		return err
	}
	out := backupsStatus{Backups: []Backup{}, Kept: Kept(list)}
	for _, b := range list {
		out.Backups = append(out.Backups, c.named(b))
	}
	if c.Upkeep != nil {
		out.Last = c.Upkeep().backup(c.Hall.View().Location())
	}
	return c.json(200, out)
}

func (c *call) named(b Backup) Backup {
	b.At, b.ByName = b.At.In(c.Hall.View().Location()), c.nameOf(b.By)
	return b
}

// patient gives a request that may take long the time that it needs.
func (c *call) patient() {
	control := http.NewResponseController(c.w)
	until := time.Now().Add(backupTime)
	for _, err := range []error{control.SetReadDeadline(until), control.SetWriteDeadline(until)} {
		if err != nil {
			c.Log.Debug("a request that takes long has to be fast", "err", err)
		}
	}
}

func makeBackup(c *call) error {
	c.patient()
	b, err := c.Backups.Make(c.r.Context(), c.who.name())
	if err != nil {
		return err
	}
	return c.json(201, c.named(b))
}

func downloadBackup(c *call) error {
	name := c.r.PathValue("name")
	file, err := c.Backups.Open(name)
	if err != nil {
		return err
	}
	defer file.Close()
	c.patient()
	c.w.Header().Set("Content-Type", "application/octet-stream")
	c.w.Header().Set("Cache-Control", "no-store")
	c.attachment(name)
	if c.r.Method != http.MethodHead {
		// Before the first byte leaves. A log that can't be written stops nobody: his disk is failing, and this is the way out.
		c.note(kiosk.Event{Type: kiosk.BackupDownloaded, What: name})
	}
	http.ServeContent(c.w, c.r, "", time.Time{}, file)
	return nil
}

func uploadBackup(c *call) error {
	if kind, _, _ := mime.ParseMediaType(c.r.Header.Get("Content-Type")); kind != "application/octet-stream" {
		return errContentType
	}
	c.patient()
	report, err := c.Backups.Upload(c.r.Context(), http.MaxBytesReader(nil, c.r.Body, maxBackup), c.who.name())
	if err != nil {
		return uploadError(err)
	}
	report.Backup = c.named(report.Backup)
	return c.json(200, report)
}

func checkBackup(c *call) error {
	c.patient()
	report, err := c.Backups.Check(c.r.Context(), c.r.PathValue("name"))
	if err != nil {
		return err
	}
	report.Backup = c.named(report.Backup)
	return c.json(200, report)
}

func deleteBackup(c *call) error {
	why := c.r.URL.Query().Get("reason")
	if err := checkText("reason", why); err != nil || !kiosk.CleanText(why) {
		return invalid("reason")
	}
	if err := c.Backups.Delete(c.r.Context(), c.r.PathValue("name"), c.who.name(), why); err != nil {
		return err
	}
	c.w.WriteHeader(http.StatusNoContent)
	return nil
}

// restoreBackup answers before the server starts anew: epoch is that of the log that ends.
func restoreBackup(c *call) error {
	var in struct{ Reason string }
	if err := decode(c.r, &in, maxBody); err != nil {
		return err
	}
	if err := checkText("reason", in.Reason); err != nil {
		return err
	}
	c.patient()
	if err := c.Backups.Restore(c.r.Context(), c.r.PathValue("name"), c.who.name(), in.Reason); err != nil {
		return err
	}
	return c.json(202, map[string]string{"epoch": c.Epoch})
}

func uploadError(err error) error {
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return fmt.Errorf("%w: %w", errTooLarge, err)
	}
	return err
}
