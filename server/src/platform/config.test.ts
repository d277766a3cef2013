import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readConfig } from './config.ts';
import { StartRefused } from './start-refused.ts';

describe('readConfig', () => {
  it('needs nothing', () => {
    expect(readConfig({})).toEqual({
      port: 3000,
      selfCheckEvery: 1_000,
      jobsFrom: 20_000,
      dataDir: path.resolve('data'),
      timeZone: 'Asia/Shanghai',
      trustedProxies: 0,
      demo: false,
      logLevel: 'info',
    });
  });

  it('takes an empty variable as not given', () => {
    expect(readConfig({ PORT: '', DATABASE_URL: ' ', ADMIN_EMAIL: '', ADMIN_PASSWORD: '' })).toEqual(readConfig({}));
  });

  it('reads every variable', () => {
    const env = {
      PORT: '8080',
      HOST: '127.0.0.1',
      DATABASE_URL: 'postgres://a:b@db/kequn',
      DATA_DIR: '/srv/kequn',
      ADMIN_EMAIL: 'admin@example.com',
      ADMIN_PASSWORD: 'correct horse',
      ORG_TIME_ZONE: 'Europe/Berlin',
      TRUSTED_PROXIES: '1',
      DEMO: '1',
      LOG_LEVEL: 'warn',
      SELF_CHECK_EVERY: '50',
      JOBS_FROM: '99',
    };
    expect(readConfig(env)).toEqual({
      port: 8080,
      selfCheckEvery: 50,
      jobsFrom: 99,
      host: '127.0.0.1',
      databaseUrl: env.DATABASE_URL,
      dataDir: '/srv/kequn',
      adminEmail: env.ADMIN_EMAIL,
      adminPassword: env.ADMIN_PASSWORD,
      timeZone: 'Europe/Berlin',
      trustedProxies: 1,
      demo: true,
      logLevel: 'warn',
    });
  });

  it.each([
    ['PORT', 'abc'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '3000.5'],
    ['DATABASE_URL', 'mysql://somebody:s3cret@db/x'],
    ['DATABASE_URL', 's3cret'],
    ['ORG_TIME_ZONE', 'Asia/Atlantis'],
    ['ORG_TIME_ZONE', '+08:00'],
    ['TRUSTED_PROXIES', '11'],
    ['DEMO', 'yes'],
    ['LOG_LEVEL', 'loud'],
    ['FILES_S3_ENDPOINT', 'ftp://s3cret'],
    ['FILES_S3_BUCKET', '../s3cret'],
    ['ADMIN_EMAIL', 'nobody'],
    ['ADMIN_PASSWORD', 's3cret'],
    ['ADMIN_PASSWORD', 's3cret'.repeat(30)],
  ])('refuses %s=%s in one line that names the variable and keeps its value', (name, value) => {
    const read = () => readConfig({ [name]: value });
    expect(read).toThrow(StartRefused);
    expect(read).toThrow(new RegExp(`^${name} must[^\n]+$`));
    expect(read).not.toThrow(/s3cret/);
  });

  it.each([{ ADMIN_EMAIL: 'admin@example.com' }, { ADMIN_PASSWORD: 'correct horse' }])(
    'refuses half of an administrator',
    (env) => {
      expect(() => readConfig(env)).toThrow(/ADMIN_EMAIL and ADMIN_PASSWORD/);
    },
  );

  const bucket = {
    FILES_S3_ENDPOINT: 'https://s3.example.com',
    FILES_S3_BUCKET: 'kequn-files',
    FILES_S3_KEY: 'key',
    FILES_S3_SECRET: 's3cret',
  };

  it('reads a bucket for files', () => {
    const read = { endpoint: 'https://s3.example.com', bucket: 'kequn-files', key: 'key', secret: 's3cret' };
    expect(readConfig(bucket).filesS3).toEqual({ ...read, region: 'us-east-1' });
    expect(readConfig({ ...bucket, FILES_S3_REGION: 'eu-1' }).filesS3).toEqual({ ...read, region: 'eu-1' });
  });

  it.each(Object.keys(bucket))('refuses a bucket without %s', (name) => {
    expect(() => readConfig({ ...bucket, [name]: '' })).toThrow(/^FILES_S3_ENDPOINT, .* must be given together/);
  });

  it('names all that is wrong at once', () => {
    expect(() => readConfig({ PORT: 'x', LOG_LEVEL: 'x' })).toThrow(/PORT.*; LOG_LEVEL/);
  });
});
