package main

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"

	"layso/display/voice"
)

// adminChoosesTheVoice: settings are heard before they are saved, and reach the TVs when they are; recordings are
// checked, heard, used, and taken away again.
func adminChoosesTheVoice(t *testing.T, b *chromium) {
	h := startDemo(t)
	c := h.clerk(t, "clerk1")
	c.take("dat-dai", 1)
	c.must("POST", "/api/counters/1/open", nil)
	c.must("POST", "/api/counters/1/next", nil)
	before := c.sound(seqOf(c))
	admin := b.open(t, h.base, "/admin", counterSize)
	admin.signIn("admin", demoPIN)
	admin.touch(`[data-go="voice"]`)
	admin.see("#recordings .whose")
	admin.both("admin-voice", admin.switchTo)
	admin.touch(`[data-hear="used"]`)
	admin.wait(`document.getElementById("hear-audio").currentTime > 0`)
	twice := await[float64](admin, `document.getElementById("hear-audio").duration`)
	eval[bool](admin, `(() => { const s = document.getElementById("f-voice-once"); s.value = "yes"; return s.dispatchEvent(new Event("change")); })()`)
	admin.touch(`[data-hear="used"]`)
	admin.wait(fmt.Sprintf(`document.getElementById("hear-audio").duration < %f`, twice-3))
	admin.fill("#hear-number", "hello")
	admin.expect("422")
	admin.touch(`[data-hear="used"]`)
	admin.read("#hear-said", "A007")
	admin.fill("#hear-number", "B012")
	if len(c.sound(seqOf(c))) != len(before) {
		t.Error("what is not saved is spoken")
	}
	admin.touch("#save")
	admin.read("#said", "Đã lưu")
	if n := len(c.sound(seqOf(c))); n > len(before)*6/10 {
		t.Errorf("a call read once has %d bytes, twice %d", n, len(before))
	}
	handInRecordings(admin, h, c)
}

// handInRecordings: a broken archive is refused with what is wrong, a good one is heard and used.
func handInRecordings(admin *screen, h *running, c *client) {
	t := admin.t
	builtin := c.sound(seqOf(c))
	admin.upload("#recordings-file", zipBlob(t, map[string]string{"manifest.json": `{"format":1,"name":"Lan","clips":{"vi.7":"7.wav"}}`}))
	admin.wait(`document.querySelectorAll("#recordings-faults li").length === 12`)
	admin.check("admin-voice-refused")
	files := map[string]string{}
	clips := map[string]string{}
	for _, name := range voice.Names("vi") {
		clips[name] = "same.wav"
	}
	manifest, _ := json.Marshal(map[string]any{"format": 1, "name": "Nguyễn Thị Lan", "clips": clips})
	files["manifest.json"], files["same.wav"] = string(manifest), string(voice.ChimeWAV()[:44+2*voice.Rate*9/10])
	files["same.wav"] = rehead(files["same.wav"])
	admin.upload("#recordings-file", zipBlob(t, files))
	admin.see("#offered")
	admin.check("admin-voice-offered")
	admin.touch(`[data-tool="hear-offered"]`)
	admin.wait(`document.getElementById("hear-audio").dataset.with === "offered" && document.getElementById("hear-audio").currentTime > 0`)
	if string(c.sound(seqOf(c))) != string(builtin) {
		t.Error("recordings that were only handed in are spoken")
	}
	admin.touch(`[data-tool="use-offered"]`)
	admin.read(`.whose[data-own="true"]`, "Nguyễn Thị Lan")
	own := c.sound(seqOf(c))
	if string(own) == string(builtin) {
		t.Error("the voice is still the program's")
	}
	admin.check("admin-voice-own")
	if _, err := os.Stat(filepath.Join(h.data, voiceFile)); err != nil {
		t.Error(err)
	}
	admin.touch(`[data-tool="remove-voice"]`)
	admin.touch(`dialog [data-action="confirm"]`)
	admin.see(`.whose[data-own="false"]`)
	if string(c.sound(seqOf(c))) != string(builtin) {
		t.Error("the program's voice is not back")
	}
	if _, err := os.Stat(filepath.Join(h.data, voiceFile)); !os.IsNotExist(err) {
		t.Error("the recordings stay in the data folder")
	}
}

// sound fetches a call as a TV does.
func (c *client) sound(seq string) []byte {
	c.t.Helper()
	answer, err := c.http.Get(c.base + "/voice/" + seq + ".wav")
	if err != nil {
		c.t.Fatal(err)
	}
	defer answer.Body.Close()
	wav, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != 200 || answer.Header.Get("Content-Type") != "audio/wav" {
		c.t.Fatalf("the sound of %s: %d %v", seq, answer.StatusCode, err)
	}
	return wav
}

// rehead corrects the lengths in the head of a WAV that was cut.
func rehead(wav string) string {
	b := []byte(wav)
	binary.LittleEndian.PutUint32(b[4:], uint32(len(b)-8))
	binary.LittleEndian.PutUint32(b[40:], uint32(len(b)-44))
	return string(b)
}

// zipBlob is an expression that gives an archive of these files.
func zipBlob(t *testing.T, files map[string]string) string {
	t.Helper()
	var b bytes.Buffer
	archive := zip.NewWriter(&b)
	for name, content := range files {
		w, err := archive.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(w, content)
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf(`new Blob([Uint8Array.from(atob(%q), (c) => c.charCodeAt(0))], { type: "application/zip" })`, base64.StdEncoding.EncodeToString(b.Bytes()))
}
