package main

import (
	"maps"
	"math/rand/v2"
	"sync"
	"syscall"
	"testing"

	"github.com/hanwen/go-fuse/v2/fs"
	"github.com/hanwen/go-fuse/v2/fuse"
)

// cutDisk is a disk in memory, mounted with FUSE, whose power can be cut. What was synced stays. Of what was
// written since, each sector may have reached the disk or not; names change in the order in which they
// were changed, up to some point (as a journalling file system has it).
type cutDisk struct {
	mu     sync.Mutex
	root   *folder
	all    []*folder // with those that have lost their names
	random *rand.Rand
	lies   bool          // it says that it has synced, and has not
	steps  int           // writes, syncs and changes of names so far
	dieAt  int           // the step at which the power goes; 0: it stays
	dead   bool          // the power is gone: everything fails
	faulty syscall.Errno // what each write and sync fails with: the disk is full, read-only or broken
	failAt int           // the sync, of those to come, that fails alone; 0: none
	slow   chan struct{} // each sync waits for one of these; nil: syncs are quick
	syncs  int           // that were asked for
	server *fuse.Server
	inodes map[any]uint64 // the numbers by which the kernel knows things
}

// number gives the inode number of a thing.
func (d *cutDisk) number(x any) uint64 {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.inodes[x] == 0 {
		d.inodes[x] = uint64(len(d.inodes)) + 2 // 1 is the root
	}
	return d.inodes[x]
}

// sector is what reaches the disk whole or not at all, in bytes.
const sector = 4096

// folder and file are as their users see them (live), and as the disk would be found after a cut (safe).
type folder struct {
	live, safe map[string]any // *folder, *file or *socket
	pending    []func(safe map[string]any)
}

type file struct {
	live, safe []byte
	dirty      map[int]bool // sectors written since the last sync
}

type socket struct{}

func (d *cutDisk) newFolder() *folder {
	d.mu.Lock()
	defer d.mu.Unlock()
	f := &folder{live: map[string]any{}, safe: map[string]any{}}
	d.all = append(d.all, f)
	return f
}

// mountCutDisk mounts one, or skips the test where FUSE is missing.
func mountCutDisk(t *testing.T, seed uint64) (d *cutDisk, dir string) {
	t.Helper()
	d = &cutDisk{inodes: map[any]uint64{}, random: rand.New(rand.NewPCG(seed, 1))}
	d.root = d.newFolder()
	dir = t.TempDir()
	d.mount(t, dir)
	t.Cleanup(func() { d.unmount(dir) })
	return d, dir
}

// unmount takes the disk away. A process that another test is just starting may hold it for a moment longer.
func (d *cutDisk) unmount(dir string) error {
	if d.server.Unmount() == nil {
		return nil
	}
	return syscall.Unmount(dir, syscall.MNT_DETACH)
}

func (d *cutDisk) mount(t *testing.T, dir string) {
	t.Helper()
	server, err := fs.Mount(dir, &folderNode{disk: d, f: d.root}, &fs.Options{
		MountOptions: fuse.MountOptions{DirectMount: true, FsName: "cutdisk", Name: "cutdisk"},
	})
	if err != nil {
		t.Skipf("no power can be cut here: mounting a FUSE file system: %v", err)
	}
	d.server = server
}

// step counts one step towards the cut, and says whether the power is gone. The caller holds mu.
func (d *cutDisk) step() syscall.Errno {
	if d.steps++; d.dieAt != 0 && d.steps >= d.dieAt {
		d.dead = true
	}
	if errno := d.power(); errno != 0 {
		return errno
	}
	return d.faulty
}

func (d *cutDisk) power() syscall.Errno {
	if d.dead {
		return syscall.EIO
	}
	return 0
}

// fail lets every write and sync fail from now on; 0 mends the disk.
func (d *cutDisk) fail(with syscall.Errno) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.faulty = with
}

// dieIn lets the power go so many steps from now.
func (d *cutDisk) dieIn(steps int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.steps, d.dieAt = 0, steps
}

func (d *cutDisk) isDead() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.dead
}

// sofar gives the steps so far.
func (d *cutDisk) sofar() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.steps
}

