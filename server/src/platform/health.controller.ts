import { setTimeout as sleep } from 'node:timers/promises';
import { Controller, Get, ServiceUnavailableException } from '@nestjs/common';
import { DataSource } from 'typeorm';

const PATIENCE_MS = 2000;

/** For whoever watches the process: a load balancer, a container runtime. */
@Controller('health')
export class HealthController {
  constructor(private readonly database: DataSource) {}

  /** The process runs. Asks nothing else: a database that is away is no reason to restart us. */
  @Get('live')
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  /**
   * Requests can be answered: the database answers within two seconds. (The server listens only once migrations are done.)
   *
   * @throws {ServiceUnavailableException} 503 with code UNAVAILABLE when it does not.
   */
  @Get('ready')
  async ready(): Promise<{ status: 'ok' }> {
    const answered = this.database.query('select 1').then(
      () => true,
      () => false,
    );
    const timer = new AbortController();
    const tooLate = sleep(PATIENCE_MS, false, { signal: timer.signal }).catch(() => false);
    const ok = await Promise.race([answered, tooLate]);
    timer.abort();
    if (!ok) throw new ServiceUnavailableException({ code: 'UNAVAILABLE', message: 'The database does not answer' });
    return { status: 'ok' };
  }
}
