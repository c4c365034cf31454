package pdf

import (
	"bytes"
	"crypto/md5"
	"crypto/rc4"
	"encoding/binary"
	"fmt"
	"strings"
	"testing"

	"jixiao/internal/fault"
)

// padding fills up passwords (PDF 1.7, 7.6.3.3).
const padding = "\x28\xBF\x4E\x5E\x4E\x75\x8A\x41\x64\x00\x4E\x56\xFF\xFA\x01\x08\x2E\x2E\x00\xB6\xD0\x68\x3E\x80\x2F\x0C\xA9\xFE\x64\x53\x69\x7A"

func arc4(key, data []byte) []byte {
	c, err := rc4.NewCipher(key)
	if err != nil {
		panic(err)
	}
	out := make([]byte, len(data))
	c.XORKeyStream(out, data)
	return out
}

// locked makes a document of one page, encrypted by the standard handler's first
// revision for the given user password.
func locked(user string) []byte {
	id := []byte("0123456789abcdef")
	const permissions = 0xFFFFFFFC
	pad := func(s string) []byte { return []byte((s + padding)[:32]) }
	ownerKey := md5.Sum(pad("owner"))
	owner := arc4(ownerKey[:5], pad(user))
	sum := md5.Sum(bytes.Join([][]byte{pad(user), owner, binary.LittleEndian.AppendUint32(nil, permissions), id}, nil))
	key := sum[:5]

	f := newFile()
	f.pages("", []string{show(60, 700, 10, sentence)}, songFont)
	for i, o := range f.objects { // the content alone holds what is encrypted
		if head, rest, ok := strings.Cut(o, "stream\n"); ok {
			n := uint32(i + 1)
			objectKey := md5.Sum(append(bytes.Clone(key), byte(n), byte(n>>8), byte(n>>16), 0, 0))
			content := strings.TrimSuffix(rest, "\nendstream")
			f.objects[i] = head + "stream\n" + string(arc4(objectKey[:10], []byte(content))) + "\nendstream"
		}
	}
	trailer := fmt.Sprintf("trailer\n<</Encrypt<</Filter/Standard/V 1/R 2/O<%X>/U<%X>/P %d>>/ID[<%X><%X>]",
		owner, arc4(key, []byte(padding)), int32(-4), id, id)
	return bytes.Replace(f.bytes(), []byte("trailer\n<<"), []byte(trailer), 1)
}

func TestPasswords(t *testing.T) {
	d, err := extract(t, locked(""), "")
	if err != nil || !strings.Contains(d.Text, sentence) {
		t.Errorf("only an owner password: %v, %v", d, err)
	}
	for _, engine := range []string{"", Pdfium, Ledongthuc} {
		_, err = extract(t, locked("secret"), engine)
		if fault.KindOf(err) != fault.Invalid || !strings.Contains(fault.HintOf(err), "remove the password") {
			t.Errorf("engine %q: a user password: %v of kind %q, hint %q", engine, err, fault.KindOf(err), fault.HintOf(err))
		}
	}
}
