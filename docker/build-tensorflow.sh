#!/bin/sh
# Builds the binding of @tensorflow/tfjs-node (or, with `gpu`, of tfjs-node-gpu) against a libtensorflow of your own, where the one that
# the package would fetch does not fit: LIBTENSORFLOW_DIR=/opt/libtensorflow docker/build-tensorflow.sh [gpu]
# LIBTENSORFLOW_DIR holds include/ and lib/libtensorflow.so with libtensorflow_framework.so, as TensorFlow's C archive does, or it is the
# folder `tensorflow` of an unpacked Python wheel. Needs a C++ compiler, Python, and npm, whose node-gyp is used.
# Then: ./taikai acceptance FOLDER --data DATA --engine tensorflow
set -eu
from="$(cd "${LIBTENSORFLOW_DIR:?is the folder of a libtensorflow}" && pwd)"
package=tfjs-node
[ "${1:-}" = gpu ] && package=tfjs-node-gpu
cd "$(dirname "$0")/../apps/server/node_modules/@tensorflow/$package"

lib="$from/lib"
[ -d "$lib" ] || lib="$from"
rm -rf deps lib/napi-v8
mkdir -p deps/lib lib/napi-v8
ln -s "$from/include" deps/include
for part in libtensorflow libtensorflow_framework; do
  # A wheel has the C interface in its C++ library.
  for file in "$lib/$part.so" "$lib/$part.so.2" "$lib/${part}_cc.so.2"; do [ -e "$file" ] && break; done
  for name in "$part.so" "$part.so.2" "$(basename "$file")"; do ln -sf "$file" "deps/lib/$name"; done
done

gyp="$(dirname "$(realpath "$(command -v npm)")")/../node_modules/node-gyp/bin/node-gyp.js"
node="$(dirname "$(realpath "$(command -v node)")")/.."
# With its headers beside it Node needs no download of them.
headers="$([ -d "$node/include/node" ] && printf '%s' "--nodedir=$node")"
# shellcheck disable=SC2086 # nothing, or one argument
node "$gyp" rebuild $headers --module_name=tfjs_binding --module_path="$PWD/lib/napi-v8" --napi_version=8 --napi_build_version=8
