#!/bin/sh
# Redis with the password of the secret file. The settings go in by standard input: arguments and the environment would show it.
# BullMQ must never lose a key to eviction; AOF keeps the queue over a restart (the database would rebuild it, only later).
set -eu
password="$(cat "${REDIS_PASSWORD_FILE:-/run/secrets/redis_password}")"
exec redis-server - << SETTINGS
dir ${REDIS_DIR:-/data}
port ${REDIS_PORT:-6379}
appendonly yes
maxmemory-policy noeviction
requirepass $password
SETTINGS
