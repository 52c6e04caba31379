package web

import (
	"strings"
	"unicode"
)

// marked are the Vietnamese letters with marks, each line behind the letter without.
var marked = [...]string{"aàáảãạăằắẳẵặâầấẩẫậ", "dđ", "eèéẻẽẹêềếểễệ", "iìíỉĩị", "oòóỏõọôồốổỗộơờớởỡợ", "uùúủũụưừứửữự", "yỳýỷỹỵ"}

var plainOf = func() map[rune]rune {
	of := map[rune]rune{}
	for _, line := range marked {
		letters := []rune(line)
		for _, r := range letters[1:] {
			of[r] = letters[0]
		}
	}
	return of
}()

// fold gives a text as people type it who look for it: small letters without marks, whether these are part of
// the letter or follow it (NFC or NFD).
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		if r < 0x80 {
			return unicode.ToLower(r)
		}
		if r >= 0x300 && r <= 0x36f {
			return -1
		}
		r = unicode.ToLower(r)
		if p, ok := plainOf[r]; ok {
			return p
		}
		return r
	}, s)
}
