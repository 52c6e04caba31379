package voice

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"

	"layso/kiosk"
)

// Bounds of an archive. A hall's own is about 5 MB; what is far above is a mistake or an attack.
const (
	MaxArchive  = 32 << 20 // bytes of the zip
	maxFiles    = 500
	maxManifest = 64 << 10
	maxWAV      = 2 << 20  // bytes of one file: 7 s at 48 kHz, 24 bits, stereo
	maxUnpacked = 64 << 20 // bytes of all files
)

const (
	manifestName  = "manifest.json"
	archiveFormat = 1
)

// manifest is the archive's description. Says is for whoever records, nobody reads it.
type manifest struct {
	Format int               `json:"format"`
	Name   string            `json:"name"`
	Clips  map[string]string `json:"clips"` // name -> file in the archive
	Says   map[string]string `json:"says,omitempty"`
}

// Template gives the manifest.json of a hall's own recordings, with what each clip says. The English
// ones may be left out, all of them together, and of those that the kiosk says (help) each.
func Template() []byte {
	m := manifest{Format: archiveFormat, Name: "Tên người đọc", Clips: map[string]string{}, Says: texts}
	for _, name := range names {
		m.Clips[name] = name + ".wav"
	}
	out, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		panic(err) // of strings alone: can't happen
	}
	return append(out, '\n')
}

// Read checks an archive and gives its clips, cut and levelled. Where it has no English, or not all that the
// kiosk says in a sentence, the voice of the program is heard. The error is a [kiosk.Faults]: each names the clip and what to do, with the
// problems format (not a readable archive or WAV), unknown, required, too_long, too_short, silent and clipped.
func Read(raw []byte) (*Clips, error) { return (&reader{}).read(raw) }

func (r *reader) read(raw []byte) (*Clips, error) {
	if !r.open(raw) {
		return nil, r.faults
	}
	c := &Clips{Name: r.manifest.Name, sounds: map[string]func() sound{}}
	for _, name := range names {
		file, listed := r.manifest.Clips[name]
		switch {
		case isHelp(name) && r.files[file] == nil: // not listed, or in the template and not recorded
		case listed && r.ours:
			c.sounds[name] = sync.OnceValue(func() sound { return (&reader{files: r.files}).clip(name, file) })
		case listed:
			s := r.clip(name, file)
			c.sounds[name] = func() sound { return s }
		case r.needs(name):
			r.add("clips."+name, "required", "the clip %q is missing from the manifest", texts[name])
		}
	}
	if len(r.faults) > 0 {
		return nil, r.faults
	}
	return c, nil
}

// needs reports whether a voice is none without this clip.
func (r *reader) needs(name string) bool {
	return !r.some && !isHelp(name) && (strings.HasPrefix(name, string(kiosk.Vietnamese)) || r.english)
}

// reader is an archive that is being checked.
type reader struct {
	some     bool // a part of a voice will do
	ours     bool // nobody has to be told what is wrong with it, so its clips can wait until they are heard
	files    map[string]*zip.File
	manifest manifest
	english  bool // it has clips of that language
	unpacked int64
	faults   kiosk.Faults
}

func (r *reader) add(field, problem, detail string, args ...any) {
	r.faults = append(r.faults, kiosk.Fault{Field: field, Problem: problem, Detail: fmt.Sprintf(detail, args...)})
}

// open reads the list of files and the manifest. No file is ever written under a name of the archive's: a name
// is only looked up, so where it points to does not matter.
func (r *reader) open(raw []byte) bool {
	archive, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	switch {
	case len(raw) > MaxArchive:
		r.add("archive", "too_long", "is larger than %d MB", MaxArchive>>20)
	case err != nil:
		r.add("archive", "format", "is no zip archive")
	case len(archive.File) > maxFiles:
		r.add("archive", "too_long", "has more than %d files", maxFiles)
	}
	if len(r.faults) > 0 {
		return false
	}
	r.files = map[string]*zip.File{}
	for _, f := range archive.File {
		if r.files[f.Name] != nil {
			r.add("archive", "duplicate", "has two files %q", f.Name)
			return false
		}
		r.files[f.Name] = f
	}
	return r.readManifest()
}

