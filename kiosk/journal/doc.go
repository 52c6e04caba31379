// Package journal is the hall's log on disk: every [kiosk.Event], in order, in one bbolt file. It is
// the only durable state of layso besides the configuration file. It decides nothing: what an event
// means is known to package kiosk; the journal keeps it, proves that it is whole, and gives it back.
//
//	j, err := journal.Open("/var/lib/layso/hall.db", journal.Options{})
//	defer j.Close()
//	err = j.Append(events)              // one durable transaction
//	err = j.Today(func(e kiosk.Event) error { hall.Apply(e); return nil })
//
// # The schema, version 4
//
//	meta     "schema"  -> "4"            a file with a higher number is refused
//	         "epoch"   -> 22 characters  identity of this log, new after a restore
//	         "created" -> RFC 3339
//	events   seq                  -> record                      seq: 8 bytes, big-endian, from 1, no gaps
//	days     YYYY-MM-DD           -> {"first","last","tickets"}  last and tickets are left out while the day is open
//	tokens   ticket token         -> YYYY-MM-DD                  tickets of closed business days only
//	secrets  kind, NUL, id        -> bytes                       PIN hashes, device keys, sessions
//	readers  reader's name        -> CRC-32C of the rest (4) | seq (8, big-endian) | state
//
// A file of version 1 to 3, which has fewer kinds of events, and of version 1 no readers, becomes one of
// version 4 when it is opened. readers is there once a reader has kept something: what it has made of the events up to seq, so that
// it need not read them again. What it means is the reader's business; one of the readers is the journal
// itself, which keeps there where the changes of the hall stand ([Journal.Changes]).
//
// A record is
//
//	version (1 byte) | CRC-32C of all that follows it and the version (4, big-endian) |
//	SHA-256 of the record before it (32; zeros for the first) | the event as JSON
//
// bbolt has no checksums on its pages, so every record carries its own. The hash makes a chain: who
// changes an event has to change every later record, and the head of the chain, once it has left the
// PC, shows it. Records are immutable: an older version is upcast when it is read, never rewritten.
// days and tokens are indexes that can be rebuilt from events; [Verify] compares them with the log.
//
// The tokens of a day are written in the transaction that holds its day.closed, so that a token of a
// past day can be answered with "expired" while the taking of a ticket writes to one bucket only.
//
// # Failure
//
// The outcome of a failed commit is unknown: the events may or may not be on the disk. After one the
// journal refuses everything with [ErrBroken] until [Journal.Reopen] has read the file anew.
package journal
