# Everything a fresh Debian or Ubuntu machine with only Rust needs, then the job.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := run

# A compiler for SQLite, and what the window and the graphics are reached through; a machine
# without a graphics card draws with mesa's software renderer.
RUN_PACKAGES := gcc libc6-dev pkg-config libasound2-dev libwayland-dev libx11-6 libx11-xcb1 libxcursor1 libxi6 \
	libxrandr2 libxkbcommon0 libxkbcommon-x11-0 libvulkan1 mesa-vulkan-drivers
# A virtual screen, a finger, the ordinary tool for signatures, one that kills at a system call, what
# a screen reader stands on, and the computer voice.
TEST_PACKAGES := xvfb xauth xdotool procps minisign strace python3 python3-venv dbus at-spi2-core \
	python3-gi gir1.2-atspi-2.0 espeak-ng
# Servers to upload to, and what Spark runs on (17 or newer).
FLEET_PACKAGES := nginx libnginx-mod-http-dav-ext openssl curl default-jre-headless

# Engines over the batches, each version as it was tested.
DUCKDB := duckdb==2.0.1
FLEET_ENGINES := chdb==4.4.0 pyspark==4.3.0 'moto[s3,server]==5.2.5'

# Where cargo builds.
TARGET = $(shell cargo metadata --no-deps --format-version 1 \
	| sed 's/.*"target_directory":"\([^"]*\)".*/\1/')

# $(call python,packages): a Python with these, beside what is built and kept like it.
define python
	python3 -m venv "$(TARGET)/python"; \
	"$(TARGET)/python/bin/pip" install -q --disable-pip-version-check $(1)
endef

# $(call install,packages): installs what is missing, and asks for nothing when nothing is.
define install
	missing="$$(for package in $(1); do \
		dpkg-query -W -f='$${Status}' $$package 2>/dev/null | grep -q 'install ok' || echo $$package; \
	done)"; \
	if [ -n "$$missing" ]; then \
		as_root="$$([ "$$(id -u)" = 0 ] || echo sudo)"; \
		$$as_root apt-get update -qq; \
		DEBIAN_FRONTEND=noninteractive $$as_root apt-get install -y -qq --no-install-recommends $$missing; \
	fi
endef

.PHONY: run test test-fleet test-cuts pictures bench release

## Plays. Without a display a robot plays on a virtual screen and leaves pictures and a database.
run:
	@$(call install,$(RUN_PACKAGES))
	@if [ -n "$${DISPLAY:-}$${WAYLAND_DISPLAY:-}" ]; then \
		cargo run -- play; \
	else \
		$(MAKE) --no-print-directory robot; \
	fi

.PHONY: robot
robot:
	@$(call install,$(RUN_PACKAGES) $(TEST_PACKAGES))
	@cargo build
	@folder="$$(mktemp -d -t kepu-XXXXXX)"; \
	echo "There is no display: a robot plays two rounds on a virtual screen."; \
	xvfb-run -a -s '-screen 0 1080x1920x24' cargo run -q -- play --window 1080x1920 \
		--robot 2 --data "$$folder/data" --shots "$$folder/pictures"; \
	echo "Pictures: $$folder/pictures"; \
	echo "Database: $$folder/data/records.sqlite"

## Checks and tests everything; this is what CI runs.
test:
	@$(call install,$(RUN_PACKAGES) $(TEST_PACKAGES))
	cargo fmt --check
	cargo clippy --all-targets -- -D warnings
	RUSTDOCFLAGS="-D warnings" cargo doc --no-deps --document-private-items
	@if cargo tree -e normal --no-default-features --prefix none | grep -q '^bevy'; then \
		echo "the office tool must not depend on Bevy"; exit 1; fi
	cargo clippy --no-default-features --all-targets -- -D warnings
	cargo test --no-default-features
	cargo build --no-default-features
	@$(call python,$(DUCKDB))
	tests/fleet/engines.sh "$(TARGET)/debug/kepu" "$(TARGET)/python/bin/python" duckdb
	cargo test

## What takes more from elsewhere: more engines over the batches, and a simulated county over real
## servers.
test-fleet:
	@$(call install,$(RUN_PACKAGES) $(TEST_PACKAGES) $(FLEET_PACKAGES))
	cargo build --no-default-features
	@$(call python,$(DUCKDB) $(FLEET_ENGINES))
	tests/fleet/engines.sh "$(TARGET)/debug/kepu" "$(TARGET)/python/bin/python" \
		duckdb clickhouse spark
	tests/fleet/servers.sh "$(TARGET)/debug/kepu" "$(TARGET)/python/bin/python"

## Power cuts on a loop device while the program plays, uploads and collects; CUTS=1000 for all of it,
## SEED=n to draw the same moments again. Says so and skips where it is not root.
CUTS ?= 60
test-cuts:
	@$(call install,$(RUN_PACKAGES) xvfb strace e2fsprogs mount util-linux python3)
	cargo build
	tests/power/cuts.py "$${CARGO_TARGET_DIR:-target}/debug/kepu" --self-test --cuts $(CUTS) \
		$(if $(SEED),--seed $(SEED))

## The program that a station runs.
release:
	@$(call install,$(RUN_PACKAGES))
	cargo build --release

## The pictures of the README, made by the program.
pictures:
	@$(call install,$(RUN_PACKAGES) $(TEST_PACKAGES))
	@cargo build
	@folder="$$(mktemp -d -t kepu-XXXXXX)"; \
	mkdir -p assets/pictures; rm -f assets/pictures/*.png; \
	show() { \
		xvfb-run -a -s '-screen 0 1920x1920x24' cargo run -q -- shots --out "$$folder" --only "$$1"; \
		cp "$$folder/$$1.png" "assets/pictures/$$2.png"; \
	}; \
	show 1080x1920/attract-zh-CN-standard tall-attract; \
	show 1080x1920/topic-zh-CN-standard tall-topic; \
	show 1080x1920/question-single-zh-CN-standard tall-question; \
	show 1080x1920/wrong-single-zh-CN-standard tall-feedback; \
	show 1080x1920/results-zh-CN-standard tall-results; \
	show 1920x1080/right-single-en-standard wide-feedback-en; \
	show 1920x1080/question-order-zh-CN-large wide-order-large; \
	show 1920x1080/question-claim-zh-CN-contrast wide-claim-contrast

## How long checking, drawing and storing take.
bench:
	@$(call install,$(RUN_PACKAGES))
	cargo bench --no-default-features
