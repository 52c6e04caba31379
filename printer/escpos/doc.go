// Package escpos speaks the command language of receipt printers: it encodes a picture, a feed, a
// cut and the questions about status, and it reads the answers.
//
// It knows no ticket and no wire. It uses the commands that nearly every printer and clone knows
// (facts on printing, section 2), and text only as a picture.
//
//	job := escpos.AppendInit(nil)
//	job = escpos.AppendRaster(job, stride, pix, escpos.Band)
//	job = escpos.AppendCut(job)
//
// Answers come back on one stream, without a frame: feed each byte to a [Demux].
package escpos
