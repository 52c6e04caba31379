package voice_test

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"sync"
	"testing"

	"layso/display/voice"
	"layso/kiosk"
)

// tone is a WAV file of a sine, with what a recorder may choose.
func tone(seconds, level float64, rate, channels, bits int) []byte {
	var data []byte
	for i := range int(seconds * float64(rate)) {
		v := level * math.Sin(2*math.Pi*440*float64(i)/float64(rate))
		for range channels {
			if bits == 16 {
				data = binary.LittleEndian.AppendUint16(data, uint16(int16(max(-32768, min(32767, v*32768)))))
			} else {
				n := uint32(int32(max(-1<<23, min(1<<23-1, v*(1<<23)))))
				data = append(data, byte(n), byte(n>>8), byte(n>>16))
			}
		}
	}
	b := binary.LittleEndian.AppendUint32([]byte("RIFF"), uint32(36+len(data)))
	b = binary.LittleEndian.AppendUint32(append(b, "WAVEfmt "...), 16)
	b = binary.LittleEndian.AppendUint16(b, 1)
	b = binary.LittleEndian.AppendUint16(b, uint16(channels))
	b = binary.LittleEndian.AppendUint32(b, uint32(rate))
	b = binary.LittleEndian.AppendUint32(b, uint32(rate*channels*bits/8))
	b = binary.LittleEndian.AppendUint16(b, uint16(channels*bits/8))
	b = binary.LittleEndian.AppendUint16(b, uint16(bits))
	b = binary.LittleEndian.AppendUint32(append(b, "data"...), uint32(len(data)))
	return append(b, data...)
}

// recordings are the files of a hall's own archive, all Vietnamese clips; each caller has a map of its own.
func recordings() map[string][]byte { return maps.Clone(recorded()) }

var recorded = sync.OnceValue(func() map[string][]byte {
	files, clips := map[string][]byte{}, map[string]string{}
	for i, name := range voice.Names("vi") {
		seconds := 0.15
		if name == "vi.call" {
			seconds = 2
		}
		clips[name] = name + ".wav"
		files[clips[name]] = tone(seconds, 0.1, []int{16000, 22050, 44100, 48000}[i%4], 1+i%2, 16+8*(i/2%2))
	}
	files["manifest.json"], _ = json.Marshal(map[string]any{"format": 1, "name": "Cô Lan", "clips": clips})
	return files
})

func pack(files map[string][]byte) []byte {
	var b bytes.Buffer
	archive := zip.NewWriter(&b)
	var names []string
	for name := range files {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		method := zip.Store
		if len(files[name]) > 1<<20 {
			method = zip.Deflate
		}
		w, _ := archive.CreateHeader(&zip.FileHeader{Name: name, Method: method})
		w.Write(files[name])
	}
	archive.Close()
	return b.Bytes()
}

// TestOwnRecordings: what a hall may hand in is taken, sounds as loud as the voice in the program, and comes
// out of its own archive as it went in.
func TestOwnRecordings(t *testing.T) {
	c, err := voice.Read(pack(recordings()))
	if err != nil || c.Name != "Cô Lan" {
		t.Fatal(err)
	}
	call := voice.Call{Number: "A007", Counter: "3", Lang: kiosk.English}
	own := c.WAV(call, kiosk.Voice{}, voice.Whole)
	archive, err := c.Archive()
	if err != nil {
		t.Fatal(err)
	}
	again, err := voice.Read(archive)
	if err != nil {
		t.Fatal(err)
	}
	if n := len(again.WAV(call, kiosk.Voice{}, voice.Whole)); math.Abs(float64(n-len(own))) > 44100*0.5 {
		t.Errorf("%d bytes came back as %d", len(own), n)
	}
	if bytes.Equal(own, voice.Builtin().WAV(call, kiosk.Voice{}, voice.Whole)) {
		t.Error("the voice in the program speaks")
	}
}

