# Each line is a command one could type.
.PHONY: run test bench front fmt
SHELL := /bin/bash

run: front
	@echo "portal: building the server (release)"
	cargo build --release --package server
	@$${CARGO_TARGET_DIR:-target}/release/portal serve --data data --demo

front:
	@app/build-front

test:
	end2end/test

bench: front
	cargo build --release --package server --package search --bins --examples
	end2end/bench
