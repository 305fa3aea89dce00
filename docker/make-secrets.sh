#!/bin/sh
# Draws every secret that docker-compose.yml mounts, each into a file of its own, and leaves those that are there as they are:
# `docker/make-secrets.sh [FOLDER]`. The folder is its owner's only; the files in it are readable, because the users in the
# containers are others than the one who draws.
set -eu
folder="${1:-$(dirname "$0")/../secrets}"
umask 077
mkdir -p "$folder"
chmod 700 "$folder"

random_hex() { od -An -v -tx1 -N "$1" /dev/urandom | tr -d ' \n'; }

draw() {
  [ -e "$folder/$1" ] && return
  printf '%s%s' "$2" "$(random_hex "$3")" > "$folder/$1.part"
  chmod 444 "$folder/$1.part"
  mv "$folder/$1.part" "$folder/$1"
  echo "drawn: $1"
}

draw auth_secret '' 32
draw postgres_password '' 24
draw redis_password '' 24
draw metrics_token '' 24
# The forms that Garage asks for: GK with 24 digits, and 64 digits.
draw s3_access_key_id GK 12
draw s3_secret_access_key '' 32
draw s3_rpc_secret '' 32
