package voice

import (
	"strconv"

	"layso/kiosk"
)

// A number is read as a sequence of clips; these functions give their names without the language.

// digits reads each digit for itself, with the plain words.
func digits(s string) []string {
	out := make([]string, 0, len(s))
	for _, d := range s {
		out = append(out, string(d))
	}
	return out
}

// largest is the last number that is read as one; longer ones are read by their digits.
const largest = 999_999

// whole reads a number of digits as one does in a sentence, without zeros in front.
func whole(lang kiosk.Lang, s string, set kiosk.Voice) []string {
	n, err := strconv.Atoi(s)
	if err != nil || n > largest {
		return digits(s)
	}
	if lang == kiosk.English {
		return english(n)
	}
	return vietnamese(n, set)
}

func vietnamese(n int, set kiosk.Voice) []string {
	if n < 1000 {
		return viHundreds(n, false, set)
	}
	thousand := "nghin"
	if set.Ngan {
		thousand = "ngan"
	}
	out := append(viHundreds(n/1000, false, set), thousand)
	if n%1000 == 0 {
		return out
	}
	return append(out, viHundreds(n%1000, true, set)...)
}

// viHundreds reads 0-999. After a thousand the hundreds are said although there are none.
func viHundreds(n int, after bool, set kiosk.Voice) []string {
	var out []string
	hundreds, rest := n/100, n%100
	if hundreds > 0 || after {
		out = append(out, strconv.Itoa(hundreds), "hundred")
		if rest == 0 {
			return out
		}
		if rest < 10 {
			between := "le"
			if set.Linh {
				between = "linh"
			}
			return append(out, between, strconv.Itoa(rest))
		}
	}
	return append(out, viTens(rest)...)
}

// viTens reads 0-99, where one, four and five change their sound behind the tens.
func viTens(n int) []string {
	tens, ones := n/10, n%10
	switch {
	case tens == 0:
		return []string{strconv.Itoa(ones)}
	case n == 10:
		return []string{"10"}
	case n == 15:
		return []string{"10", "tens-5"}
	case tens == 1:
		return []string{"10", strconv.Itoa(ones)}
	}
	out := []string{strconv.Itoa(tens), "tens"}
	switch ones {
	case 0:
		return out
	case 1, 4, 5:
		return append(out, "tens-"+strconv.Itoa(ones))
	}
	return append(out, strconv.Itoa(ones))
}

func english(n int) []string {
	switch {
	case n <= 20:
		return []string{strconv.Itoa(n)}
	case n < 100 && n%10 == 0:
		return []string{strconv.Itoa(n)}
	case n < 100:
		return []string{strconv.Itoa(n / 10 * 10), strconv.Itoa(n % 10)}
	case n < 1000:
		return englishBehind(append(english(n/100), "hundred"), n%100)
	}
	out := append(english(n/1000), "thousand")
	if n%1000 >= 100 {
		return append(out, english(n%1000)...)
	}
	return englishBehind(out, n%1000)
}

// englishBehind adds what is below a hundred, with its "and".
func englishBehind(out []string, rest int) []string {
	if rest == 0 {
		return out
	}
	return append(append(out, "and"), english(rest)...)
}
