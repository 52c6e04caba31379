package main

import (
	"context"
	"slices"
	"syscall"

	"github.com/hanwen/go-fuse/v2/fs"
	"github.com/hanwen/go-fuse/v2/fuse"
)

// folderNode, fileNode and socketNode are what FUSE sees of them.
type folderNode struct {
	fs.Inode
	disk *cutDisk
	f    *folder
}

type fileNode struct {
	fs.Inode
	disk *cutDisk
	f    *file
}

type socketNode struct{ fs.Inode }

func (n *fileNode) Fsync(context.Context, fs.FileHandle, uint32) syscall.Errno {
	return n.disk.synced(n.f.sync, func() { n.f.dirty = nil })
}

func (n *folderNode) Fsync(context.Context, fs.FileHandle, uint32) syscall.Errno {
	return n.disk.synced(n.f.sync, func() {})
}

// node gives the inode of a thing in the folder.
func (n *folderNode) node(ctx context.Context, x any, out *fuse.EntryOut) *fs.Inode {
	switch x := x.(type) {
	case *folder:
		out.Attr.Mode = syscall.S_IFDIR | 0o700
		return n.NewInode(ctx, &folderNode{disk: n.disk, f: x}, fs.StableAttr{Mode: syscall.S_IFDIR, Ino: n.disk.number(x)})
	case *file:
		out.Attr.Mode, out.Attr.Size, out.Attr.Nlink = syscall.S_IFREG|0o600, uint64(len(x.live)), 1
		return n.NewInode(ctx, &fileNode{disk: n.disk, f: x}, fs.StableAttr{Mode: syscall.S_IFREG, Ino: n.disk.number(x)})
	}
	out.Attr.Mode = syscall.S_IFSOCK | 0o600
	return n.NewInode(ctx, &socketNode{}, fs.StableAttr{Mode: syscall.S_IFSOCK, Ino: n.disk.number(x)})
}

// change changes the folder's names; one that is there already, or is not, is the caller's business.
func (n *folderNode) change(allowed func(live map[string]any) syscall.Errno, op func(map[string]any)) syscall.Errno {
	n.disk.mu.Lock()
	defer n.disk.mu.Unlock()
	if errno := allowed(n.f.live); errno != 0 {
		return errno
	}
	if errno := n.disk.step(); errno != 0 {
		return errno
	}
	n.f.change(op)
	return 0
}

// add gives a new thing its name.
func (n *folderNode) add(ctx context.Context, name string, x any, out *fuse.EntryOut) (*fs.Inode, syscall.Errno) {
	errno := n.change(func(live map[string]any) syscall.Errno {
		if live[name] != nil {
			return syscall.EEXIST
		}
		return 0
	}, func(m map[string]any) { m[name] = x })
	if errno != 0 {
		return nil, errno
	}
	return n.node(ctx, x, out), 0
}

func (n *folderNode) remove(name string) syscall.Errno {
	return n.change(func(live map[string]any) syscall.Errno {
		if live[name] == nil {
			return syscall.ENOENT
		}
		return 0
	}, func(m map[string]any) { delete(m, name) })
}

// Lookup finds a name.
func (n *folderNode) Lookup(ctx context.Context, name string, out *fuse.EntryOut) (*fs.Inode, syscall.Errno) {
	n.disk.mu.Lock()
	x := n.f.live[name]
	n.disk.mu.Unlock()
	if x == nil {
		return nil, syscall.ENOENT
	}
	return n.node(ctx, x, out), 0
}

// Readdir lists the names.
func (n *folderNode) Readdir(context.Context) (fs.DirStream, syscall.Errno) {
	n.disk.mu.Lock()
	defer n.disk.mu.Unlock()
	var list []fuse.DirEntry
	for name, x := range n.f.live {
		mode := uint32(syscall.S_IFREG)
		if _, ok := x.(*folder); ok {
			mode = syscall.S_IFDIR
		}
		list = append(list, fuse.DirEntry{Name: name, Mode: mode})
	}
	slices.SortFunc(list, func(a, b fuse.DirEntry) int {
		if a.Name < b.Name {
			return -1
		}
		return 1
	})
	return fs.NewListDirStream(list), 0
}

// Mkdir makes a folder.
func (n *folderNode) Mkdir(ctx context.Context, name string, _ uint32, out *fuse.EntryOut) (*fs.Inode, syscall.Errno) {
	return n.add(ctx, name, n.disk.newFolder(), out)
}

