package load

import (
	"fmt"
	"os"
	"runtime"
	"strings"
	"time"
)

// Machine is where a run was made: figures mean nothing without it.
type Machine struct {
	At      time.Time `json:"at"`
	Version string    `json:"version"` // of layso, and its commit
	Go      string    `json:"go"`
	OS      string    `json:"os"`
	CPU     string    `json:"cpu,omitempty"`
	Cores   int       `json:"cores"`
	Load    string    `json:"load,omitempty"` // what ran beside it at the start: the load averages of 1, 5 and 15 minutes
}

func thisMachine(version string) Machine {
	m := Machine{At: time.Now().UTC().Truncate(time.Second), Version: version, Go: runtime.Version(), OS: runtime.GOOS + "/" + runtime.GOARCH, Cores: runtime.NumCPU()}
	if text, err := os.ReadFile("/proc/cpuinfo"); err == nil {
		_, after, _ := strings.Cut(string(text), "model name")
		line, _, _ := strings.Cut(after, "\n")
		m.CPU = strings.TrimSpace(strings.TrimLeft(line, "\t :"))
	}
	if text, err := os.ReadFile("/proc/loadavg"); err == nil && len(strings.Fields(string(text))) > 2 {
		m.Load = strings.Join(strings.Fields(string(text))[:3], " ")
	}
	return m
}

// String describes it in one line.
func (m Machine) String() string {
	return fmt.Sprintf("layso %s, %s, %s, %d cores %s, load at the start %s, %s", m.Version, m.Go, m.OS, m.Cores, m.CPU, m.Load, m.At.Format(time.RFC3339))
}
