package printer

// Profile is what the spooler has to know of a kind of printer.
type Profile struct {
	Name   string // in the installation's configuration
	Dots   int    // in a row: 576 on 80 mm, 384 on 58 mm
	Status bool   // answers questions; many cheap USB printers only receive
	Cut    bool   // has a cutter; otherwise the paper is moved to the tear-off edge
}

// tearOff is how far paper without a cut is moved on, in dots: 17 mm from the print head to the
// edge (facts on printing, section 2).
const tearOff = 136

// Profiles gives the kinds of printers that layso knows.
func Profiles() []Profile {
	return []Profile{
		{Name: "80mm", Dots: 576, Status: true, Cut: true},
		{Name: "80mm-mute", Dots: 576, Cut: true},
		{Name: "58mm", Dots: 384, Status: true},
		{Name: "58mm-cut", Dots: 384, Status: true, Cut: true},
		{Name: "58mm-mute", Dots: 384},
	}
}

// Lookup gives the profile of that name.
func Lookup(name string) (Profile, bool) {
	for _, p := range Profiles() {
		if p.Name == name {
			return p, true
		}
	}
	return Profile{}, false
}
