package layout

// FillLists makes every list of d that is nil an empty one: its JSON form has
// no null.
func (d *Doc) FillLists() {
	fill(&d.Pages)
	for i := range d.Pages {
		p := &d.Pages[i]
		fill(&p.Lines)
		fill(&p.Paragraphs)
		fill(&p.Tables)
		for j := range p.Tables {
			fill(&p.Tables[j].Cells)
		}
	}
}

func fill[T any](list *[]T) {
	if *list == nil {
		*list = []T{}
	}
}
