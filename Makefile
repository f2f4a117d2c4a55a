# Each line is a command one could type.
.PHONY: run test bench front library fmt
SHELL := /bin/bash

# front and server need each other only at the end: they are built at the same time, the front on what the server's
# long single-threaded last crates leave free
run:
	@echo "portal: building front and server (release); the first time takes about a quarter of an hour"
	@$(MAKE) --no-print-directory -j2 front library
	cargo build --release --package server
	@$${CARGO_TARGET_DIR:-target}/release/portal serve --data data --demo

front:
	@nice -n 19 app/build-front

library:
	cargo build --release --package server --lib

test:
	end2end/test

bench: front
	cargo build --release --package server --package search --bins --examples
	end2end/bench
