# `make run` and `make test` do everything from a fresh clone; the rest is for those who stay.
.DEFAULT_GOAL := help
.PHONY: help run run-year build test lint format docs bench install uninstall deb test-package clean setup

SWIFT ?= swift
PREFIX ?= /usr/local
# Where the programs are once they are built.
PROGRAMS ?= .build/release
# The Swift runtime is linked in: the installed program needs no toolchain.
RELEASE := -c release --static-swift-stdlib
CHECKS := --explicit-target-dependency-import-check error

help:  ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 14

setup:
	@scripts/setup.sh build

build: setup  ## release build of the five programs
	@scripts/build.sh $(SWIFT) build $(RELEASE) $(CHECKS)

run: build  ## a county's month in fixtures/, from inbox to finance files
	@scripts/run-demo.sh $(PROGRAMS) pipelines/demo.yaml 1

run-year: build  ## a county's year in fixtures/year, with the yearly reports
	@scripts/run-demo.sh $(PROGRAMS) pipelines/demo-year.yaml 1

test:  ## all tests: units, whole runs, the cron wrapper, Debian's cron
	@scripts/setup.sh test
	$(SWIFT) build --build-tests $(CHECKS)
	scripts/with-venv.sh $(SWIFT) test --skip-build
	scripts/test-cron.sh

lint:  ## swift format, strict
	$(SWIFT) format lint --strict --recursive --parallel Package.swift Sources Tests Benchmarks

format:  ## swift format, in place
	$(SWIFT) format --in-place --recursive --parallel Package.swift Sources Tests Benchmarks

docs:  ## the pages of the manual that are made from the program's own catalogues
	ZHUCUN_RECORD_DOCS=1 $(SWIFT) test --filter 'DocumentationTests|AccountantWalkTests'

bench: setup  ## a table of time and memory: county month and province year
	Benchmarks/run.sh

install:  ## what `make build` made: programs, data, man pages, completions, settings in /etc/zhucun; sudo, no compiler
	@scripts/install.sh --programs $(PROGRAMS) --prefix "$(PREFIX)" $(if $(DESTDIR),--root "$(DESTDIR)")

uninstall:  ## what `make install` put there; settings, ledger and results stay
	scripts/uninstall.sh "$(DESTDIR)$(PREFIX)"

deb:  ## a Debian package of what `make build` made: .build/deb/
	@scripts/setup.sh package
	@scripts/make-deb.sh --programs $(PROGRAMS)

test-package:  ## the package in a clean Debian: install, run, upgrade, remove (as root)
	@scripts/setup.sh package
	scripts/test-package.sh $(PROGRAMS)

clean:  ## builds and the demonstration's results
	rm -rf .build var output/demo output/demo-year
