// Package voice is what a call sounds like: the sentence, the clips it is made of, and one WAV file
// of it.
//
//	voice.Builtin().WAV(voice.Call{Number: "A007", Counter: "3", Lang: kiosk.Vietnamese}, setup.Voice, voice.Whole)
//
// is a chime, then "Xin mời công dân có số thứ tự, a không không bảy, đến quầy số ba", and 0.7 s later
// the sentence once more: about ten seconds. [Sentence] says which clips follow one another.
//
// A set of clips is a zip archive with a manifest ([Read]). The ones in the program, espeak.zip and help.zip, are made
// by `go generate ./display/voice` with Debian's espeak-ng; a hall may record its own, and both go the same
// way: checked, cut to where something is heard, and brought to [Loudness]. Nothing here needs the internet
// or a program beside layso, but for [Player], which hands a WAV to the PC's own player.
//
// [HelpSentences] is what the kiosk says of its screens to who wants to hear it, of clips of its own (help.zip).
//
// When what is spoken is the business of [Queue]: one for each place where people listen.
package voice

//go:generate go run generate.go
