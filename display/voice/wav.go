package voice

import (
	"encoding/binary"
	"errors"
	"fmt"
)

// errWAV says what is wrong with a file in words for the person who recorded it.
var errWAV = errors.New("display/voice: not a WAV file of 16 or 24 bits PCM, mono or stereo, 8 to 48 kHz")

// encodeWAV writes a file of 16 bits mono.
func encodeWAV(s sound) []byte {
	const head = 44
	out := make([]byte, head, head+2*len(s))
	copy(out, "RIFF")
	binary.LittleEndian.PutUint32(out[4:], uint32(head-8+2*len(s)))
	copy(out[8:], "WAVEfmt ")
	binary.LittleEndian.PutUint32(out[16:], 16)
	binary.LittleEndian.PutUint16(out[20:], formatPCM)
	binary.LittleEndian.PutUint16(out[22:], 1)
	binary.LittleEndian.PutUint32(out[24:], Rate)
	binary.LittleEndian.PutUint32(out[28:], 2*Rate)
	binary.LittleEndian.PutUint16(out[32:], 2)
	binary.LittleEndian.PutUint16(out[34:], 16)
	copy(out[36:], "data")
	binary.LittleEndian.PutUint32(out[40:], uint32(2*len(s)))
	for _, v := range s {
		out = binary.LittleEndian.AppendUint16(out, uint16(v))
	}
	return out
}

const (
	formatPCM        = 1
	formatExtensible = 0xFFFE // what recorders write for 24 bits; PCM stands further on
)

// format is a WAV file's description of its samples.
type format struct{ channels, rate, bits int }

// decodeWAV reads a WAV file as a mono signal of samples between -1 and 1.
func decodeWAV(raw []byte) (x []float64, rate int, err error) {
	if len(raw) < 12 || string(raw[:4]) != "RIFF" || string(raw[8:12]) != "WAVE" {
		return nil, 0, errWAV
	}
	var f format
	for rest := raw[12:]; len(rest) >= 8; {
		name, size := string(rest[:4]), int64(binary.LittleEndian.Uint32(rest[4:]))
		rest = rest[8:]
		if size > int64(len(rest)) {
			return nil, 0, fmt.Errorf("%w: it is cut off", errWAV)
		}
		body := rest[:size]
		switch name {
		case "fmt ":
			if f, err = readFormat(body); err != nil {
				return nil, 0, err
			}
		case "data":
			if f.channels == 0 {
				return nil, 0, errWAV
			}
			return f.mono(body), f.rate, nil
		}
		rest = rest[min(size+size%2, int64(len(rest))):]
	}
	return nil, 0, errWAV
}

func readFormat(body []byte) (format, error) {
	if len(body) < 16 {
		return format{}, errWAV
	}
	kind := binary.LittleEndian.Uint16(body)
	if kind == formatExtensible && len(body) >= 26 {
		kind = binary.LittleEndian.Uint16(body[24:])
	}
	f := format{int(binary.LittleEndian.Uint16(body[2:])), int(binary.LittleEndian.Uint32(body[4:])), int(binary.LittleEndian.Uint16(body[14:]))}
	align := int(binary.LittleEndian.Uint16(body[12:]))
	if kind != formatPCM || f.channels < 1 || f.channels > 2 || f.rate < 8000 || f.rate > 48000 || f.bits != 16 && f.bits != 24 ||
		align != f.channels*f.bits/8 {
		return format{}, errWAV
	}
	return f, nil
}

// mono gives the mean of the channels.
func (f format) mono(body []byte) []float64 {
	width := f.bits / 8
	out := make([]float64, len(body)/(width*f.channels))
	for i := range out {
		for c := range f.channels {
			out[i] += sample(body[(i*f.channels+c)*width:], width)
		}
		out[i] /= float64(f.channels)
	}
	return out
}

func sample(b []byte, width int) float64 {
	if width == 2 {
		return float64(int16(binary.LittleEndian.Uint16(b))) / full
	}
	return float64(int32(uint32(b[0])<<8|uint32(b[1])<<16|uint32(b[2])<<24)) / (full << 16)
}
