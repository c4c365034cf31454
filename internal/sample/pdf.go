package sample

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf16"
)

// The page of PDF: A4 in points.
const (
	pageWidth, pageHeight = 595, 842
	margin, fontSize      = 72, 12
	leading               = 20
	charsPerLine          = (pageWidth - 2*margin) / fontSize
	linesPerPage          = (pageHeight - 2*margin) / leading
)

// PDF returns the report of seed as a PDF of the given number of pages in the
// way of many official papers: a Chinese font by name that is not embedded,
// with the encoding UniGB-UCS2-H and no ToUnicode map.
func PDF(seed uint64, pages int) []byte {
	all := lines(Report(seed, pages*linesPerPage*charsPerLine*3), charsPerLine)
	all = all[:min(len(all), pages*linesPerPage)]
	w := &pdfWriter{}
	w.WriteString("%PDF-1.4\n")
	w.object("<< /Type /Catalog /Pages 2 0 R >>")
	var kids strings.Builder
	for i := range pages {
		fmt.Fprintf(&kids, "%d 0 R ", 6+2*i)
	}
	w.object(fmt.Sprintf("<< /Type /Pages /Count %d /Kids [%s] >>", pages, kids.String()))
	w.object("<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>")
	w.object("<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /FontDescriptor 5 0 R " +
		"/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> >>")
	w.object("<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] " +
		"/ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>")
	for i := range pages {
		w.object(fmt.Sprintf("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Resources << /Font << /F1 3 0 R >> >> /Contents %d 0 R >>",
			pageWidth, pageHeight, 7+2*i))
		from, to := min(i*linesPerPage, len(all)), min((i+1)*linesPerPage, len(all))
		content := pageContent(all[from:to])
		w.object(fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(content), content))
	}
	w.finish()
	return w.Bytes()
}

func pageContent(text []string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "BT /F1 %d Tf %d TL %d %d Td\n", fontSize, leading, margin, pageHeight-margin)
	for _, line := range text {
		b.WriteByte('<')
		for _, u := range utf16.Encode([]rune(line)) {
			fmt.Fprintf(&b, "%04X", u)
		}
		b.WriteString("> Tj T*\n")
	}
	return b.String() + "ET"
}

// A pdfWriter numbers objects in the order they come and keeps their places.
type pdfWriter struct {
	bytes.Buffer
	offsets []int
}

func (w *pdfWriter) object(body string) {
	w.offsets = append(w.offsets, w.Len())
	fmt.Fprintf(w, "%d 0 obj\n%s\nendobj\n", len(w.offsets), body)
}

func (w *pdfWriter) finish() {
	start := w.Len()
	fmt.Fprintf(w, "xref\n0 %d\n0000000000 65535 f \n", len(w.offsets)+1)
	for _, at := range w.offsets {
		fmt.Fprintf(w, "%010d 00000 n \n", at)
	}
	fmt.Fprintf(w, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(w.offsets)+1, start)
}
