# syntax=docker/dockerfile:1
# One image for every app: `node /app/<app>/main.js`. Build it with `docker compose build` or `docker build -t crier .`

# The same Node as `package.json` pins for development.
ARG NODE=24.21.0

FROM node:${NODE}-bookworm-slim AS build
WORKDIR /src
ENV NX_DAEMON=false CI=true
COPY . .
RUN --mount=type=cache,target=/root/.npm npm ci && npm run build
# A bundle holds its packages: what runs needs no node_modules. Source maps would be half of the image.
RUN mkdir /app \
 && for app in apps/*/; do \
      name=$(basename "$app"); \
      if [ -d "$app/dist" ]; then cp -r "$app/dist" "/app/$name"; fi; \
    done \
 && find /app -name '*.map' -delete \
 && cp infra/docker/image/* /app/

# Debian's slim image with Node alone in it: as small as a distroless one, with a shell for whoever has to look inside, and
# without npm, which nothing here runs.
FROM debian:bookworm-slim
COPY --from=build /usr/local/bin/node /usr/local/bin/node
RUN groupadd --gid 1000 crier \
 && useradd --uid 1000 --gid crier --no-create-home --shell /usr/sbin/nologin crier \
 && install -d -o crier -g crier -m 0750 /var/lib/crier /var/lib/crier/keys /var/lib/crier/spool
COPY --from=build --link /app /app
ENV NODE_ENV=production CRIER_HOST=0.0.0.0 CRIER_PORT=8080
WORKDIR /var/lib/crier
USER 1000:1000
EXPOSE 8080
# The process answers. Whether it can do its work says `health.mjs ready`.
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s --retries=3 \
  CMD ["node", "--max-old-space-size=16", "/app/health.mjs", "live"]
STOPSIGNAL SIGTERM
# Chosen at build time for an image of one app; a command such as `node /app/gateway/main.js` chooses another.
ARG APP=gateway
ENV CRIER_APP=${APP}
CMD ["node", "/app/start.mjs"]
