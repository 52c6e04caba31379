package web

import (
	"bytes"
	"errors"
	"fmt"
	"html/template"
	"regexp"

	"layso/kiosk"
)

// The help is HTML by hand and not Markdown: it needs captions, keys and anchors that stay, which Markdown has not, and so
// there is neither a renderer nor its rules to know. help/LANG/NAME.html begins with its h1; its h2 have ids.

// manualNames are the pages of the help in the order in which they are offered; the first one is the contents.
var manualNames = []string{"contents", "clerk", "manager", "it", "equipment", "trouble"}

// manualLink is a page or a part of one.
type manualLink struct {
	Name, Title, Path string
	Here              bool
}

// manualPage is what the frame pages/help.html is filled with.
type manualPage struct {
	Lang, Title  string
	Other, ToOth string // the other language and the same page in it
	Words        map[string]string
	Pages, Parts []manualLink
	Text         template.HTML
}

// manual holds every page of the help ready to be sent, by its path.
type manual map[string][]byte

// manualWords are the frame's own words.
var manualWords = map[string]kiosk.Text{
	"help":     {VI: "Trợ giúp", EN: "Help"},
	"pages":    {VI: "Các trang trợ giúp", EN: "Pages of the help"},
	"parts":    {VI: "Trong trang này", EN: "On this page"},
	"home":     {VI: "Các trang của layso", EN: "All pages of layso"},
	"skip":     {VI: "Đến nội dung chính", EN: "Skip to the main part"},
	"language": {VI: "Ngôn ngữ", EN: "Language"},
}

var (
	manualTitle = regexp.MustCompile(`<h1>([^<]+)</h1>`)
	manualPart  = regexp.MustCompile(`<h2 id="([a-z0-9-]+)">([^<]+)</h2>`)
)

// newManual reads all pages of the help and puts each into the frame.
func newManual(build string) (manual, error) {
	frame, err := files.ReadFile("pages/help.html")
	if err != nil {
		return nil, err
	}
	page, err := template.New("help").Funcs(template.FuncMap{"build": func() string { return build }}).Parse(string(frame))
	if err != nil {
		return nil, fmt.Errorf("the frame of the help: %w", err)
	}
	m := manual{}
	for _, lang := range []kiosk.Lang{kiosk.Vietnamese, kiosk.English} {
		texts, err := manualTexts(lang)
		if err != nil {
			return nil, err
		}
		for _, name := range manualNames {
			var out bytes.Buffer
			if err := page.Execute(&out, manualPageOf(lang, name, texts)); err != nil {
				return nil, fmt.Errorf("the help's page %s: %w", name, err)
			}
			m[manualPath(lang, name)] = bytes.ReplaceAll(out.Bytes(), []byte("{{build}}"), []byte(build))
		}
	}
	return m, nil
}

// manualTexts reads a language's pages, and fails for one without a title.
func manualTexts(lang kiosk.Lang) (map[string]string, error) {
	texts := map[string]string{}
	for _, name := range manualNames {
		text, err := files.ReadFile("help/" + string(lang) + "/" + name + ".html")
		if err == nil && !manualTitle.Match(text) {
			err = errors.New("it has no title")
		}
		if err != nil {
			return nil, fmt.Errorf("the help's page %s in %s: %w", name, lang, err)
		}
		texts[name] = string(text)
	}
	return texts, nil
}

func manualPageOf(lang kiosk.Lang, name string, texts map[string]string) manualPage {
	other, called := kiosk.English, "English"
	if lang == kiosk.English {
		other, called = kiosk.Vietnamese, "Tiếng Việt"
	}
	p := manualPage{Lang: string(lang), Other: called, ToOth: manualPath(other, name), Words: map[string]string{}, Text: template.HTML(texts[name])}
	for key, word := range manualWords {
		p.Words[key] = word.In(lang)
	}
	for _, x := range manualNames {
		link := manualLink{Name: x, Title: manualTitle.FindStringSubmatch(texts[x])[1], Path: manualPath(lang, x), Here: x == name}
		if link.Here {
			p.Title = link.Title
		}
		p.Pages = append(p.Pages, link)
	}
	for _, m := range manualPart.FindAllStringSubmatch(texts[name], -1) {
		p.Parts = append(p.Parts, manualLink{Title: m[2], Path: "#" + m[1]})
	}
	return p
}

// manualPath is where a page stands; the Vietnamese ones have the short addresses.
func manualPath(lang kiosk.Lang, name string) string {
	path := "/help"
	if lang == kiosk.English {
		path += "/en"
	}
	if name != manualNames[0] {
		path += "/" + name
	}
	return path
}

// manualRoutes are the help, for everybody: there is nothing of the hall in it.
func manualRoutes() []route {
	return []route{
		{"GET", "/help", anyone, getManual},
		{"GET", "/help/{page}", anyone, getManual},
		{"GET", "/help/en/{page}", anyone, getManual},
	}
}

func getManual(c *call) error {
	page, ok := c.manual[c.r.URL.Path]
	if !ok {
		return errNotFound
	}
	return c.sendPage(page)
}
