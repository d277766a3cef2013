import { ServiceUnavailableException } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { describe, expect, inject, it, vi } from 'vitest';
import { HealthController } from './health.controller.ts';

describe('HealthController', () => {
  it('is ready while the database answers, and not after', async () => {
    const database = await new DataSource({ type: 'postgres', url: inject('clusterUrl') }).initialize();
    const health = new HealthController(database, async () => true);
    expect(await health.ready()).toEqual({ status: 'ok' });
    await database.destroy();
    await expect(health.ready()).rejects.toThrow(ServiceUnavailableException);
    expect(health.live()).toEqual({ status: 'ok' });
  });

  it('waits two seconds for a database that is silent', async () => {
    const database = new DataSource({ type: 'postgres' });
    vi.spyOn(database, 'query').mockReturnValue(new Promise(() => undefined));
    const started = performance.now();
    await expect(new HealthController(database, async () => true).ready()).rejects.toMatchObject({
      response: { code: 'UNAVAILABLE' },
    });
    expect(performance.now() - started).toBeLessThan(3000);
  });

  it('is not ready while there is no room for files, and is again once there is', async () => {
    const database = await new DataSource({ type: 'postgres', url: inject('clusterUrl') }).initialize();
    let room = false;
    const health = new HealthController(database, async () => room);
    await expect(health.ready()).rejects.toMatchObject({
      response: { message: expect.stringContaining('disk') as string },
    });
    room = true;
    expect(await health.ready()).toEqual({ status: 'ok' });
    await database.destroy();
  });
});
