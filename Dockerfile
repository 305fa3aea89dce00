# One image for server and worker: the same code, another command. Built from the lock file only.
FROM node:24.21.0-bookworm-slim AS build
WORKDIR /taikai
RUN npm install --global --no-audit --no-fund pnpm@12.21.0
COPY package.json pnpm-lock.yaml pnpm-workspace.yaml ./
COPY apps/server/package.json apps/server/
COPY apps/web/package.json apps/web/
COPY packages/shared/package.json packages/shared/
RUN pnpm install --frozen-lockfile
COPY . .
RUN pnpm exec prisma generate && pnpm --filter @taikai/web build

FROM node:24.21.0-bookworm-slim
# util-linux (setpriv, unshare, prlimit) is what the scoring sandbox is made of; Debian's base image has it.
WORKDIR /taikai
COPY --from=build --chown=root:root /taikai /taikai
RUN install -d -o node -g node /data
USER node
ENV NODE_ENV=production DATA_DIR=/data HOST=0.0.0.0
CMD ["node", "apps/server/src/server.ts"]
