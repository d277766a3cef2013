import path from 'node:path';
import { z } from 'zod';
import { StartRefused } from './start-refused.ts';

/** Everything the server takes from its environment, checked once at start. */
export interface Config {
  /** 0 lets the system choose a free one. */
  readonly port: number;
  /** The address to listen on; absent: all of the machine's. */
  readonly host?: string;
  /** Absent: the server runs its own Postgres in `dataDir`. */
  readonly databaseUrl?: string;
  readonly dataDir: string;
  /** Given together with `adminPassword`, or neither is. */
  readonly adminEmail?: string;
  readonly adminPassword?: string;
  /** The organisation's IANA zone, in which days begin and end. */
  readonly timeZone: string;
  /** How many proxies before the server may be believed about the client's address and scheme. */
  readonly trustedProxies: number;
  /** Whether an empty system is filled with the demo data when it starts. */
  readonly demo: boolean;
  /** One evaluation of a rule in so many is repeated by the reference engine; 0: none. */
  readonly selfCheckEvery: number;
  /** From so many customers on a change of a rule or a formula is worked out by a job, while customers are saved. */
  readonly jobsFrom: number;
  /** The bucket in which files stand; absent: they stand in `dataDir`. */
  readonly filesS3?: {
    readonly endpoint: string;
    readonly bucket: string;
    readonly region: string;
    readonly key: string;
    readonly secret: string;
  };
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error';
}

const variables = z.object({
  PORT: wholeNumber(65_535).default(3000),
  HOST: z.string().optional(),
  DATABASE_URL: z.string().refine(isPostgresUrl, 'must look like postgres://user:password@host:5432/name').optional(),
  DATA_DIR: z.string().default('./data'),
  ADMIN_EMAIL: z.email('must be an e-mail address').optional(),
  ADMIN_PASSWORD: z
    .string()
    .min(8, 'must have 8 characters or more')
    .max(128, 'must have at most 128 characters')
    .optional(),
  ORG_TIME_ZONE: z
    .string()
    .refine(isTimeZone, 'must be an IANA time zone such as Asia/Shanghai')
    .default('Asia/Shanghai'),
  TRUSTED_PROXIES: wholeNumber(10).default(0),
  DEMO: z.enum(['0', '1'], 'must be 1 or 0').default('0'),
  SELF_CHECK_EVERY: wholeNumber(1_000_000_000).default(1_000),
  JOBS_FROM: wholeNumber(1_000_000_000).default(20_000),
  FILES_S3_ENDPOINT: z
    .url({ protocol: /^https?$/, error: 'must be an address such as https://s3.example.com' })
    .optional(),
  FILES_S3_BUCKET: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'must be the name of a bucket')
    .optional(),
  FILES_S3_REGION: z.string().default('us-east-1'),
  FILES_S3_KEY: z.string().optional(),
  FILES_S3_SECRET: z.string().optional(),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error'], 'must be debug, info, warn or error').default('info'),
});

/**
 * Reads the configuration from environment variables; an empty one counts as not given, as compose files pass them.
 *
 * @throws {StartRefused} naming every variable that is wrong, never showing its value, which may be a secret.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value?.trim() ? [[name, value.trim()]] : [])),
  );
  const result = variables.safeParse(given);
  if (!result.success) {
    throw new StartRefused(result.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`).join('; '));
  }
  const { ADMIN_EMAIL: adminEmail, ADMIN_PASSWORD: adminPassword, ...rest } = result.data;
  if ((adminEmail === undefined) !== (adminPassword === undefined)) {
    throw new StartRefused('ADMIN_EMAIL and ADMIN_PASSWORD must be given together, or neither');
  }
  const filesS3 = bucketIn(result.data);
  return {
    port: rest.PORT,
    host: rest.HOST,
    databaseUrl: rest.DATABASE_URL,
    dataDir: path.resolve(rest.DATA_DIR),
    adminEmail,
    adminPassword,
    timeZone: rest.ORG_TIME_ZONE,
    trustedProxies: rest.TRUSTED_PROXIES,
    demo: rest.DEMO === '1',
    selfCheckEvery: rest.SELF_CHECK_EVERY,
    jobsFrom: rest.JOBS_FROM,
    ...(filesS3 && { filesS3 }),
    logLevel: rest.LOG_LEVEL,
  };
}

/** The bucket for files: all that it takes is given, or nothing. */
function bucketIn(given: z.infer<typeof variables>): Config['filesS3'] {
  const { FILES_S3_ENDPOINT: endpoint, FILES_S3_BUCKET: bucket, FILES_S3_REGION: region } = given;
  const { FILES_S3_KEY: key, FILES_S3_SECRET: secret } = given;
  if (endpoint !== undefined && bucket !== undefined && key !== undefined && secret !== undefined)
    return { endpoint, bucket, region, key, secret };
  if ([endpoint, bucket, key, secret].every((each) => each === undefined)) return undefined;
  throw new StartRefused(
    'FILES_S3_ENDPOINT, FILES_S3_BUCKET, FILES_S3_KEY and FILES_S3_SECRET must be given together, or none of them',
  );
}

function wholeNumber(max: number) {
  const message = `must be a whole number from 0 to ${max}`;
  return z
    .string()
    .regex(/^\d{1,10}$/, message)
    .transform(Number)
    .refine((value) => value <= max, message);
}

function isPostgresUrl(text: string): boolean {
  return URL.canParse(text) && ['postgres:', 'postgresql:'].includes(new URL(text).protocol);
}

function isTimeZone(text: string): boolean {
  try {
    // Offsets such as +08:00 are accepted by Intl but know no daylight saving, and Postgres reads their sign the other way round.
    return /^[A-Za-z]/.test(text) && Boolean(new Intl.DateTimeFormat('en', { timeZone: text }));
  } catch {
    return false;
  }
}
