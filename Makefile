# People and .ci/run call the same targets. Go and make are all that demo and
# test need; what else a target needs stands beside it.
GO      ?= go
BIN     := bin/jixiao
LDFLAGS := -s -w

.PHONY: help build demo test check lint cross bench bench-elastic fuzz crash golden corpus deploy-check clean

help: ## list the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 14

build: ## one static binary, bin/jixiao
	CGO_ENABLED=0 $(GO) build -trimpath -ldflags '$(LDFLAGS)' -o $(BIN) ./cmd/jixiao

demo: build ## import the sample reports and print what was read out of them
	@bash scripts/demo.sh

test: ## all tests, with the race detector if there is a C compiler
	@bash scripts/gojieba.sh
	$(GO) run ./scripts/gotest ./...

check: ## gofmt, go vet and the linter
	@bash scripts/check.sh

lint: check

cross: ## build for every platform we support
	@bash scripts/cross.sh

bench: build ## benchmarks for benchstat, and the import measured from outside (Linux)
	@bash scripts/bench.sh

bench-elastic: build ## the way into Elasticsearch against a bare loader (Linux, Java 17; minutes)
	@bash scripts/bench-elastic.sh

fuzz: ## every fuzz test for FUZZTIME (default 1m) each
	@bash scripts/fuzz.sh

crash: build ## the long kill tests: servers, workers, Elasticsearch killed, disks full, 2,000 reports
	JIXIAO_TEST_LONG=1 $(GO) test -count=1 -timeout 30m -run 'Crash|Kill|Full' -v ./internal/crashtest/... ./cmd/... ./pipeline/...

golden: ## rewrite the expected output of tests; review the diff like code
	UPDATE_GOLDEN=1 $(GO) test -run 'Golden|Corpus|Script' ./... && git diff --stat

corpus: ## rebuild the sample PDFs from their HTML (needs chromium and fonts)
	@bash scripts/corpus-pdf.sh

deploy-check: ## deploy/ by the parsers of what it is for (a module of its own, minutes to build once)
	@bash scripts/deploycheck.sh

clean: ## remove what the targets made
	rm -rf bin dist
