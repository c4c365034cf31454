package elastic

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"

	"github.com/elastic/elastic-transport-go/v8/elastictransport"
)

// A client takes the nodes of a cluster in turn. It is what esapi asks through:
// the client of go-elasticsearch would bring all of its typed API into the
// program, which nothing here calls.
type client struct {
	nodes   elastictransport.Interface
	genuine atomic.Bool // an answer said that Elasticsearch gave it
}

// productHeader is in every answer of Elasticsearch since 7.14.
const productHeader = "X-Elastic-Product"

var errForeign = errors.New("the server is not Elasticsearch")

func newClient(o Options, t http.RoundTripper) (*client, error) {
	nodes := make([]*url.URL, len(o.Addresses))
	for i, a := range o.Addresses {
		u, err := url.Parse(strings.TrimRight(a, "/"))
		if err != nil {
			return nil, err
		}
		nodes[i] = u
	}
	options := []elastictransport.Option{
		elastictransport.WithURLs(nodes...), elastictransport.WithTransport(t),
		elastictransport.WithDisableRetry(), elastictransport.WithUserAgent("jixiao"),
	}
	if o.APIKey != "" {
		options = append(options, elastictransport.WithAPIKey(o.APIKey))
	} else if o.Username != "" || o.Password != "" {
		options = append(options, elastictransport.WithBasicAuth(o.Username, o.Password))
	}
	c, err := elastictransport.NewClient(options...)
	if err != nil {
		return nil, err
	}
	return &client{nodes: c}, nil
}

// Perform implements esapi.Transport.
func (c *client) Perform(r *http.Request) (*http.Response, error) {
	res, err := c.nodes.Perform(r)
	if err != nil {
		return nil, err
	}
	if !c.genuine.Load() {
		switch named := res.Header.Get(productHeader) == "Elasticsearch"; {
		case named:
			c.genuine.Store(true)
		case foreign(res.StatusCode):
			res.Body.Close() // nothing in it is for us
			return nil, errForeign
		}
	}
	return res, nil
}

// foreign reports whether an answer of this status that does not name
// Elasticsearch is another program's. Elasticsearch itself leaves its name out
// when it refuses somebody unknown, and what stands before it when it is down.
func foreign(status int) bool {
	return status < http.StatusMultipleChoices || status == http.StatusNotFound || status == http.StatusMethodNotAllowed
}