// cut takes the power away, and mounts again what is left. Whoever works on the disk has to be dead by then.
func (d *cutDisk) cut(t *testing.T, dir string) {
	t.Helper()
	if err := d.unmount(dir); err != nil {
		t.Fatal(err)
	}
	d.mu.Lock()
	for _, f := range d.all {
		f.forget(d.random)
	}
	d.root.lose(d.random)
	d.all, d.inodes = d.root.folders(nil), map[any]uint64{} // what has no name any more is gone
	d.dead, d.dieAt, d.steps = false, 0, 0
	d.mu.Unlock()
	d.mount(t, dir)
}

// forget lets names change up to some point, and no further.
func (f *folder) forget(random *rand.Rand) {
	for _, op := range f.pending[:random.IntN(len(f.pending)+1)] {
		op(f.safe)
	}
	f.pending = nil
}

// folders gives the folder and all those below it.
func (f *folder) folders(all []*folder) []*folder {
	all = append(all, f)
	for _, x := range f.live {
		if x, ok := x.(*folder); ok {
			all = x.folders(all)
		}
	}
	return all
}

// lose makes what is safe all that there is, with or without what was written to the files and not synced.
func (f *folder) lose(random *rand.Rand) {
	f.live = maps.Clone(f.safe)
	for name, x := range f.live {
		switch x := x.(type) {
		case *folder:
			x.lose(random)
		case *file:
			x.lose(random)
		case *socket:
			delete(f.live, name) // nobody listens there any more
			delete(f.safe, name)
		}
	}
}

func (f *file) lose(random *rand.Rand) {
	if len(f.live) != len(f.safe) && random.IntN(2) == 0 {
		f.safe = resized(f.safe, len(f.live))
	}
	for s := range f.dirty {
		if at := s * sector; at < len(f.safe) && at < len(f.live) && random.IntN(2) == 0 {
			copy(f.safe[at:min(at+sector, len(f.safe))], f.live[at:])
		}
	}
	f.live, f.dirty = append([]byte(nil), f.safe...), nil
}

func (f *file) sync() {
	f.safe = resized(f.safe, len(f.live))
	for s := range f.dirty {
		if at := s * sector; at < len(f.live) {
			copy(f.safe[at:min(at+sector, len(f.safe))], f.live[at:])
		}
	}
	f.dirty = nil
}

func (f *file) write(data []byte, at int) {
	if end := at + len(data); end > len(f.live) {
		f.resize(end)
	}
	copy(f.live[at:], data)
	f.touch(at, at+len(data))
}

func (f *file) resize(n int) {
	f.touch(min(n, len(f.live)), max(n, len(f.live)))
	f.live = resized(f.live, n)
}

func (f *file) touch(from, to int) {
	if f.dirty == nil {
		f.dirty = map[int]bool{}
	}
	for s := from / sector; s*sector < to; s++ {
		f.dirty[s] = true
	}
}

// resized gives b with n bytes; new ones are zero.
func resized(b []byte, n int) []byte {
	if n <= len(b) {
		return b[:n:n]
	}
	return append(b, make([]byte, n-len(b))...)
}

// change changes names, now for those who look and on the disk with the next sync.
func (f *folder) change(op func(map[string]any)) {
	op(f.live)
	f.pending = append(f.pending, op)
}

// move gives a thing of this folder a name in another one: in both at once, as a journal has it, with the sync of either.
func (f *folder) move(name string, to *folder, newName string) {
	x := f.live[name]
	delete(f.live, name)
	to.live[newName] = x
	done := false
	op := func(map[string]any) {
		if !done {
			done = true
			delete(f.safe, name)
			to.safe[newName] = x
		}
	}
	f.pending, to.pending = append(f.pending, op), append(to.pending, op)
}

func (f *folder) sync() {
	for _, op := range f.pending {
		op(f.safe)
	}
	f.pending = nil
}

// synced carries a sync out, unless the disk lies. Where it fails, what was to be synced counts as synced from then on, as with
// Linux: who syncs once more is told that all is well.
func (d *cutDisk) synced(sync, forget func()) syscall.Errno {
	d.mu.Lock()
	d.syncs++
	wait := d.slow
	d.mu.Unlock()
	if wait != nil {
		<-wait
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	errno := d.step()
	if d.failAt--; d.failAt == 0 && errno == 0 {
		errno = syscall.EIO
	}
	if errno != 0 {
		forget()
		return errno
	}
	if !d.lies {
		sync()
	}
	return 0
}
