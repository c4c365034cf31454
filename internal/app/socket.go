package app

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"

	"jixiao/internal/fault"
	"jixiao/schemas/search"
)

// The owner of a data folder writes ownerFile into it, which says where its
// socket is: usually beside it, elsewhere if the path would be too long for a
// socket's address.
const (
	ownerFile     = "owner.json"
	socketName    = "socket"
	longestSocket = 100 // bytes; systems take 103 to 107
)

// An ownerNote is what ownerFile holds.
type ownerNote struct {
	search.Owner
	Socket string `json:"socket"`
}

func readOwner(data string) (ownerNote, error) {
	var o ownerNote
	b, err := os.ReadFile(filepath.Join(data, ownerFile))
	if err != nil {
		return o, err
	}
	if err := json.Unmarshal(b, &o); err != nil {
		return o, fmt.Errorf("%s: %w", ownerFile, err)
	}
	return o, nil
}

// writeOwner puts the note there in one step, so that nobody reads half of it.
func writeOwner(data string, o ownerNote) error {
	b, err := json.Marshal(o)
	if err != nil {
		return err
	}
	path := filepath.Join(data, ownerFile)
	if err := os.WriteFile(path+".new", b, 0o600); err != nil {
		return ioFault(err)
	}
	return ioFault(os.Rename(path+".new", path))
}

// listen opens the socket of the folder data. remove deletes what it made.
func listen(data string) (l net.Listener, remove func() error, err error) {
	abs, err := filepath.Abs(data)
	if err != nil {
		return nil, nil, err
	}
	path, remove := filepath.Join(abs, socketName), func() error { return nil }
	if len(path) > longestSocket {
		// The folder that MkdirTemp makes is closed to other users.
		dir, err := os.MkdirTemp("", "jixiao-")
		if err != nil {
			return nil, nil, ioFault(err)
		}
		path, remove = filepath.Join(dir, socketName), func() error { return os.RemoveAll(dir) }
	} else if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, nil, ioFault(err) // one that a killed owner left
	}
	l, err = net.Listen("unix", path)
	if err == nil {
		err = os.Chmod(path, 0o600)
	}
	if err != nil {
		return nil, nil, errors.Join(fault.Mark(fault.Unavailable, err), remove())
	}
	return l, remove, nil
}
