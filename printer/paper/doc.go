// Package paper lays tickets, closing slips and test slips out as pictures of black and white dots.
//
// It knows what stands on them and how large, in Vietnamese and in English, on 80 mm (576 dots) and 58 mm
// (384 dots) paper at 8 dots per millimetre, and on 80 mm paper at 180 dots per inch (512 dots). It knows
// no printer and no command language: its result is a [Bitmap], packed as thermal printers want it. Text is drawn here and not by the
// printer because printers disagree on Vietnamese code pages (facts on printing, section 3).
//
//	r := paper.New(576)
//	bitmap, err := r.Render(paper.Slip{Number: "A001", Service: kiosk.Text{VI: "Đất đai"}})
//
// The fonts are Liberation Sans Regular and Bold (SIL Open Font License 1.1).
package paper
