# The images of docker-compose.yml, built from the lock file: `server` (also worker and migrate), `worker-gpu` and `s3`.
# What installs, builds and starts lies in docker/*.sh, which the tests run too.
FROM node:24.21.0-bookworm-slim AS tools
WORKDIR /taikai
ENV CI=true
RUN npm install --global --no-audit --no-fund pnpm@12.21.0
COPY package.json pnpm-lock.yaml pnpm-workspace.yaml ./
COPY apps/server/package.json apps/server/
COPY apps/web/package.json apps/web/
COPY packages/shared/package.json packages/shared/
COPY docker/install.sh docker/

FROM tools AS build
RUN docker/install.sh all
COPY . .
RUN docker/build.sh

FROM tools AS production
RUN docker/install.sh production
COPY . .
COPY --from=build /taikai/apps/server/src/generated apps/server/src/generated
COPY --from=build /taikai/apps/server/dist apps/server/dist
COPY --from=build /taikai/apps/web/dist apps/web/dist

FROM production AS production-gpu
RUN docker/install-gpu.sh

# util-linux (setpriv, unshare, prlimit) is what the scoring sandbox is made of; Debian's base image has it.
FROM node:24.21.0-bookworm-slim AS server
WORKDIR /taikai
COPY --from=production --chown=root:root /taikai /taikai
RUN install -d -o node -g node /data
USER node
ENV NODE_ENV=production DATA_DIR=/data HOST=0.0.0.0
ENTRYPOINT ["docker/start.sh"]
CMD ["server"]

# libtensorflow 2.9.1 wants CUDA 11 and cuDNN 8 (8.1 or newer). Of CUDA 11 the last minor version is taken: the libraries have the
# same names as those of 11.2, which it was built with, and know newer cards.
FROM nvidia/cuda:11.8.0-cudnn8-runtime-ubuntu22.04 AS worker-gpu
WORKDIR /taikai
COPY --from=server /usr/local/bin/node /usr/local/bin/node
COPY --from=production-gpu --chown=root:root /taikai /taikai
RUN useradd --uid 1000 --create-home node && install -d -o node -g node /data
USER node
ENV NODE_ENV=production DATA_DIR=/data
ENTRYPOINT ["docker/start.sh"]
CMD ["worker"]

# Garage's own image holds its binary and nothing else, not even a shell that could read a secret file. The base is the one that
# the other images have: no second one to fetch and to keep up.
FROM dxflrs/garage:v2.3.0 AS garage

FROM node:24.21.0-bookworm-slim AS s3
COPY --from=garage /garage /garage
COPY docker/start-s3.sh /start-s3.sh
COPY docker/garage.toml /etc/garage.toml
RUN install -d -o node -g node /var/lib/garage
USER node
ENV GARAGE_DEFAULT_BUCKET=taikai
ENTRYPOINT ["/start-s3.sh"]
