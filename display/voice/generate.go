//go:build ignore

// Generate makes espeak.zip and help.zip, the voice in the program, of clips.tsv: what calls are made of, and what
// the kiosk says. It runs espeak-ng (Debian:
// apt install espeak-ng), which is GPL; what the tool speaks is not covered by its licence, and no
// part of it is linked or kept. Run it as `go generate ./display/voice`.
package main

import (
	"archive/zip"
	"compress/flate"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// Words a minute. Phrases flow; a number has to be understood at the back of the hall.
var voices = map[string][]string{
	"vi.call": {"-v", "vi", "-s", "205"}, "vi.counter": {"-v", "vi", "-s", "195"}, "vi": {"-v", "vi", "-s", "165"},
	"vi.help": {"-v", "vi", "-s", "160"}, "en.help": {"-v", "en-us", "-s", "150"},
	"en.call": {"-v", "en-us", "-s", "170"}, "en.counter": {"-v", "en-us", "-s", "170"}, "en": {"-v", "en-us", "-s", "165"},
}

func main() {
	text, err := os.ReadFile("clips.tsv")
	check(err)
	pack("espeak.zip", string(text), func(name string) bool { return !strings.Contains(name, ".help-") })
	pack("help.zip", string(text), func(name string) bool { return strings.Contains(name, ".help-") })
}

// pack writes an archive of the clips that are in it.
func pack(file, text string, in func(name string) bool) {
	out, err := os.Create(file)
	check(err)
	archive := zip.NewWriter(out)
	archive.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, flate.BestCompression) })
	files := map[string]string{}
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
			continue
		}
		columns := strings.Split(line, "\t")
		name := columns[0]
		if !in(name) {
			continue
		}
		files[name] = name + ".wav"
		add(archive, files[name], speak(name, columns[len(columns)-1]))
	}
	manifest, err := json.MarshalIndent(map[string]any{"format": 1, "name": "espeak-ng", "clips": files}, "", " ")
	check(err)
	add(archive, "manifest.json", manifest)
	check(archive.Close())
	check(out.Close())
}

// speak gives a WAV file of 22,050 mono samples a second, as espeak-ng makes it.
func speak(name, text string) []byte {
	kind, _, _ := strings.Cut(name, "-") // "vi.help"; there is no "vi.tens", whose voice is that of "vi"
	options, known := voices[kind]
	if !known {
		lang, _, _ := strings.Cut(name, ".")
		options = voices[lang]
	}
	// Into a file: what espeak-ng writes to a pipe has no length in its head.
	file := filepath.Join(os.TempDir(), name+".wav")
	defer os.Remove(file)
	check(exec.Command("espeak-ng", append(options, "-w", file, text)...).Run())
	wav, err := os.ReadFile(file)
	check(err)
	return wav
}

// add writes an entry without the time of today, so that equal clips give an equal file.
func add(archive *zip.Writer, name string, content []byte) {
	w, err := archive.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)})
	check(err)
	_, err = w.Write(content)
	check(err)
	fmt.Println(name, len(content))
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
