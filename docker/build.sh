#!/bin/sh
# Generates the database client and builds the scoring program and the pages. Needs `docker/install.sh all` before it.
set -eu
cd "$(dirname "$0")/.."
pnpm exec prisma generate
node scripts/build-scoring-child.ts
pnpm --filter @taikai/web build
