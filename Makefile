# layso. The two commands to know: make run, make test.

SHELL := bash
BUILD := build
VERSION ?= $(shell sed -n 's/^const release = "\(.*\)"/\1/p' cmd/layso/main.go)

.PHONY: run test setup fmt-check bench pictures build deb deb-test deb-boot-test fmt

run: ## a whole hall on this computer
	go run ./cmd/layso demo

# As the programs are built: what is compiled for one is there for the next.
PLAIN := CGO_ENABLED=0 GOFLAGS=-trimpath

test: setup fmt-check ## everything that has to hold
	$(PLAIN) go vet ./...
	$(PLAIN) go tool staticcheck ./...
	go test -race -timeout 20m ./... # the pages in a browser take most of it, on a busy computer more than ten minutes
	$(PLAIN) go test ./printer # in full only without the race detector
	$(MAKE) --no-print-directory build

soak: ## the long runs: kills, power cuts, damage, fuzzing, chaos, the package; hours. Some need root, /dev/fuse or debootstrap, else they say that they are skipped
	.ci/soak

setup:
	.ci/setup

fmt-check:
	@files=$$(gofmt -l cmd configs display kiosk printer web) && { [ -z "$$files" ] || { echo "not formatted; run make fmt:"; echo "$$files"; exit 1; }; }

bench: ## the numbers: durable tickets, layout, fan-out
	go test -run '^$$' -bench . -benchmem ./...

pictures: setup ## the pictures of the help, anew (web/static/help); look at them before you commit them
	go test ./cmd/layso -run TestPictures -pictures -count=1

build: ## the programs for the hall's PC
	$(PLAIN) GOOS=linux GOARCH=amd64 go build -o $(BUILD)/layso-linux-amd64 ./cmd/layso
	$(PLAIN) GOOS=linux GOARCH=arm64 go build -o $(BUILD)/layso-linux-arm64 ./cmd/layso

deb: build ## the Debian packages (nfpm, a tool with a module file of its own: none of its many modules is layso's)
	rm -f $(BUILD)/layso.yaml && go run ./cmd/layso init --to $(BUILD)/layso.yaml --data /var/lib/layso --listen :80 >/dev/null
	for arch in amd64 arm64; do \
	  ARCH=$$arch VERSION=$(VERSION) go tool -modfile=configs/deb/tools.mod nfpm package --config configs/deb/nfpm.yaml --packager deb --target $(BUILD) || exit 1; \
	done

deb-test: ## installs, upgrades, removes and purges the package in a Debian of its own; needs root and debootstrap
	configs/deb/test

deb-boot-test: ## the same in a virtual machine that is started, cut and started again; needs root, debootstrap and qemu-system-x86, half an hour
	configs/deb/boot

fmt:
	gofmt -w cmd configs display kiosk printer web
