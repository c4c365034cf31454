package elastic

import "jixiao/pipeline/index"

// Finished returns docs as bulk requests carry them.
func Finished(docs []index.Doc) ([][]byte, error) {
	var out [][]byte
	for next := 0; next < len(docs); {
		var b batch
		var err error
		if next, err = b.fill(next, len(docs), func(w *writer, i int) error { return w.put(&docs[i]) }); err != nil {
			return nil, err
		}
		out = append(out, b.w.out.Bytes())
	}
	return out, nil
}