func (r *reader) readManifest() bool {
	text, err := r.unpack(manifestName, maxManifest)
	if err != nil {
		r.add(manifestName, "required", "must stand in the archive, not in a folder, with at most %d kB", maxManifest>>10)
		return false
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&r.manifest); err != nil || r.manifest.Format != archiveFormat {
		r.add(manifestName, "format", "is not as the template: %v", err)
		return false
	}
	if !kiosk.CleanText(r.manifest.Name) || len(r.manifest.Name) > 200 {
		r.add("name", "characters", "is too long or has characters that can't be shown")
	}
	for name := range r.manifest.Clips {
		if _, known := texts[name]; !known {
			r.add("clips."+name, "unknown", "there is no such clip; see the template")
		}
		r.english = r.english || !isHelp(name) && strings.HasPrefix(name, string(kiosk.English))
	}
	return len(r.faults) == 0
}

var errLarge = errors.New("display/voice: the file is too large")

// unpack reads a file of the archive, whatever size its head says that it has.
func (r *reader) unpack(name string, most int64) ([]byte, error) {
	f := r.files[name]
	if f == nil {
		return nil, errors.New("display/voice: there is no such file in the archive")
	}
	in, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer in.Close()
	content, err := io.ReadAll(io.LimitReader(in, most+1))
	r.unpacked += int64(len(content))
	if int64(len(content)) > most || r.unpacked > maxUnpacked {
		return nil, errLarge
	}
	return content, err
}

// clip reads one recording; nil with a fault where it can't be used.
func (r *reader) clip(name, file string) sound {
	field := "clips." + name
	raw, err := r.unpack(file, maxWAV)
	if errors.Is(err, errLarge) {
		r.add(field, "too_long", "%s is larger than %d MB", file, maxWAV>>20)
		return nil
	}
	if err != nil {
		r.add(field, "required", "%s can't be read from the archive", file)
		return nil
	}
	x, rate, err := decodeWAV(raw)
	if err != nil {
		r.add(field, "format", "%s is no WAV file of 16 or 24 bits PCM, mono or stereo, 8 to 48 kHz", file)
		return nil
	}
	return r.improve(name, x, rate)
}

// What a recording may be.
const (
	quietest   = -50.0 // LUFS; what is below is an empty track
	overloaded = 3     // samples in a row at the limit are a clipped peak
	fewPeaks   = 2     // clipped peaks that nobody hears
	shortest   = 0.06  // seconds
)

// longest gives the seconds that n syllables may take.
func longest(n int) float64 { return 0.5 + 0.5*float64(n) }

// improve checks, cuts and levels a recording.
func (r *reader) improve(name string, x []float64, rate int) sound {
	field := "clips." + name
	if clippedPeaks(x) > fewPeaks {
		r.add(field, "clipped", "is overdriven; record %q with less gain", texts[name])
		return nil
	}
	if !(loudness(x, rate) > quietest) {
		r.add(field, "silent", "nothing is heard; record %q again", texts[name])
		return nil
	}
	x = trim(resample(x, rate))
	switch seconds := float64(len(x)) / Rate; {
	case seconds < shortest:
		r.add(field, "too_short", "%q takes only %.2f s", texts[name], seconds)
	case seconds > longest(syllables[name]):
		r.add(field, "too_long", "%q takes %.1f s; cut off what is before and after it", texts[name], seconds)
	default:
		level(x, Loudness)
		return round(x)
	}
	return nil
}

func clippedPeaks(x []float64) int {
	peaks, row := 0, 0
	for _, v := range x {
		if v >= 32766.0/full || v <= -32767.0/full {
			row++
		} else {
			row = 0
		}
		if row == overloaded {
			peaks++
		}
	}
	return peaks
}

// Archive gives the clips as an archive that Read takes.
func (c *Clips) Archive() ([]byte, error) {
	var b bytes.Buffer
	archive := zip.NewWriter(&b)
	archive.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, flate.BestSpeed) })
	m := manifest{Format: archiveFormat, Name: c.Name, Clips: map[string]string{}}
	for name := range c.sounds {
		m.Clips[name] = name + ".wav"
	}
	text, err := json.Marshal(m)
	if err != nil {
		return nil, err
	}
	err = add(archive, manifestName, text)
	for _, name := range names {
		if s, ok := c.sounds[name]; ok && err == nil {
			err = add(archive, name+".wav", encodeWAV(s()))
		}
	}
	if err == nil {
		err = archive.Close()
	}
	return b.Bytes(), err
}

func add(archive *zip.Writer, name string, content []byte) error {
	w, err := archive.Create(name)
	if err == nil {
		_, err = w.Write(content)
	}
	return err
}
