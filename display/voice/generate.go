//go:build ignore

// Generate makes espeak.zip, the voice in the program, of clips.tsv. It runs espeak-ng (Debian:
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
	"en.call": {"-v", "en-us", "-s", "170"}, "en.counter": {"-v", "en-us", "-s", "170"}, "en": {"-v", "en-us", "-s", "165"},
}

func main() {
	text, err := os.ReadFile("clips.tsv")
	check(err)
	out, err := os.Create("espeak.zip")
	check(err)
	archive := zip.NewWriter(out)
	archive.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, flate.BestCompression) })
	files := map[string]string{}
	for line := range strings.Lines(string(text)) {
		if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
			continue
		}
		columns := strings.Split(line, "\t")
		name := columns[0]
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
	options, known := voices[name]
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
