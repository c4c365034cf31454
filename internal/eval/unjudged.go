package eval

import (
	"context"
	"os"

	"jixiao/extractors"
	"jixiao/extractors/all"
	"jixiao/extractors/check"
	"jixiao/extractors/field"
	"jixiao/extractors/passage"
	"jixiao/extractors/section"
	"jixiao/internal/fault"
	"jixiao/schemas/record"
)

// ReadUnjudged reads cases up to the point where confidence is decided: fields
// carry the scores of their readers. Reports that cannot be read have no entry.
func ReadUnjudged(ctx context.Context, cases []Case) (map[string]*record.Record, error) {
	records := map[string]*record.Record{}
	for i := range cases {
		name := cases[i].Source("", false)
		if name == "" {
			continue
		}
		rec, err := readUnjudged(ctx, name)
		switch fault.KindOf(err) {
		case fault.None:
			records[cases[i].Name] = rec
		case fault.Invalid, fault.Unsupported, fault.TooLarge:
		default:
			return nil, err
		}
	}
	return records, nil
}

func readUnjudged(ctx context.Context, name string) (*record.Record, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, fileFault(err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, fileFault(err)
	}
	return Unjudged(ctx, extractors.Input{Name: name, Size: info.Size(), Bytes: f})
}

// Unjudged reads one report up to the point where confidence is decided.
func Unjudged(ctx context.Context, in extractors.Input) (*record.Record, error) {
	e, err := extractors.Choose(all.Extractors(), in)
	if err != nil {
		return nil, err
	}
	doc, err := e.Extract(ctx, in)
	if err != nil {
		return nil, err
	}
	p := passage.New(doc)
	defer p.Release()
	reading := field.Read(p, section.Outline(p))
	findings := append(reading.Findings, check.Findings(doc, reading.Fields)...)
	return &record.Record{Fields: reading.Fields, Findings: findings}, nil
}
