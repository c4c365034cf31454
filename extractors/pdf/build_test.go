package pdf

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf16"
)

// A file builds a PDF for a test: objects in order, the first being the catalog.
type file struct{ objects []string }

// add adds an object and returns its number.
func (f *file) add(format string, args ...any) int {
	f.objects = append(f.objects, fmt.Sprintf(format, args...))
	return len(f.objects)
}

// stream adds a stream object with further entries of its dictionary.
func (f *file) stream(entries, data string) int {
	return f.add("<<%s/Length %d>>\nstream\n%s\nendstream", entries, len(data), data)
}

// bytes writes the file with its table of cross references.
func (f *file) bytes() []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n%\xE2\xE3\xCF\xD3\n")
	at := make([]int, len(f.objects))
	for i, o := range f.objects {
		at[i] = b.Len()
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, n := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", n)
	}
	fmt.Fprintf(&b, "trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, start)
	return b.Bytes()
}

// The fonts of a document made by pages.
const (
	// Codes are UTF-16, the font is not in the file: how Chinese office programs
	// write.
	songFont = `<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/DW 1000>>]>>`
)

// pages makes a document of A4 pages with the given content streams and fonts
// F1, F2, ….
func pages(contents []string, fonts ...string) []byte {
	return pagesWith("", contents, fonts...)
}

// pagesWith does so with further entries of the page's dictionary.
func pagesWith(entries string, contents []string, fonts ...string) []byte {
	return newFile().pages(entries, contents, fonts...)
}

// newFile begins a document, with room for its page tree.
func newFile() *file {
	f := &file{}
	f.add("<</Type/Catalog/Pages 2 0 R>>")
	f.add("")
	return f
}

func (f *file) pages(entries string, contents []string, fonts ...string) []byte {
	var names, kids strings.Builder
	for i, font := range fonts {
		fmt.Fprintf(&names, "/F%d %d 0 R", i+1, f.add("%s", font))
	}
	for _, c := range contents {
		n := f.stream("", c)
		fmt.Fprintf(&kids, "%d 0 R ", f.add("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]%s/Contents %d 0 R/Resources<</Font<<%s>>>>>>", entries, n, &names))
	}
	f.objects[1] = fmt.Sprintf("<</Type/Pages/Count %d/Kids[%s]>>", len(contents), &kids)
	return f.bytes()
}

// show is the operators that show s at (x, y) in font F1.
func show(x, y, size float64, s string) string { return showIn(1, x, y, size, s) }

func showIn(font int, x, y, size float64, s string) string {
	return fmt.Sprintf("BT /F%d %g Tf 1 0 0 1 %g %g Tm <%s> Tj ET\n", font, size, x, y, hex(s))
}

// hex is s in UTF-16 as a hexadecimal string.
func hex(s string) string {
	var sb strings.Builder
	for _, u := range utf16.Encode([]rune(s)) {
		fmt.Fprintf(&sb, "%04X", u)
	}
	return sb.String()
}
