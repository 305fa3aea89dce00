#!/bin/sh
# What a container of Taikai runs: `docker/start.sh server|worker|migrate`. The process that is started gets the signals.
set -eu
cd "$(dirname "$0")/.."
case "${1:-}" in
  server) exec node apps/server/src/server.ts ;;
  worker) exec node apps/server/src/worker.ts ;;
  migrate) exec node scripts/migrate.ts ;;
  *)
    echo "usage: docker/start.sh server|worker|migrate" >&2
    exit 2
    ;;
esac
