package printer_test

import (
	"bytes"
	"image"
	"image/draw"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
)

// legible are the Vietnamese lines of golden tickets, without what stands in a frame or is as large as a
// number: the reader takes those for pictures.
var legible = map[string][]string{
	"vi": {
		"Trung tâm Phục vụ hành chính công phường Tân An", "Đất đai", "Người chờ trước", "7 người", "Thời gian chờ", "khoảng 10–15 phút",
		"Lấy số lúc 07:00", "ngày 01/01/2000", "Quét mã để xem lượt", "không phải giấy tiếp nhận hồ sơ",
	},
	"route": {"Sau đó, vẫn số này", "2. Hộ tịch", "Phiếu số thứ tự,"},
	"long": {
		"Đăng ký, cấp Giấy chứng nhận quyền sử dụng đất, quyền sở hữu nhà ở và tài sản khác gắn liền với đất",
	},
	"office-vi": {"Số 12 đường Trần Phú · Đường dây nóng 0290 1022", "Vui lòng chuẩn bị sẵn thẻ căn cước.", "dưới 5 phút"},
	"en":        {"Phiếu số thứ tự,", "không phải giấy tiếp nhận hồ sơ"},
}

// TestVietnameseIsLegible reads golden tickets with an independent reader: tesseract with its Vietnamese
// data. A mark that is wrong or lost is a wrong character.
func TestVietnameseIsLegible(t *testing.T) {
	langs, err := exec.Command("tesseract", "--list-langs").CombinedOutput()
	if err != nil || !slices.Contains(strings.Fields(string(langs)), "vie") {
		t.Skip("needs tesseract and its Vietnamese data (apt-get install tesseract-ocr tesseract-ocr-vie)")
	}
	for name, lines := range legible {
		for _, kind := range []string{"80mm", "58mm-cut"} {
			file := filepath.Join("testdata", name+"-"+kind+".png")
			t.Run(filepath.Base(file), func(t *testing.T) {
				t.Parallel()
				cmd := exec.Command("tesseract", "-", "-", "-l", "vie", "--psm", "4", "--dpi", "203")
				cmd.Env = append(cmd.Environ(), "OMP_THREAD_LIMIT=1")
				cmd.Stdin = bytes.NewReader(onPaper(t, file))
				out, err := cmd.Output()
				if err != nil {
					t.Fatal(err)
				}
				read := flat(string(out))
				all, wrong := 0, 0
				for _, line := range lines {
					want := flat(line)
					n := distance(want, read)
					if n*8 > len(want) {
						t.Errorf("%q was not read, or %d characters of it wrong", line, n)
					}
					all, wrong = all+len(want), wrong+n
				}
				if wrong*25 > all {
					t.Errorf("%d characters of %d were read wrong, in\n%s", wrong, all, out)
				}
			})
		}
	}
}

// onPaper gives a picture with the white around it that paper has beside its dots.
func onPaper(t *testing.T, file string) []byte {
	t.Helper()
	stored, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	dots, err := png.Decode(bytes.NewReader(stored))
	if err != nil {
		t.Fatal(err)
	}
	const edge = 32
	paper := image.NewGray(dots.Bounds().Inset(-edge))
	draw.Draw(paper, paper.Rect, image.White, image.Point{}, draw.Src)
	draw.Draw(paper, dots.Bounds(), dots, dots.Bounds().Min, draw.Src)
	return encode(paper)
}

// flat gives the characters of a text without what a reader can't know: white space and kinds of dashes.
func flat(text string) []rune {
	text = strings.NewReplacer("–", "-", "·", "-").Replace(norm.NFC.String(text))
	return []rune(strings.Join(strings.Fields(text), ""))
}

// distance counts the characters of want that are wrong at the place in text where it fits best.
func distance(want, text []rune) int {
	row := make([]int, len(text)+1) // the edits of want's beginning to end here
	for i, w := range want {
		before := row[0]
		row[0] = i + 1
		for j, r := range text {
			same := before
			if w != r {
				same++
			}
			before = row[j+1]
			row[j+1] = min(same, row[j+1]+1, row[j]+1)
		}
	}
	return slices.Min(row)
}
