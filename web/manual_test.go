package web_test

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/image/webp"
	"golang.org/x/net/html"
)

// helpPage is a page of the help as a browser gets it.
type helpPage struct {
	path  string
	nodes []*html.Node // its elements, in order
	text  map[*html.Node]string
}

// helpPages goes from the contents to whatever can be reached, and gives the pages by their paths.
func helpPages(t *testing.T, h *hall) map[string]*helpPage {
	t.Helper()
	pages, todo := map[string]*helpPage{}, []string{"/help"}
	for len(todo) > 0 {
		path := todo[0]
		todo = todo[1:]
		if pages[path] != nil {
			continue
		}
		a := h.do("", "GET", path, "")
		if a.status != 200 || !strings.HasPrefix(a.header.Get("Content-Type"), "text/html") {
			t.Fatalf("%s: %d %s", path, a.status, a.body)
		}
		root, err := html.Parse(bytes.NewReader(a.body))
		h.must(err)
		p := &helpPage{path: path, text: map[*html.Node]string{}}
		p.walk(root)
		pages[path] = p
		for _, link := range p.all("a") {
			if to, _, _ := strings.Cut(attr(link, "href"), "#"); strings.HasPrefix(to, "/help") {
				todo = append(todo, to)
			}
		}
	}
	return pages
}

// walk collects the elements below n and gives their text.
func (p *helpPage) walk(n *html.Node) (text string) {
	if n.Type == html.TextNode {
		return n.Data
	}
	if n.Type == html.ElementNode {
		p.nodes = append(p.nodes, n)
	}
	for c := range n.ChildNodes() {
		text += p.walk(c)
	}
	p.text[n] = text
	return text
}

func (p *helpPage) all(tags ...string) (out []*html.Node) {
	for _, n := range p.nodes {
		if slices.Contains(tags, n.Data) {
			out = append(out, n)
		}
	}
	return out
}

