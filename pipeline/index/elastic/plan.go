package elastic

import (
	"slices"

	"jixiao/pipeline/index"
)

// source names what of a report comes back.
func (m *matching) source() any {
	switch {
	case m.paths != nil:
		var out []string
		for _, path := range m.paths {
			for _, f := range []string{fieldItem, fieldPlace, fieldText, fieldShown} {
				out = append(out, path+"."+f)
			}
		}
		return out
	case m.Bodies:
		return []string{fieldShown, fieldText}
	default:
		return []string{fieldShown}
	}
}

// query is the search without its size.
func (m *matching) query() object {
	q := object{"sort": m.sort(), "_source": m.source(), "track_total_hits": false}
	if byScore(m.Request) {
		q["track_scores"] = true
	}
	if m.paths == nil {
		q["query"] = scope{}.ranked(m.Request)
		return q
	}
	var nested []object
	for _, path := range m.paths {
		nested = append(nested, m.nested(path))
	}
	if byScore(m.Request) {
		q["query"] = object{"dis_max": object{"queries": nested}}
	} else {
		q["query"] = object{"bool": object{"filter": anyOf(nested)}}
	}
	return q
}

// nested asks for reports with items under path that match, and for those.
func (m *matching) nested(path string) object {
	sort := []object{{path + "." + fieldPlace: object{"order": "asc"}}}
	mode := "none"
	if byScore(m.Request) {
		sort = slices.Insert(sort, 0, object{"_score": object{"order": "desc"}})
		mode = "max"
	}
	return object{"nested": object{
		"path": path, "score_mode": mode, "query": scope{path}.ranked(m.Request),
		"inner_hits": object{"name": path, "size": min(m.need, maxInner), "sort": sort, "_source": false},
	}}
}

func (m *matching) sort() []object {
	var out []object
	for _, o := range m.Sort {
		switch {
		case o.By == index.ByScore:
			out = append(out, object{"_score": object{"order": "desc"}})
		case o.Desc:
			out = append(out, object{o.Key: object{"order": "desc", "missing": "_last"}})
		default:
			out = append(out, object{o.Key: object{"order": "asc", "missing": "_last"}})
		}
	}
	return append(out, object{fieldID: object{"order": "asc"}})
}
