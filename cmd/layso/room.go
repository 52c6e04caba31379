package main

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"syscall"
)

// spare is how many bytes of a disk the backups leave free: a hall whose disk is full gives no numbers.
const spare = 64 << 20

// freeOn gives how many bytes can still be written in a folder. A network drive that does not say has room.
func freeOn(folder string) (uint64, error) {
	var disk syscall.Statfs_t
	if err := syscall.Statfs(folder, &disk); err != nil {
		return 0, fmt.Errorf("asking for the free space of %s: %w", folder, err)
	}
	if disk.Blocks == 0 {
		return math.MaxUint64, nil
	}
	return disk.Bavail * uint64(disk.Bsize), nil
}

// room refuses to write so many bytes in a folder where that would fill its disk.
func (b *backups) room(folder string, size int64) error {
	free, err := b.free(folder)
	if err == nil && free < uint64(size)+spare {
		err = fmt.Errorf("%s: %d MB are free and %d MB needed: %w", folder, free>>20, (uint64(size)+spare)>>20, syscall.ENOSPC)
	}
	return err
}

// roomForCopy refuses a copy of the journal that would fill a disk. It is made beside the journal first.
func (b *backups) roomForCopy() error {
	journal, err := os.Stat(filepath.Join(b.data, dataFile))
	if err != nil {
		return err
	}
	size := journal.Size()
	if err := b.room(b.data, size); err != nil {
		return err
	}
	folder, err := os.Stat(b.folder)
	if err != nil {
		return err
	}
	if deviceOf(folder) == deviceOf(journal) {
		size *= 2
	}
	return b.room(b.folder, size)
}

func deviceOf(info os.FileInfo) uint64 {
	if stat, ok := info.Sys().(*syscall.Stat_t); ok {
		return uint64(stat.Dev)
	}
	return 0
}
