package index

import "jixiao/schemas/search"

// compile turns q into what a backend answers.
func compile(q search.Query) (Request, error) {
	return Request{In: q.In, Limit: q.Limit, Offset: q.Offset}, nil
}

// answer turns what a backend found into what people see.
func answer(_ search.Query, _ Request, f Found) (search.Result, error) {
	return search.Result{Total: f.Total, TotalDocs: f.TotalDocs, Facets: f.Facets}, nil
}
