// Command compile makes the compiled dictionary of package segment out of the
// text files that the module github.com/yanyiwu/gojieba carries and the user
// words. It is run by go generate.
package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"

	"jixiao/internal/zh/segment/dict"
)

func main() {
	user := flag.String("user", "userdict.txt", "`file` of user words")
	out := flag.String("o", "jieba.bin.gz", "`file` to write")
	flag.Parse()
	if err := run(*user, *out); err != nil {
		fmt.Fprintln(os.Stderr, "compile:", err)
		os.Exit(1)
	}
}

func run(userFile, outFile string) error {
	answer, err := exec.Command("go", "mod", "download", "-json", "github.com/yanyiwu/gojieba").Output()
	if err != nil {
		return fmt.Errorf("find the module of jieba's dictionary: %w", err)
	}
	var module struct{ Dir string }
	if err := json.Unmarshal(answer, &module); err != nil {
		return fmt.Errorf("find the module of jieba's dictionary: %w", err)
	}
	dir := filepath.Join(module.Dir, "deps", "cppjieba", "dict")
	text, err := readAll(filepath.Join(dir, "jieba.dict.utf8"), userFile, filepath.Join(dir, "hmm_model.utf8"))
	if err != nil {
		return err
	}
	words, err := dict.ParseWords(bytes.NewReader(text[0]))
	if err != nil {
		return fmt.Errorf("dictionary: %w", err)
	}
	user, err := dict.ParseUser(bytes.NewReader(text[1]), words)
	if err != nil {
		return fmt.Errorf("user words: %w", err)
	}
	hmm, err := dict.ParseModel(bytes.NewReader(text[2]))
	if err != nil {
		return fmt.Errorf("model: %w", err)
	}
	d, err := dict.New(words, user, hmm)
	if err != nil {
		return err
	}
	b, err := d.Encode()
	if err != nil {
		return err
	}
	fmt.Fprintf(os.Stderr, "%d words, %d user words, %d bytes\n", len(words), len(user), len(b))
	return os.WriteFile(outFile, b, 0o644)
}

func readAll(names ...string) ([][]byte, error) {
	out := make([][]byte, len(names))
	for i, name := range names {
		b, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		out[i] = b
	}
	return out, nil
}
