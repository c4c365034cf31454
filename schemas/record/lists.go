package record

// FillLists makes every list of r that is nil an empty one: its JSON form has
// no null.
func (r *Record) FillLists() {
	fill(&r.Fields)
	fill(&r.Findings)
	fill(&r.Gaps)
	for i := range r.Fields {
		fill(&r.Fields[i].Evidence)
	}
	for i := range r.Findings {
		fill(&r.Findings[i].Keys)
		fill(&r.Findings[i].Evidence)
	}
	for i := range r.Gaps {
		fill(&r.Gaps[i].Evidence)
	}
	fillSections(&r.Sections)
}

func fillSections(list *[]Section) {
	fill(list)
	for i := range *list {
		fillSections(&(*list)[i].Children)
	}
}

func fill[T any](list *[]T) {
	if *list == nil {
		*list = []T{}
	}
}
