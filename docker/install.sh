#!/bin/sh
# Installs what the lock file says, and nothing else: `docker/install.sh all` to build, `docker/install.sh production` to run.
# Works in the checkout that it lies in, or in one that has the manifests and the lock file only, as an image's first layers have.
set -eu
cd "$(dirname "$0")/.."
case "${1:-}" in
  all) pnpm install --frozen-lockfile --prefer-offline ;;
  production) pnpm install --frozen-lockfile --prefer-offline --prod ;;
  *)
    echo "usage: docker/install.sh all|production" >&2
    exit 2
    ;;
esac
