// Package simulate plays whole halls to find out how good the order of calling and the forecast are.
// Nothing in it decides who is called: that is the production policy ([kiosk.Play.First]) on
// made-up tickets ([kiosk.Imagined]).
//
//	checks, err := simulate.Exact(ctx, 1, 64, 10_000_000, nil) // "layso simulate exact"
//
// [Queue] is a model of queueing theory, whose exact values [Exact] compares with.
package simulate
