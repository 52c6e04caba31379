package web

import (
	"strings"
)

// place is where somebody sits who signs in.
type place struct {
	Device  string `json:"device,omitempty"`  // id of the paired device
	Host    string `json:"host,omitempty"`    // address
	Browser string `json:"browser,omitempty"` // as a person would say it
}

// String gives the device, or else the address.
func (p place) String() string {
	if p.Device != "" {
		return p.Device
	}
	return p.Host
}

// place gives where the request comes from.
func (c *call) place() place {
	p := place{Host: clientAddress(c.r), Browser: browserOf(c.r.UserAgent())}
	if d := c.who.device; d != nil && d.PairedAt != nil {
		p.Device = d.ID
	}
	return p
}

// browserOf makes of what a browser says about itself what a person would say, "Chrome, Windows"; of one that it does not know
// nothing. The first that fits counts: most of them name others, too.
func browserOf(agent string) string {
	found := func(list [][2]string) string {
		for _, x := range list {
			if strings.Contains(agent, x[0]) {
				return x[1]
			}
		}
		return ""
	}
	name := found([][2]string{
		{"coc_coc_browser", "Cốc Cốc"}, {"Edg", "Edge"}, {"OPR/", "Opera"}, {"SamsungBrowser", "Samsung Internet"}, {"Firefox", "Firefox"},
		{"FxiOS", "Firefox"}, {"CriOS", "Chrome"}, {"Chromium", "Chromium"}, {"Chrome", "Chrome"}, {"Safari", "Safari"},
	})
	system := found([][2]string{
		{"Android", "Android"}, {"iPhone", "iPhone"}, {"iPad", "iPad"}, {"Windows", "Windows"}, {"CrOS", "ChromeOS"}, {"Mac OS X", "macOS"}, {"Linux", "Linux"},
	})
	return strings.Trim(name+", "+system, ", ")
}
