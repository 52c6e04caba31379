package configs

import (
	"cmp"
	_ "embed" // the commented example
	"regexp"
	"strconv"
)

//go:embed example.yaml
var example string

var (
	dataLine   = regexp.MustCompile(`(?m)^data: \S+`)
	listenLine = regexp.MustCompile(`(?m)^listen: "[^"]*"`)
	hallLines  = regexp.MustCompile(`(?m)^# Seeds the hall.*\n(hall: .*)$`)
)

// Starter gives the commented file of an installation that does what [Default] does, with its data in the folder: to
// be edited where the PC has more than that. Without an address to listen on, it is the default's.
func Starter(data, listen string) []byte {
	text := dataLine.ReplaceAllLiteralString(example, "data: "+strconv.Quote(data))
	text = listenLine.ReplaceAllLiteralString(text, "listen: "+strconv.Quote(cmp.Or(listen, Default().Listen)))
	return []byte(hallLines.ReplaceAllString(text,
		"# Seeds the hall at the first start; without it the hall is set up in the browser. Later changes are made on the admin pages.\n# $1"))
}