// has reports whether the page has an element with this id.
func (p *helpPage) has(id string) bool {
	return slices.ContainsFunc(p.nodes, func(n *html.Node) bool { return attr(n, "id") == id })
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// TestManual: each page of the help is reached from its contents, in both languages; its links lead somewhere; its pictures are
// there, as large as it says and with a text; nothing in it runs.
func TestManual(t *testing.T) {
	h := newHall(t)
	pages := helpPages(t, h)
	if len(pages) != 12 {
		t.Errorf("%d pages can be reached from /help, want 6 in each language", len(pages))
	}
	for path, p := range pages {
		lang := "vi"
		if path == "/help/en" || strings.HasPrefix(path, "/help/en/") {
			lang = "en"
		}
		if got := attr(p.all("html")[0], "lang"); got != lang {
			t.Errorf("%s is in %q", path, got)
		}
		p.runsNothing(t)
		p.headings(t)
		p.linksLead(t, h, pages)
		p.picturesAreThere(t, h)
	}
	for _, path := range []string{"/help/nothing", "/help/en/nothing", "/help/en/en", "/help/contents", "/help/clerk.html"} {
		h.refused(path, h.do("", "GET", path, ""), 404, "not_found")
	}
}

func (p *helpPage) runsNothing(t *testing.T) {
	t.Helper()
	for _, n := range p.nodes {
		if n.Data == "script" || n.Data == "style" || n.Data == "iframe" {
			t.Errorf("%s has a %s", p.path, n.Data)
		}
		for _, a := range n.Attr {
			if a.Key == "style" || strings.HasPrefix(a.Key, "on") {
				t.Errorf("%s: %s has an attribute %s", p.path, n.Data, a.Key)
			}
		}
	}
}

// headings: one h1, no level left out, and an address for each other one.
func (p *helpPage) headings(t *testing.T) {
	t.Helper()
	level, ids := 0, map[string]bool{}
	for i, n := range p.all("h1", "h2", "h3", "h4") {
		next, id := int(n.Data[1]-'0'), attr(n, "id")
		if next > level+1 || (next == 1) != (i == 0) {
			t.Errorf("%s: %q is an %s after an h%d", p.path, p.text[n], n.Data, level)
		}
		if i > 0 && (id == "" || ids[id]) {
			t.Errorf("%s: %q has the id %q", p.path, p.text[n], id)
		}
		level, ids[id] = next, true
	}
}

// linksLead: every link is one of layso's own, to a page that is there, and to a place on it that is there.
func (p *helpPage) linksLead(t *testing.T, h *hall, pages map[string]*helpPage) {
	t.Helper()
	for _, n := range p.all("a") {
		href := attr(n, "href")
		to, place, _ := strings.Cut(href, "#")
		if to == "" {
			to = p.path
		}
		page := pages[to]
		switch {
		case !strings.HasPrefix(to, "/"):
			t.Errorf("%s links to %s, which needs the internet", p.path, href)
		case page == nil && h.do("", "GET", to, "").status != 200:
			t.Errorf("%s links to %s, which is not there", p.path, href)
		case place != "" && (page == nil || !page.has(place)):
			t.Errorf("%s links to %s, and there is no such place", p.path, href)
		case page != nil && attr(n, "hreflang") == "" && strings.HasPrefix(to, "/help/en") != strings.HasPrefix(p.path, "/help/en"):
			t.Errorf("%s links to %s, which is in the other language", p.path, href)
		}
	}
}

func (p *helpPage) picturesAreThere(t *testing.T, h *hall) {
	t.Helper()
	for _, n := range p.all("img") {
		src := attr(n, "src")
		a := h.do("", "GET", src, "")
		if wide, high, err := dimensions(a); a.status != 200 || err != nil {
			t.Errorf("%s: %s: %d %v", p.path, src, a.status, err)
		} else if attr(n, "width") != wide || attr(n, "height") != high {
			t.Errorf(`%s: %s is width="%s" height="%s"`, p.path, src, wide, high)
		}
		if len(attr(n, "alt")) < 30 {
			t.Errorf("%s: %s says too little: %q", p.path, src, attr(n, "alt"))
		}
	}
}

// dimensions gives a picture's width and height.
func dimensions(a answer) (wide, high string, err error) {
	if a.header.Get("Content-Type") == "image/svg+xml" {
		m := regexp.MustCompile(`^<svg [^>]*width="(\d+)" height="(\d+)"`).FindSubmatch(a.body)
		if m == nil {
			return "", "", errors.New("it does not say how large it is")
		}
		return string(m[1]), string(m[2]), nil
	}
	c, err := webp.DecodeConfig(bytes.NewReader(a.body))
	return strconv.Itoa(c.Width), strconv.Itoa(c.Height), err
}

// TestManualSaysTheSame: a page has the same headings, keys, pictures, links, commands and rows in both languages.
func TestManualSaysTheSame(t *testing.T) {
	h := newHall(t)
	pages := helpPages(t, h)
	language := regexp.MustCompile(`\.(vi|en)\.webp$|^/help/en`)
	shape := func(p *helpPage) (out []string) {
		for _, n := range p.all("h1", "h2", "h3", "kbd", "img", "a", "tr", "li", "pre", "b") {
			what := n.Data
			switch n.Data {
			case "kbd":
				what += " " + p.text[n]
			case "h2", "h3":
				what += " " + attr(n, "id")
			case "a", "img":
				to := language.ReplaceAllString(attr(n, "href")+attr(n, "src"), "")
				what += " " + strings.TrimPrefix(to, "/help")
			}
			if attr(n, "hreflang") == "" {
				out = append(out, what)
			}
		}
		return out
	}
	for path, vi := range pages {
		en := pages["/help/en"+strings.TrimPrefix(path, "/help")]
		if strings.HasPrefix(path, "/help/en") {
			continue
		}
		a, b := shape(vi), shape(en)
		for i := range min(len(a), len(b)) {
			if a[i] != b[i] {
				t.Errorf("%s: number %d is %q in Vietnamese and %q in English, after %q", path, i, a[i], b[i], a[max(0, i-3):i])
				break
			}
		}
		if len(a) != len(b) {
			t.Errorf("%s has %d things in Vietnamese and %d in English", path, len(a), len(b))
		}
	}
}

// TestManualNamesWhatIsThere: whatever stands in bold as something on the screen stands there, in that language.
func TestManualNamesWhatIsThere(t *testing.T) {
	h := newHall(t)
	words := screenWords(t)
	for path, p := range helpPages(t, h) {
		lang := attr(p.all("html")[0], "lang")
		for _, n := range p.all("b") {
			if !words[lang][p.text[n]] {
				t.Errorf("%s names %q, and no page says so", path, p.text[n])
			}
		}
	}
}

// screenWords gives every text in the pages' tables of words, by language.
func screenWords(t *testing.T) map[string]map[string]bool {
	t.Helper()
	words := map[string]map[string]bool{"vi": {}, "en": {}}
	pair := regexp.MustCompile(`\["([^"]+)",\s*"([^"]+)"\]`)
	err := filepath.WalkDir("static/js", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		script, err := os.ReadFile(name)
		for _, m := range pair.FindAllSubmatch(script, -1) {
			words["vi"][string(m[1])] = true
			words["en"][string(m[2])] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	words["vi"]["Bật âm thanh"], words["en"]["Turn the sound on"] = true, true // They stand in the TV's page itself.
	return words
}

// TestManualKnowsTheKeys: where a key stands before the name of a button, the counter page has that key on that button.
func TestManualKnowsTheKeys(t *testing.T) {
	page, err := os.ReadFile("pages/counter.html")
	if err != nil {
		t.Fatal(err)
	}
	button, word := regexp.MustCompile(`data-text="(\w+)"></(?:span|strong)>(?:<span [^>]*></span></span>)?<kbd>([^<]+)</kbd>`), regexp.MustCompile(`(?m)^  (\w+): \["([^"]+)", "([^"]+)"\]`)
	words := map[string][][]byte{}
	for _, name := range []string{"words.js", "deskwords.js"} {
		script, err := os.ReadFile("static/js/counter/" + name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range word.FindAllSubmatch(script, -1) {
			words[string(m[1])] = m[2:]
		}
	}
	for i, lang := range []string{"vi", "en"} {
		keys, seen := map[string]string{}, 0
		for _, m := range button.FindAllSubmatch(page, -1) {
			if w := words[string(m[1])]; w != nil {
				keys[string(w[i])] = string(m[2])
			}
		}
		text, err := os.ReadFile("help/" + lang + "/clerk.html")
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`<kbd>([^<]+)</kbd> <b>([^<]+)</b>`).FindAllSubmatch(text, -1) {
			if key, ok := keys[string(m[2])]; ok {
				seen++
				if key != string(m[1]) {
					t.Errorf("in %s the key of %s is %s, and the page has it on %s", lang, m[2], m[1], key)
				}
			}
		}
		if seen < 9 {
			t.Errorf("only %d keys of %v were compared in %s", seen, keys, lang)
		}
	}
}
