package app

import (
	"encoding/json"
	"os"
	"path/filepath"

	"jixiao/internal/fault"
)

// belongsFile says, in a data folder, where the queue with the states of its
// documents is.
const belongsFile = "queue.json"

// belongs is where the queue and the store of a data folder are. Addresses are
// no part of it: those of one cluster change, and may hold passwords.
type belongs struct {
	Queue  string `json:"queue"`            // inside or nats
	Prefix string `json:"prefix,omitempty"` // of the names on the servers
	Store  string `json:"store"`            // as Options.Store
}

const (
	queueInside = "inside"
	queueNATS   = "nats"
)

// belongsTo returns what o says.
func (o Options) belongsTo() belongs {
	if o.NATS == "" {
		return belongs{Queue: queueInside, Store: StoreLocal}
	}
	b := belongs{Queue: queueNATS, Prefix: o.prefix(), Store: StoreLocal}
	if o.remote() {
		b.Store = StoreNATS
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

// rightQueue refuses a folder whose documents another queue knows: it would look
// empty, and an import would part the states.
func rightQueue(o Options) error {
	var was belongs
	b, err := os.ReadFile(filepath.Join(o.Data, belongsFile))
	switch {
	case err == nil && json.Unmarshal(b, &was) == nil && was.Queue != "":
	case hasQueue(o.Data): // made before the file was
		was = belongs{Queue: queueInside, Store: StoreLocal}
	default:
		return nil
	}
	if now := o.belongsTo(); now != was {
		return fault.WithHint(fault.New(fault.Usage, "the documents of data folder %q were imported with %s, this is %s", o.Data, was.flags(), now.flags()),
			"give the same flags again, or name another folder with --data")
	}
	return nil
}

// hasQueue reports whether the queue inside kept something in the folder.
func hasQueue(data string) bool {
	_, err := os.Stat(filepath.Join(data, queueDir))
	return err == nil
}

// claim notes in the folder that its documents are known to the queue of o.
func claim(o Options) error {
	path := filepath.Join(o.Data, belongsFile)
	if _, err := os.Stat(path); err == nil {
		return nil
	}
	b, err := json.Marshal(o.belongsTo())
	if err != nil {
		return err
	}
	return ioFault(os.WriteFile(path, append(b, '\n'), 0o600))
}
