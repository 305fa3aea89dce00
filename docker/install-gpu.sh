#!/bin/sh
# Gives @tensorflow/tfjs-node-gpu its binding and libtensorflow 2.9.1 (CUDA 11, cuDNN 8). The package's own installer fetches both
# from Google's storage; pnpm never runs it by itself (pnpm-workspace.yaml), because a machine without internet could not install.
set -eu
cd "$(dirname "$0")/../apps/server/node_modules/@tensorflow/tfjs-node-gpu"
node scripts/install.js gpu download
test -f lib/napi-v8/tfjs_binding.node
test -e deps/lib/libtensorflow.so.2 || test -e deps/lib/libtensorflow.so
