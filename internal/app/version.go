package app

import (
	"runtime"
	"runtime/debug"

	"jixiao/extractors/all"
	"jixiao/pipeline"
	"jixiao/pipeline/index"
	"jixiao/schemas"
	"jixiao/schemas/layout"
)

// A Version says what this program is made of.
type Version struct {
	Program    string   `json:"program"`
	Go         string   `json:"go"`
	Schema     int      `json:"schema"`
	Extractors []string `json:"extractors"`
	Layout     int      `json:"layout"`
	Segmenter  int      `json:"segmenter"`
	Lexicon    string   `json:"lexicon"`
	Reader     int      `json:"reader"`
	Checks     int      `json:"checks"`
	Index      int      `json:"index"`
}

// VersionOf returns the versions of this program.
func VersionOf() Version {
	parts := pipeline.Read("", &layout.Doc{}).Versions
	v := Version{
		Program: "devel", Go: runtime.Version(), Schema: schemas.Version, Layout: parts.Layout, Segmenter: parts.Segmenter,
		Lexicon: parts.Lexicon, Reader: parts.Reader, Checks: parts.Checks, Index: index.Version,
	}
	for _, e := range all.Extractors() {
		v.Extractors = append(v.Extractors, e.Version())
	}
	if info, ok := debug.ReadBuildInfo(); ok {
		if info.Main.Version != "" {
			v.Program = info.Main.Version
		}
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" && v.Program == "(devel)" {
				v.Program = s.Value
			}
		}
	}
	return v
}
