package app

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"jixiao/internal/fault"
	"jixiao/internal/outage"
	"jixiao/pipeline/index/elastic"
	"jixiao/pipeline/queue"
)

// Where an index is must be the same for all who share NATS servers, so the servers
// keep it, and whoever names another place is refused before anything is done.

// indexSetting is the setting on the servers that says where the index of all who
// share them is. A second one would get a part of the documents each, and nobody
// would find them all.
const indexSetting = "index"

// A place is where an index is: under an alias in Elasticsearch, or in a data
// folder. A folder beside an alias is the one that keeps the documents.
type place struct {
	Alias string `json:"alias,omitempty"`
	// Folder is the identity of the folder, which it keeps where it is moved to;
	// Host and Path are where it was last.
	Folder string `json:"folder,omitempty"`
	Host   string `json:"host,omitempty"`
	Path   string `json:"path,omitempty"`
}

// is reports whether p and q are the same index. A folder that was lost and made
// anew is: it is filled again.
func (p place) is(q place) bool {
	if p.Alias != q.Alias {
		return false
	}
	if p.Alias != "" && (p.Path == "" || q.Path == "") { // init does not know of a folder
		return true
	}
	return p.Folder != "" && p.Folder == q.Folder || p.Host == q.Host && p.Path == q.Path
}

func (p place) where() string {
	folder := fmt.Sprintf("data folder %q on %s", p.Path, p.Host)
	switch {
	case p.Alias == "":
		return "in " + folder
	case p.Path == "":
		return fmt.Sprintf("under %q in Elasticsearch", p.Alias)
	}
	return fmt.Sprintf("under %q in Elasticsearch beside %s", p.Alias, folder)
}

// flags returns what says p.
func (p place) flags() string {
	folder := fmt.Sprintf(", and --data %q on %s", p.Path, p.Host)
	if p.Alias == "" {
		return "no --elastic" + folder
	}
	s := "--elastic URL"
	if p.Alias != elastic.DefaultAlias {
		s += " --elastic-alias " + p.Alias
	}
	if p.Path != "" {
		s += folder
	}
	return s
}

// place returns where the index of n is; false if it has none.
func (n *Node) place() (place, bool) {
	var p place
	if n.opts.Elastic != "" {
		p = n.opts.elasticPlace()
	}
	if !n.owns || n.opts.cluster() {
		return p, p != place{}
	}
	was, _ := belonged(n.opts)
	path, err := filepath.Abs(n.opts.Data)
	if err != nil {
		path = n.opts.Data
	}
	host, err := os.Hostname()
	if err != nil {
		host = "a machine without a name"
	}
	p.Folder, p.Host, p.Path = was.Folder, host, path
	return p, true
}

func (o Options) elasticPlace() place {
	return place{Alias: cmp.Or(o.ElasticAlias, elastic.DefaultAlias)}
}

// placeOn returns where the index of the servers of q is, and the number of that
// setting: 0 if nobody has said so.
func placeOn(ctx context.Context, q *queue.Queue) (p place, seq uint64, err error) {
	b, seq, err := q.Setting(ctx, indexSetting)
	if err != nil || seq == 0 {
		return p, 0, err
	}
	return p, seq, decodePlace(b, &p)
}

func decodePlace(b []byte, p *place) error {
	if err := json.Unmarshal(b, p); err != nil {
		return fault.New(fault.Internal, "the setting of the servers that says where the index is: %w", err)
	}
	return nil
}

// setPlace says on the servers of q that the index is at p. Conflict says that
// somebody else was faster.
func setPlace(ctx context.Context, q *queue.Queue, p place, seq uint64) error {
	b, err := json.Marshal(p)
	if err != nil {
		return err
	}
	return q.PutSetting(ctx, indexSetting, b, seq)
}

// rightIndex refuses another index than the one of the servers.
func (n *Node) rightIndex(ctx context.Context) error {
	if n.opts.NATS == "" {
		return nil
	}
	known, seq, err := placeOn(ctx, n.queue)
	if err != nil || seq == 0 {
		return err
	}
	n.known = known
	if mine, ok := n.place(); ok && !n.moves && !known.is(mine) {
		return elsewhere(known, mine)
	}
	return nil
}

// elsewhere says that the index is not where a command says it is.
func elsewhere(known, mine place) error {
	return fault.WithHint(fault.New(fault.Usage, "the documents of these servers are indexed %s, not %s", known.where(), mine.where()),
		fmt.Sprintf("give %s; jixiao reindex --move moves the index", known.flags()))
}

// rightImport refuses an import that does not say where its documents will be
// indexed: who forgets that here forgets it at the search.
func (n *Node) rightImport() error {
	if n.known.Alias == "" || n.opts.Elastic != "" {
		return nil
	}
	return fault.WithHint(fault.New(fault.Usage, "the documents of these servers are indexed %s, this is without --elastic", n.known.where()),
		"give "+n.known.flags())
}

// claimIndex says on the servers that their index is the one of n, if nobody has
// said so or its folder was moved.
func (n *Node) claimIndex(ctx context.Context) error {
	mine, ok := n.place()
	if n.opts.NATS == "" || !ok {
		return nil
	}
	for {
		known, seq, err := placeOn(ctx, n.queue)
		switch {
		case err != nil || seq > 0 && known == mine:
			return err
		case seq > 0 && !known.is(mine) && !n.moves:
			return elsewhere(known, mine)
		}
		if err := setPlace(ctx, n.queue, mine, seq); fault.KindOf(err) != fault.Conflict {
			return err
		}
	}
}

// followIndex returns when the index of the servers is another one than that of n.
func (n *Node) followIndex(ctx context.Context) error {
	mine, ok := n.place()
	if n.opts.NATS == "" || !ok {
		return nil
	}
	for unread := new(outage.Notice); ctx.Err() == nil; {
		for b, err := range n.queue.WatchSetting(ctx, indexSetting) {
			var now place
			if err == nil {
				err = decodePlace(b, &now)
			}
			if err != nil && unread.Away() {
				n.log.WarnContext(ctx, "where the index is cannot be followed", "err", err)
			}
			if err != nil {
				break
			}
			unread.Back()
			if !now.is(mine) {
				return fault.WithHint(fault.New(fault.Conflict, "the index was moved: the documents of these servers are indexed %s now, not %s", now.where(), mine.where()),
					"start it again with "+now.flags())
			}
		}
		select {
		case <-ctx.Done():
		case <-time.After(again):
		}
	}
	return nil
}

// initPlace says on the servers that their index is in the cluster, if nobody has
// said where it is.
func initPlace(ctx context.Context, o Options, dry bool) (changes []Change, err error) {
	q, err := queue.Connect(ctx, o.queue())
	if err != nil {
		return nil, o.hideSecrets(err)
	}
	defer func() { err = errors.Join(o.hideSecrets(err), q.Close()) }()
	mine := o.elasticPlace()
	known, seq, err := placeOn(ctx, q)
	switch {
	case err != nil:
		return nil, err
	case seq > 0 && !known.is(mine):
		return nil, elsewhere(known, mine)
	case seq > 0:
		return nil, nil
	case !dry:
		err = setPlace(ctx, q, mine, 0)
	}
	return []Change{{Kind: "setting", Name: indexSetting, Create: true, Fields: []string{mine.where()}}}, err
}