// TestRefusals: each of these is refused, names the clip, and says why.
func TestRefusals(t *testing.T) {
	manifest := func(change func(m map[string]any)) func(map[string][]byte) {
		return func(files map[string][]byte) {
			var m map[string]any
			json.Unmarshal(files["manifest.json"], &m)
			change(m)
			files["manifest.json"], _ = json.Marshal(m)
		}
	}
	put := func(name string, content []byte) func(map[string][]byte) {
		return func(files map[string][]byte) { files[name] = content }
	}
	for name, x := range map[string]struct {
		break_ func(map[string][]byte)
		want   string
	}{
		"no manifest":     {func(f map[string][]byte) { delete(f, "manifest.json") }, "manifest.json required"},
		"broken manifest": {put("manifest.json", []byte("{")), "manifest.json format"},
		"other format":    {manifest(func(m map[string]any) { m["format"] = 2 }), "manifest.json format"},
		"unknown key":     {manifest(func(m map[string]any) { m["extra"] = 2 }), "manifest.json format"},
		"unknown clip":    {manifest(func(m map[string]any) { m["clips"].(map[string]any)["vi.11"] = "x.wav" }), "clips.vi.11 unknown"},
		"missing clip":    {manifest(func(m map[string]any) { delete(m["clips"].(map[string]any), "vi.7") }), "clips.vi.7 required"},
		"half an English": {manifest(func(m map[string]any) { m["clips"].(map[string]any)["en.0"] = "vi.0.wav" }), "clips.en.call required"},
		"outside":         {manifest(func(m map[string]any) { m["clips"].(map[string]any)["vi.7"] = "../../etc/passwd" }), "clips.vi.7 required"},
		"missing file":    {func(f map[string][]byte) { delete(f, "vi.7.wav") }, "clips.vi.7 required"},
		"no WAV":          {put("vi.7.wav", []byte("ID3 this is an MP3")), "clips.vi.7 format"},
		"cut off":         {func(f map[string][]byte) { f["vi.7.wav"] = f["vi.7.wav"][:500] }, "clips.vi.7 format"},
		"8 bits":          {put("vi.7.wav", tone(0.4, 0.1, 22050, 1, 8)), "clips.vi.7 format"},
		"six channels":    {put("vi.7.wav", tone(0.4, 0.1, 22050, 6, 16)), "clips.vi.7 format"},
		"96 kHz":          {put("vi.7.wav", tone(0.4, 0.1, 96000, 1, 16)), "clips.vi.7 format"},
		"silent":          {put("vi.7.wav", tone(0.4, 0, 22050, 1, 16)), "clips.vi.7 silent"},
		"nearly silent":   {put("vi.7.wav", tone(0.4, 0.001, 22050, 1, 16)), "clips.vi.7 silent"},
		"overdriven":      {put("vi.7.wav", tone(0.4, 3, 22050, 1, 16)), "clips.vi.7 clipped"},
		"too short":       {put("vi.7.wav", tone(0.03, 0.1, 22050, 1, 16)), "clips.vi.7 too_short"},
		"too long":        {put("vi.7.wav", tone(1.2, 0.1, 22050, 1, 16)), "clips.vi.7 too_long"},
		"too large":       {put("vi.7.wav", make([]byte, 3<<20)), "clips.vi.7 too_long"},
		"hidden letters":  {manifest(func(m map[string]any) { m["name"] = "a\u202eb" }), "name characters"},
	} {
		t.Run(name, func(t *testing.T) {
			files := recordings()
			x.break_(files)
			refused(t, pack(files), x.want)
		})
	}
	refused(t, nil, "archive format")
	refused(t, []byte("PK but no archive"), "archive format")
	refused(t, make([]byte, voice.MaxArchive+1), "archive too_long")
	many := recordings()
	for i := range 500 {
		many[fmt.Sprint("x", i)] = nil
	}
	refused(t, pack(many), "archive too_long")
}

func refused(t *testing.T, raw []byte, want string) {
	t.Helper()
	c, err := voice.Read(raw)
	var faults kiosk.Faults
	if c != nil || !errors.As(err, &faults) || !errors.Is(err, kiosk.ErrInvalidField) {
		t.Fatalf("%v %v", c, err)
	}
	if got := faults[0].Field + " " + faults[0].Problem; got != want || faults[0].Detail == "" {
		t.Errorf("%s (%s), want %s", got, faults[0].Detail, want)
	}
}

// TestBomb: an archive that says it is small and unpacks to much is not unpacked.
func TestBomb(t *testing.T) {
	files := recordings()
	files["manifest.json"] = bytes.Repeat([]byte(" "), 1<<20)
	refused(t, pack(files), "manifest.json required")

	files = recordings()
	var m map[string]any
	json.Unmarshal(files["manifest.json"], &m)
	for name := range m["clips"].(map[string]any) {
		m["clips"].(map[string]any)[name] = "huge.wav"
	}
	files["manifest.json"], _ = json.Marshal(m)
	for name := range files {
		if name != "manifest.json" {
			delete(files, name)
		}
	}
	files["huge.wav"] = append(tone(2, 0.1, 48000, 2, 24), make([]byte, 1<<20)...)
	raw := pack(files)
	refused(t, raw, "clips.vi.0 too_long")
	_, err := voice.Read(raw)
	var faults kiosk.Faults
	if !errors.As(err, &faults) || !strings.Contains(faults[len(faults)-1].Detail, "larger than") {
		t.Errorf("more than 64 MB were unpacked: %v", faults[len(faults)-1])
	}
	if len(raw) > 1<<20 {
		t.Errorf("the archive has %d bytes", len(raw))
	}
}

// TestTemplate: who fills the template with recordings has a voice.
func TestTemplate(t *testing.T) {
	var m struct {
		Clips, Says map[string]string
	}
	if err := json.Unmarshal(voice.Template(), &m); err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{"manifest.json": voice.Template()}
	for name, file := range m.Clips {
		if m.Says[name] == "" {
			t.Errorf("%s says nothing", name)
		}
		files[file] = tone(0.5, 0.2, 44100, 1, 16)
	}
	if _, err := voice.Read(pack(files)); err != nil {
		t.Error(err)
	}
	if !strings.Contains(string(voice.Template()), "Xin mời công dân có số thứ tự") {
		t.Error("the template is not readable")
	}
}

// FuzzRead gives the reader any bytes: clips or faults, never a panic.
func FuzzRead(f *testing.F) {
	files := recordings()
	f.Add(pack(map[string][]byte{"manifest.json": files["manifest.json"], "vi.7.wav": tone(0.2, 0.1, 8000, 1, 16)}))
	f.Add(pack(map[string][]byte{"manifest.json": []byte(`{"format":1,"name":"x","clips":{"vi.7":"a","vi.8":"a","en.0":"b"}}`), "a": nil, "b": []byte("RIFF")}))
	f.Fuzz(func(t *testing.T, raw []byte) {
		if c, err := voice.Read(raw); (c == nil) == (err == nil) || err != nil && err.Error() == "" {
			t.Fatal(c, err)
		}
	})
}
