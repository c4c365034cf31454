package app

import (
	"cmp"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"jixiao/internal/fault"
	"jixiao/pipeline/index/elastic"
)

// belongsFile says, in a data folder, where the queue with the states of its
// documents is, and what belongs says beside.
const belongsFile = "queue.json"

// belongs is where the queue, the store and the index of a data folder are.
// Addresses are no part of it: those of one cluster change, and may hold
// passwords.
type belongs struct {
	Queue  string `json:"queue"`            // inside or nats
	Prefix string `json:"prefix,omitempty"` // of the names on the servers
	Store  string `json:"store"`            // as Options.Store
	// Index is the alias of the index in a cluster; "" is the one in the folder.
	// It is only a view: any other will do, once it is brought up to the store.
	Index string `json:"index,omitempty"`
	// Folder is what servers elsewhere know the folder by that keeps their index.
	Folder string `json:"folder,omitempty"`
}

const (
	queueInside = "inside"
	queueNATS   = "nats"
)

// belongsTo returns what o says.
func (o Options) belongsTo() belongs {
	b := belongs{Queue: queueInside, Store: StoreLocal}
	if o.NATS != "" {
		b.Queue, b.Prefix = queueNATS, o.prefix()
	}
	if o.remote() {
		b.Store = StoreNATS
	}
	if o.Elastic != "" {
		b.Index = cmp.Or(o.ElasticAlias, elastic.DefaultAlias)
	}
	return b
}

// flags returns the flags that say b.
func (b belongs) flags() string {
	if b.Queue == queueInside {
		return "no --nats"
	}
	s := "--nats URL --store " + b.Store
	if b.Prefix != "jixiao" {
		s += " --nats-prefix " + b.Prefix
	}
	return s
}

// where says where the index of b is.
func (b belongs) where() string {
	if b.Index == "" {
		return "in the folder"
	}
	return fmt.Sprintf("under %q in Elasticsearch", b.Index)
}

// rightQueue refuses a folder whose documents another queue knows: it would look
// empty, and an import would part the states.
func rightQueue(o Options) error {
	was, ok := belonged(o)
	now := o.belongsTo()
	now.Index, now.Folder = was.Index, was.Folder
	if ok && now != was {
		return fault.WithHint(fault.New(fault.Usage, "the documents of data folder %q were imported with %s, this is %s", o.Data, was.flags(), now.flags()),
			"give the same flags again, or name another folder with --data")
	}
	return nil
}

// belonged returns what the folder of o says; false for one that says nothing.
func belonged(o Options) (was belongs, ok bool) {
	b, err := os.ReadFile(filepath.Join(o.Data, belongsFile))
	switch {
	case err == nil && json.Unmarshal(b, &was) == nil && was.Queue != "":
		return was, true
	case hasQueue(o.Data): // made before the file was
		return belongs{Queue: queueInside, Store: StoreLocal}, true
	}
	return belongs{}, false
}

// indexedHere reports whether the folder was worked on last with the index of o.
func indexedHere(o Options) bool {
	was, ok := belonged(o)
	return !ok || was.Index == o.belongsTo().Index
}

// hasQueue reports whether the queue inside kept something in the folder.
func hasQueue(data string) bool {
	_, err := os.Stat(filepath.Join(data, queueDir))
	return err == nil
}

// claim notes in the folder that its documents are known to the queue of o.
func claim(o Options) error {
	was, ok := belonged(o)
	_, err := os.Stat(filepath.Join(o.Data, belongsFile))
	switch {
	case err != nil || !ok:
		return reclaim(o)
	case o.NATS != "" && was.Folder == "": // made before it was known to them
		return note(o, was)
	}
	return nil
}

// reclaim is claim for a folder that belonged elsewhere.
func reclaim(o Options) error {
	was, _ := belonged(o)
	now := o.belongsTo()
	now.Folder = was.Folder
	return note(o, now)
}

func note(o Options, now belongs) error {
	if o.NATS != "" && now.Folder == "" {
		now.Folder = rand.Text()
	}
	b, err := json.Marshal(now)
	if err != nil {
		return err
	}
	return ioFault(os.WriteFile(filepath.Join(o.Data, belongsFile), append(b, '\n'), 0o600))
}
