# The server with its web app. Its database is another container (docker-compose.yml), or its own when DATABASE_URL is empty.
FROM node:22-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
COPY rules/package.json rules/
COPY seeds/package.json seeds/
COPY server/package.json server/
COPY web/package.json web/
COPY test/package.json test/
RUN npm ci
COPY . .
RUN npm run build
# What is bundled is not needed as packages any more; the native ones that stay outside of the bundle are.
RUN npm ci --omit=dev --workspace server

FROM node:22-slim
ENV NODE_ENV=production DATA_DIR=/data
WORKDIR /app
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/server/package.json server/
COPY --from=build /app/server/dist server/dist
COPY --from=build /app/web/dist web/dist
RUN mkdir /data && chown node:node /data
VOLUME /data
USER node
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 3000}/health/ready`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--disallow-code-generation-from-strings", "server/dist/main.js"]
