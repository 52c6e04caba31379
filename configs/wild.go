package configs

import (
	"bytes"
	"fmt"
)

// What the parser takes seconds or minutes for, and no hall has. Brackets, colons and commas within texts count, too:
// so many of them are no text.
const (
	maxFileLines = 20_000
	maxOpen      = 200    // brackets that are not closed yet, or dashes at the begin of a line
	maxKeys      = 500    // of one mapping, one below the other: its square is what they cost
	maxMarks     = 40_000 // colons and commas: keys and items between brackets
	maxDocuments = 10     // the reader tells of more than one; many cost the square, too
)

// wild is what makes a file one that the parser must not see.
type wild struct {
	line            int
	problem, detail string
}

// wildness finds what would take the parser long, or nil.
func wildness(raw []byte) *wild {
	m := measure{}
	raw = bytes.ReplaceAll(bytes.ReplaceAll(raw, []byte("\r\n"), []byte("\n")), []byte("\r"), []byte("\n")) // All three end a line.
	for line := range bytes.Lines(raw) {
		m.line++
		line = bytes.TrimRight(line, "\n")
		m.marks += bytes.Count(line, []byte(":")) + bytes.Count(line, []byte(","))
		switch {
		case m.line > maxFileLines || m.opens(line):
			return &wild{m.line, "depth", fmt.Sprintf("is nested too deep, or has more than %d lines", maxFileLines)}
		case m.marks > maxMarks || m.mapping(line) > maxKeys:
			return &wild{m.line, "too_many", fmt.Sprintf("holds too many keys: a mapping has %d of them at most", maxKeys)}
		case m.documents > maxDocuments:
			return &wild{m.line, "documents", "holds more than one document"}
		}
	}
	return nil
}

// measure is what has been seen of a file so far.
type measure struct {
	line, marks, documents int
	open                   int   // brackets; one that closes nothing, as in a comment, opens nothing for later
	keys                   []int // of the mappings that the line is in, by how far their keys are from the edge
}

// opens reports whether too much is open or nested on the line.
func (m *measure) opens(line []byte) bool {
	dashes := 0
	for i, c := range line {
		switch c {
		case '[', '{':
			m.open++
		case ']', '}':
			m.open = max(0, m.open-1)
		case ' ':
			if i > 0 && line[i-1] == '-' {
				dashes++
			}
		}
		if m.open > maxOpen || dashes > maxOpen {
			return true
		}
	}
	return false
}

// mapping counts the line's key, where it has one, and gives how many its mapping has by now.
func (m *measure) mapping(line []byte) int {
	text := bytes.TrimLeft(line, " ")
	at := len(line) - len(text)
	switch {
	case len(text) == 0 || text[0] == '#':
		return 0
	case at == 0 && bytes.HasPrefix(text, []byte("---")):
		m.documents++
	}
	for bytes.HasPrefix(text, []byte("- ")) || len(text) == 1 && text[0] == '-' { // An item begins a mapping of its own.
		m.keys = m.keys[:min(len(m.keys), at+1)]
		text = bytes.TrimLeft(text[1:], " ")
		at = len(line) - len(text)
	}
	if len(text) == 0 || text[0] != '?' && !bytes.ContainsRune(text, ':') {
		return 0
	}
	for len(m.keys) <= at {
		m.keys = append(m.keys, 0)
	}
	m.keys = m.keys[:at+1]
	m.keys[at]++
	return m.keys[at]
}
