#!/bin/sh
# Generates the database client and builds the pages. Needs `docker/install.sh all` before it.
set -eu
cd "$(dirname "$0")/.."
pnpm exec prisma generate
pnpm --filter @taikai/web build
