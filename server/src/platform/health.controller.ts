import { setTimeout as sleep } from 'node:timers/promises';
import { Controller, Get, Inject, ServiceUnavailableException } from '@nestjs/common';
import { DataSource } from 'typeorm';

const PATIENCE_MS = 2000;

/** Under this name it gets what tells whether files can be stored. */
export const fileRoom = Symbol('file room');

/** For whoever watches the process: a load balancer, a container runtime. */
@Controller('health')
export class HealthController {
  constructor(
    private readonly database: DataSource,
    @Inject(fileRoom) private readonly hasRoom: () => Promise<boolean>,
  ) {}

  /** The process runs. Asks nothing else: a database that is away is no reason to restart us. */
  @Get('live')
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  /**
   * Requests can be answered: the database answers within two seconds, and files can be stored. (The server listens only once migrations are
   * done.)
   *
   * @throws {ServiceUnavailableException} 503 with code UNAVAILABLE when not.
   */
  @Get('ready')
  async ready(): Promise<{ status: 'ok' }> {
    const answers = this.database.query('select 1').then(
      () => true,
      () => false,
    );
    await requireSoon(answers, 'The database does not answer');
    await requireSoon(this.hasRoom(), 'Files cannot be stored: the disk is full, or cannot be written');
    return { status: 'ok' };
  }
}

async function requireSoon(answer: Promise<boolean>, message: string): Promise<void> {
  const timer = new AbortController();
  const tooLate = sleep(PATIENCE_MS, false, { signal: timer.signal }).catch(() => false);
  const ok = await Promise.race([answer, tooLate]);
  timer.abort();
  if (!ok) throw new ServiceUnavailableException({ code: 'UNAVAILABLE', message });
}
