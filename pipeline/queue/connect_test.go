package queue_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"

	"jixiao/internal/fault"
	"jixiao/pipeline/queue"
	"jixiao/pipeline/queue/natstest"
	"jixiao/schemas/event"
)

// serve starts a server with options in this process and returns its address.
func serve(t testing.TB, o *server.Options) string {
	t.Helper()
	o.JetStream = !o.NoSystemAccount
	return natstest.Serve(t, o).ClientURL()
}

// certificates writes an authority and a certificate of it for 127.0.0.1, both
// of them good for servers and clients.
func certificates(t testing.TB) (ca, cert, key string) {
	t.Helper()
	dir := t.TempDir()
	write := func(name, kind string, der []byte) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	make := func(n int64, isCA bool, parent *x509.Certificate, signer *ecdsa.PrivateKey) (*x509.Certificate, *ecdsa.PrivateKey) {
		k, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		c := &x509.Certificate{
			SerialNumber: big.NewInt(n), Subject: pkix.Name{CommonName: "test"}, NotAfter: time.Now().Add(time.Hour),
			IsCA: isCA, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
			ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		}
		if parent == nil {
			parent, signer = c, k
		}
		if c.Raw, err = x509.CreateCertificate(rand.Reader, c, parent, &k.PublicKey, signer); err != nil {
			t.Fatal(err)
		}
		return c, k
	}
	root, rootKey := make(1, true, nil, nil)
	leaf, leafKey := make(2, false, root, rootKey)
	der, err := x509.MarshalECPrivateKey(leafKey)
	if err != nil {
		t.Fatal(err)
	}
	return write("ca.pem", "CERTIFICATE", root.Raw), write("cert.pem", "CERTIFICATE", leaf.Raw), write("key.pem", "EC PRIVATE KEY", der)
}

func TestTLS(t *testing.T) {
	ca, cert, key := certificates(t)
	otherCA, _, _ := certificates(t)
	pair, err := tls.LoadX509KeyPair(cert, key)
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	b, err := os.ReadFile(ca)
	if err != nil || !pool.AppendCertsFromPEM(b) {
		t.Fatal(err)
	}
	url := serve(t, &server.Options{
		TLS: true, TLSTimeout: 5,
		TLSConfig: &tls.Config{Certificates: []tls.Certificate{pair}, ClientCAs: pool, ClientAuth: tls.RequireAndVerifyClientCert},
	})
	open(t, queue.Options{URL: url, CA: ca, Cert: cert, Key: key})
	for name, o := range map[string]queue.Options{
		"wrong_authority":  {CA: otherCA, Cert: cert, Key: key},
		"no_authority":     {Cert: cert, Key: key},
		"no_certificate":   {CA: ca},
		"certificate_only": {CA: ca, Cert: cert},
		"no_such_file":     {CA: ca + "x"},
	} {
		t.Run(name, func(t *testing.T) {
			o.URL = url
			q, err := queue.Open(t.Context(), o)
			if err == nil {
				q.Close()
			}
			if k := fault.KindOf(err); k != fault.Forbidden && k != fault.Usage {
				t.Errorf("Open = %v (%s)", err, k)
			}
			t.Log(err, "-", fault.HintOf(err))
		})
	}
}

func TestCredentials(t *testing.T) {
	url := serve(t, &server.Options{Username: "ann", Password: "s3cret"})
	at := strings.TrimPrefix(url, "nats://")
	open(t, queue.Options{URL: "nats://ann:s3cret@" + at})
	for _, url := range []string{"nats://ann:t0psecret@" + at, "nats://t0psecret@" + at, url} {
		_, err := queue.Open(t.Context(), queue.Options{URL: url})
		if fault.KindOf(err) != fault.Forbidden || fault.HintOf(err) == "" || strings.Contains(err.Error(), "t0psecret") {
			t.Errorf("Open = %v (%s)", err, fault.KindOf(err))
		}
		if !strings.Contains(err.Error(), at) {
			t.Errorf("%v does not say which server", err)
		}
	}
}

func TestServerWithoutJetStream(t *testing.T) {
	_, err := queue.Open(t.Context(), queue.Options{URL: serve(t, &server.Options{NoSystemAccount: true})})
	if fault.KindOf(err) != fault.Unavailable || !strings.Contains(fault.HintOf(err), "JetStream") {
		t.Errorf("Open = %v (%s)", err, fault.KindOf(err))
	}
}

// The rights that docs/nats.md names are enough.
func TestRightsOfAWorker(t *testing.T) {
	rights := &server.SubjectPermission{Allow: []string{
		"jixiao.>", "$KV.jixiao-state.>", "$KV.jixiao-settings.>", "$O.jixiao-inbox.>", "$O.jixiao-objects.>", "_INBOX.>", "$JS.ACK.>", "$JS.FC.>", "$JS.API.>",
	}}
	url := serve(t, &server.Options{Users: []*server.User{
		{Username: "worker", Password: "w", Permissions: &server.Permissions{Publish: rights, Subscribe: rights}},
	}})
	q := open(t, queue.Options{URL: strings.Replace(url, "://", "://worker:w@", 1)})
	arrive(t, q, "a")
	if _, err := q.PutState(t.Context(), event.State{ID: id("a"), Phase: event.PhaseArrived}); err != nil {
		t.Error(err)
	}
	n := 0
	for _, err := range q.AllStates(t.Context()) {
		if n++; err != nil {
			t.Error(err)
		}
	}
	done := make(chan bool, 1)
	stop := background(t, func(ctx context.Context) error {
		return q.Work(ctx, event.StageExtract, 1, 0, func(context.Context, []byte) error { done <- true; return nil })
	})
	eventually(t, "the message is handled", func() bool { return len(done) == 1 && empty(t, q) })
	stop()
	if n != 1 {
		t.Errorf("%d states", n)
	}
	if err := q.PutSetting(t.Context(), "index", []byte("x"), 0); err != nil {
		t.Error(err)
	}
	inbox, err := q.JetStream().ObjectStore(t.Context(), "jixiao-inbox")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := inbox.PutString(t.Context(), "o", "large"); err != nil {
		t.Error(err)
	}
	if got, err := inbox.GetString(t.Context(), "o"); err != nil || got != "large" {
		t.Errorf("%q, %v", got, err)
	}
}
