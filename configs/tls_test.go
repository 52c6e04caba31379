package configs_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"layso/configs"
	"layso/printer/link"
)

// certificate writes a pair that ends then, in files of this name.
func certificate(t *testing.T, dir, name string, ends time.Time) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	must(t, err)
	template := &x509.Certificate{SerialNumber: big.NewInt(1), NotBefore: ends.Add(-time.Hour), NotAfter: ends}
	raw, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	must(t, err)
	der, err := x509.MarshalPKCS8PrivateKey(key)
	must(t, err)
	must(t, os.WriteFile(filepath.Join(dir, name+".crt"), pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: raw}), 0o600))
	must(t, os.WriteFile(filepath.Join(dir, name+".key"), pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}), 0o600))
}

// layso check looks into the certificate's files; a hall in use opens all the same, for it has plain HTTP as well.
func TestCertificateIsChecked(t *testing.T) {
	dir := t.TempDir()
	certificate(t, dir, "good", time.Now().Add(time.Hour))
	certificate(t, dir, "old", time.Now().Add(-time.Hour))
	hall, err := os.ReadFile("hall.example.yaml")
	must(t, err)
	must(t, os.WriteFile(filepath.Join(dir, "hall.yaml"), hall, 0o600))
	file := filepath.Join(dir, "layso.yaml")
	for pair, want := range map[string]string{
		"good.crt good.key": "", "old.crt old.key": "has expired on", "good.crt old.key": "private key does not match", "none.crt good.key": "no such file", "good.key good.crt": "tls.cert",
	} {
		cert, key, _ := strings.Cut(pair, " ")
		text := "data: x\nhall: hall.yaml\nprinters: [{name: a, link: software}]\ntls: {cert: " + cert + ", key: " + key + "}\n"
		must(t, os.WriteFile(file, []byte(text), 0o600))
		err := configs.Check(file, link.Check)
		if (err == nil) != (want == "") || err != nil && (!strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), ":4: tls")) {
			t.Errorf("%s: %v, want %q", pair, err, want)
		}
		c, err := configs.Load(file, link.Check)
		must(t, err)
		if c.ListenTLS != ":443" || c.TLS.Cert != filepath.Join(dir, cert) || c.TLS.Key != filepath.Join(dir, key) {
			t.Errorf("loaded as %q %+v", c.ListenTLS, c.TLS)
		}
	}
}