// Mknod makes a socket.
func (n *folderNode) Mknod(ctx context.Context, name string, mode uint32, _ uint32, out *fuse.EntryOut) (*fs.Inode, syscall.Errno) {
	if mode&syscall.S_IFMT != syscall.S_IFSOCK {
		return nil, syscall.ENOTSUP
	}
	return n.add(ctx, name, &socket{}, out)
}

// Create makes a file.
func (n *folderNode) Create(ctx context.Context, name string, _, _ uint32, out *fuse.EntryOut) (*fs.Inode, fs.FileHandle, uint32, syscall.Errno) {
	inode, errno := n.add(ctx, name, &file{}, out)
	return inode, nil, 0, errno
}

// Link gives a file a second name.
func (n *folderNode) Link(ctx context.Context, target fs.InodeEmbedder, name string, out *fuse.EntryOut) (*fs.Inode, syscall.Errno) {
	node, ok := target.(*fileNode)
	if !ok {
		return nil, syscall.EPERM
	}
	if _, errno := n.add(ctx, name, node.f, out); errno != 0 {
		return nil, errno
	}
	return node.EmbeddedInode(), 0
}

// Unlink takes a name away.
func (n *folderNode) Unlink(_ context.Context, name string) syscall.Errno { return n.remove(name) }

// Rmdir takes a folder's name away.
func (n *folderNode) Rmdir(_ context.Context, name string) syscall.Errno { return n.remove(name) }

// Rename gives a thing another name, in its folder or in another one.
func (n *folderNode) Rename(_ context.Context, name string, to fs.InodeEmbedder, newName string, _ uint32) syscall.Errno {
	n.disk.mu.Lock()
	defer n.disk.mu.Unlock()
	target, ok := to.(*folderNode)
	if !ok || n.f.live[name] == nil {
		return syscall.ENOENT
	}
	if errno := n.disk.step(); errno != 0 {
		return errno
	}
	n.f.move(name, target.f, newName)
	return 0
}

// Statfs says that there is room.
func (n *folderNode) Statfs(_ context.Context, out *fuse.StatfsOut) syscall.Errno {
	out.Bsize, out.Blocks, out.Bfree, out.Bavail = sector, 1<<20, 1<<19, 1<<19
	return 0
}

// Setattr lets a mode be set that nobody looks at.
func (n *socketNode) Setattr(context.Context, fs.FileHandle, *fuse.SetAttrIn, *fuse.AttrOut) syscall.Errno {
	return 0
}

// Open opens the file.
func (n *fileNode) Open(_ context.Context, _ uint32) (fs.FileHandle, uint32, syscall.Errno) {
	n.disk.mu.Lock()
	defer n.disk.mu.Unlock()
	return nil, fuse.FOPEN_KEEP_CACHE, n.disk.power()
}

// Read reads.
func (n *fileNode) Read(_ context.Context, _ fs.FileHandle, into []byte, at int64) (fuse.ReadResult, syscall.Errno) {
	n.disk.mu.Lock()
	defer n.disk.mu.Unlock()
	if errno := n.disk.power(); errno != 0 || at >= int64(len(n.f.live)) {
		return fuse.ReadResultData(nil), errno
	}
	return fuse.ReadResultData(into[:copy(into, n.f.live[at:])]), 0
}

// Write writes.
func (n *fileNode) Write(_ context.Context, _ fs.FileHandle, data []byte, at int64) (uint32, syscall.Errno) {
	n.disk.mu.Lock()
	defer n.disk.mu.Unlock()
	if errno := n.disk.step(); errno != 0 {
		return 0, errno
	}
	n.f.write(data, int(at))
	return uint32(len(data)), 0
}

// Getattr tells the size.
func (n *fileNode) Getattr(_ context.Context, _ fs.FileHandle, out *fuse.AttrOut) syscall.Errno {
	n.disk.mu.Lock()
	defer n.disk.mu.Unlock()
	out.Attr.Mode, out.Attr.Size, out.Attr.Nlink = syscall.S_IFREG|0o600, uint64(len(n.f.live)), 1
	return 0
}

// Setattr changes the size, and lets a mode be set that nobody looks at.
func (n *fileNode) Setattr(ctx context.Context, h fs.FileHandle, in *fuse.SetAttrIn, out *fuse.AttrOut) syscall.Errno {
	if size, ok := in.GetSize(); ok {
		n.disk.mu.Lock()
		errno := n.disk.step()
		if errno == 0 {
			n.f.resize(int(size))
		}
		n.disk.mu.Unlock()
		if errno != 0 {
			return errno
		}
	}
	return n.Getattr(ctx, h, out)
}
