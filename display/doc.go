// Package display is the hub: it tells the hall's screens, over WebSocket, what happened in the
// hall. Screens are TVs, kiosks, the counters' pages and citizens' phones.
//
// A screen gets a snapshot and then every event that its view may see, each with the seq of the
// frame before it; after a cut it comes back with the last seq that it has and gets what it missed,
// from memory or from the journal, so also after a restart of the server. Anything odd about its
// offset gives a snapshot: there is never a partial replay. A screen that does not keep up is told
// once what it missed and how things stand, then it is dropped; it is never waited for. A phone has a
// stream of its own: how its ticket stands, whenever that changes.
//
// Messages are made once for all that see the same and written past the WebSocket library, several
// with one system call. An idle connection is one goroutine that reads; one that writes comes with
// the news. Phones are looked at a few at a time, first those whose ticket something happened to.
//
// The hub decides nothing and holds no state of the hall; rights are settled before [Hub.Serve].
// It draws no page either: that is package web.
//
//	hub := display.New(display.Options{Hall: owner, History: journal, Epoch: journal.Epoch(), Build: build})
//	go hub.Run(ctx)
//	hub.Serve(w, r, display.Viewer{View: display.Public}) // in the handler of /ws
package display
