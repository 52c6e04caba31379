# layso. The two commands to know: make run, make test.

SHELL := bash
BUILD := build

.PHONY: run test setup fmt-check bench build fmt

run: ## a whole hall on this computer
	go run ./cmd/layso demo

test: setup fmt-check ## everything that has to hold
	go vet ./...
	go tool staticcheck ./...
	go test -race -timeout 20m ./... # the pages in a browser take most of it, on a busy computer more than ten minutes
	go test ./printer -run 'TestFaultMatrix|TestTwoPrinters|TestNoHeapGrowth' # in full only without the race detector
	$(MAKE) --no-print-directory build

setup:
	.ci/setup

fmt-check:
	@files=$$(gofmt -l cmd configs display kiosk printer web) && { [ -z "$$files" ] || { echo "not formatted; run make fmt:"; echo "$$files"; exit 1; }; }

bench: ## the numbers: durable tickets, layout, fan-out
	go test -run '^$$' -bench . -benchmem ./...

build: ## the programs for the hall's PC
	CGO_ENABLED=0 GOOS=linux GOARCH=amd64 go build -trimpath -o $(BUILD)/layso-linux-amd64 ./cmd/layso
	CGO_ENABLED=0 GOOS=linux GOARCH=arm64 go build -trimpath -o $(BUILD)/layso-linux-arm64 ./cmd/layso

fmt:
	gofmt -w cmd configs display kiosk printer web
