package web

import (
	"bytes"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"text/template"
)

// pages holds every page as it is sent, by its name. What pages have in common are parts, with parameters:
// pages/parts/NAME.html is the template NAME, and a page names those that it is made of.
//
//	{{template "staff" page "Báo cáo" "reports" "staff" "reports" "sheet"}}
//
// Nothing in a page comes from outside, so the templates are those of text/template; phone.html and help.html, which have
// something of the hall in them, are filled elsewhere and by html/template.
type pages map[string][]byte

// pageHead is what the parts "head" and "staff" are told of their page.
type pageHead struct {
	Title  string   // in Vietnamese: every page begins in that language
	Script string   // its module in static/js, or empty
	Styles []string // its style sheets in static/css, beside base.css
}

func headOf(title, script string, styles ...string) pageHead { return pageHead{title, script, styles} }

// newPages puts the pages together.
func newPages(build string) (pages, error) {
	parts := template.New("").Funcs(template.FuncMap{"build": func() string { return build }, "page": headOf})
	all := pages{}
	err := eachPage("pages/parts/*.html", func(name, text string) error {
		_, err := parts.New(name).Parse(strings.TrimSuffix(text, "\n")) // Who calls it ends the line.
		return err
	})
	if err != nil {
		return nil, err
	}
	err = eachPage("pages/*.html", func(name, text string) error {
		if slices.Contains([]string{"phone", "help"}, name) {
			return nil
		}
		var out bytes.Buffer
		page, err := parts.Clone()
		if err == nil {
			page, err = page.New("page " + name).Parse(text) // A page may be called like a part.
		}
		if err == nil {
			err = page.Execute(&out, nil)
		}
		all[name] = out.Bytes()
		return err
	})
	return all, err
}

// eachPage calls do with the embedded files that match.
func eachPage(pattern string, do func(name, text string) error) error {
	found, err := fs.Glob(files, pattern)
	if err != nil {
		return err
	}
	for _, file := range found {
		text, err := files.ReadFile(file)
		if err == nil {
			err = do(strings.TrimSuffix(path.Base(file), ".html"), string(text))
		}
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
	}
	return nil
}
