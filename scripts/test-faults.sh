#!/usr/bin/env bash
# test-faults.sh: the full sweep of faults, where the test suite takes a sample. Every call of a run, a close, a backup
# and a restore that changes a file fails once in each way; a power cut is played behind every recorded call; memory is
# limited in steps. Hours on two cores; prints how many calls and faults each part had.
set -euo pipefail
cd "$(dirname "$0")/.."
export ZHUCUN_FAULTS=all
swift build --build-tests
scripts/with-venv.sh swift test --skip-build --no-parallel --filter "FaultTests|PowerTests"
