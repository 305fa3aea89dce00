#!/bin/sh
# Garage as the one S3 server of this machine. The first start makes the bucket and the key that the secret files name; Garage takes
# those two from its environment only.
set -eu
secrets="${SECRETS:-/run/secrets}"
GARAGE_RPC_SECRET="$(cat "$secrets/s3_rpc_secret")"
GARAGE_DEFAULT_ACCESS_KEY="$(cat "$secrets/s3_access_key_id")"
GARAGE_DEFAULT_SECRET_KEY="$(cat "$secrets/s3_secret_access_key")"
export GARAGE_RPC_SECRET GARAGE_DEFAULT_ACCESS_KEY GARAGE_DEFAULT_SECRET_KEY
exec "${GARAGE:-/garage}" server --single-node --default-bucket
