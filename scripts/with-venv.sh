#!/usr/bin/env bash
# Runs a command with the project's Python environment in PATH, where there is one.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
if [ -d "$root/.venv/bin" ]; then PATH="$PATH:$root/.venv/bin"; fi
exec "$@"
