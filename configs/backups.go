package configs

// Backups says where the copies of the hall's data go that layso makes by itself, and how many of them stay.
type Backups struct {
	Folder string `yaml:"folder"` // default: backups in the data folder; better another disk, or a network drive
	Keep   Keep   `yaml:"keep"`
}

// Keep is for how many days, weeks and months the newest automatic backup of each stays.
type Keep struct {
	Daily   int `yaml:"daily"`   // 1-366, default 7
	Weekly  int `yaml:"weekly"`  // 0-520, default 4
	Monthly int `yaml:"monthly"` // 0-1200, default 12
}

// DefaultKeep is what stays where nothing is said.
var DefaultKeep = Keep{Daily: 7, Weekly: 4, Monthly: 12}

func (c *Config) checkBackups(d *document) {
	for _, x := range []struct {
		field              string
		n                  *int
		usual, least, most int
	}{
		{"backups.keep.daily", &c.Backups.Keep.Daily, DefaultKeep.Daily, 1, 366},
		{"backups.keep.weekly", &c.Backups.Keep.Weekly, DefaultKeep.Weekly, 0, 520},
		{"backups.keep.monthly", &c.Backups.Keep.Monthly, DefaultKeep.Monthly, 0, 1200},
	} {
		if !d.has(x.field) {
			*x.n = x.usual
		} else if *x.n < x.least || *x.n > x.most {
			d.at(x.field, "%d is not between %d and %d", *x.n, x.least, x.most)
		}
	}
}
