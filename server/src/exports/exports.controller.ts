import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { authenticate } from '../access/authenticate.ts';
import { requestContext, serverParts, type ServerParts } from '../access/request-context.ts';
import type { AnyContext, Context } from '../access/viewer.ts';
import { answerRefusal } from '../platform/http/answer-refusal.ts';
import { refused, Refused } from '../platform/refused.ts';
import { exportCustomers } from './export-customers.ts';
import { readExportOrder } from './read-export-order.ts';
import { csvFile, xlsxFile, type TableFile } from './table-files.ts';

/** Customers as files. `?segment=ID&columns=a,b&filter=RULE&search=TEXT`, each of them optional. */
@Controller('exports')
export class ExportsController {
  constructor(@Inject(serverParts) private readonly parts: ServerParts) {}

  /** Everybody whom the caller sees, as comma-separated values. */
  @Get('customers.csv')
  csv(@Req() req: Request, @Res() res: Response): Promise<void> {
    return this.#send(req, res, csvFile);
  }

  /** The same as a workbook. */
  @Get('customers.xlsx')
  xlsx(@Req() req: Request, @Res() res: Response): Promise<void> {
    return this.#send(req, res, xlsxFile);
  }

  async #send(req: Request, res: Response, file: TableFile): Promise<void> {
    try {
      const ctx = await requestContext(this.parts, req, res);
      if (ctx.failure) throw ctx.failure;
      // Asked anew for each page: a right or a session that has ended ends the export.
      const caller = () => callerOf(ctx);
      await send(res, file, await exportCustomers(await caller(), readExportOrder(req), caller));
    } catch (error) {
      this.#fail(req, res, error);
    }
  }

  #fail(req: Request, res: Response, error: unknown): void {
    if (!(error instanceof Refused) && !res.closed) this.parts.log.error({ err: error }, 'an export failed');
    // Half a file must not pass for a whole one.
    if (res.headersSent) res.destroy();
    else answerRefusal(req, res, error);
  }
}

async function callerOf(ctx: AnyContext): Promise<Context> {
  const viewer = await authenticate(ctx, ctx.session.token);
  if (!viewer) throw refused('UNAUTHENTICATED');
  return { ...ctx, viewer };
}

async function send(res: Response, file: TableFile, table: Awaited<ReturnType<typeof exportCustomers>>): Promise<void> {
  res.set({
    'content-type': file.contentType,
    'content-disposition': `attachment; filename="customers.${file.extension}"`,
    'cache-control': 'no-store',
  });
  await file.write(table, res);
}
