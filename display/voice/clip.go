package voice

import (
	_ "embed" // the clips
	"strconv"
	"strings"
	"sync"

	"layso/kiosk"
)

// Clips are a voice: the sound of every clip by its name, at [Rate], brought to [Loudness]. It is
// immutable.
type Clips struct {
	Name   string // for people, e.g. who recorded them
	sounds map[string]func() sound
}

// Count is how many clips there are.
func (c *Clips) Count() int { return len(c.sounds) }

// HasEnglish reports whether the English sentence is of this voice too.
func (c *Clips) HasEnglish() bool { return c.sounds[clip(kiosk.English, "call")] != nil }

//go:embed espeak.zip
var espeak []byte

//go:embed help.zip
var espeakHelp []byte

// Builtin gives the voice in the program, without what the kiosk says. Each clip is unpacked when it is heard for the first
// time, which takes about a millisecond.
var Builtin = sync.OnceValue(func() *Clips { return unpacked(espeak) })

// builtinHelp gives what the kiosk says in the voice in the program, which half of all halls never hear.
var builtinHelp = sync.OnceValue(func() *Clips { return unpacked(espeakHelp) })

func unpacked(archive []byte) *Clips {
	c, err := (&reader{some: true, ours: true}).read(archive)
	if err != nil {
		panic("display/voice: the voice in the program: " + err.Error()) // a test reads the same bytes
	}
	return c
}

//go:embed clips.tsv
var catalogue string

// isHelp reports whether a clip is one of what the kiosk says, which a voice need not have.
func isHelp(name string) bool { return strings.Contains(name, ".help-") }

// The clips that there are: their names in order, what each says, and in how many syllables.
var names, texts, syllables = readCatalogue()

func readCatalogue() (names []string, texts map[string]string, syllables map[string]int) {
	texts, syllables = map[string]string{}, map[string]int{}
	for line := range strings.Lines(catalogue) {
		column := strings.Split(strings.TrimSpace(line), "\t")
		if len(column) < 3 || strings.HasPrefix(line, "#") {
			continue
		}
		name := column[0]
		names = append(names, name)
		texts[name] = column[2]
		syllables[name], _ = strconv.Atoi(column[1]) // a test counts them
	}
	return names, texts, syllables
}
