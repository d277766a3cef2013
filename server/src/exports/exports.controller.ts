import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { authenticate } from '../access/authenticate.ts';
import { requestContext, serverParts, type ServerParts } from '../access/request-context.ts';
import type { AnyContext, Context } from '../access/viewer.ts';
import { answerRefusal } from '../platform/http/answer-refusal.ts';
import { refused, Refused } from '../platform/refused.ts';
import { exportAuditLog } from './export-audit-log.ts';
import { exportCustomers } from './export-customers.ts';
import { exportPerson } from './export-person.ts';
import { exportSubmissions } from './export-submissions.ts';
import { readAnswersOrder, readAuditOrder, readExportOrder } from './read-export-order.ts';
import { csvFile, xlsxFile, type Table, type TableFile } from './table-files.ts';

/**
 * Files: many customers, `?segment=ID&columns=a,b&filter=RULE&search=TEXT`; the audit log, `?customerId=ID&search=TEXT&from=INSTANT&to=INSTANT`,
 * each of these optional; the answers to a form, `?form=ID` with a filter, a search, instants from and to, and `statuses=SAVED,REVIEW,DISMISSED`; and all
 * that is known of one customer.
 */
@Controller('exports')
export class ExportsController {
  constructor(@Inject(serverParts) private readonly parts: ServerParts) {}

  /** Everybody whom the caller sees, as comma-separated values. */
  @Get('customers.csv')
  csv(@Req() req: Request, @Res() res: Response): Promise<void> {
    return this.#customers(req, res, csvFile);
  }

  /** The same as a workbook. */
  @Get('customers.xlsx')
  xlsx(@Req() req: Request, @Res() res: Response): Promise<void> {
    return this.#customers(req, res, xlsxFile);
  }

  /** What was done, as far as the caller may know it, as comma-separated values. */
  @Get('audit-log.csv')
  auditCsv(@Req() req: Request, @Res() res: Response): Promise<void> {
    return this.#auditLog(req, res, csvFile);
  }

  /** The same as a workbook. */
  @Get('audit-log.xlsx')
  auditXlsx(@Req() req: Request, @Res() res: Response): Promise<void> {
    return this.#auditLog(req, res, xlsxFile);
  }

  /** The answers to a form, as far as the caller may see them, as comma-separated values. */
  @Get('submissions.csv')
  submissionsCsv(@Req() req: Request, @Res() res: Response): Promise<void> {
    return this.#submissions(req, res, csvFile);
  }

  /** The same as a workbook. */
  @Get('submissions.xlsx')
  submissionsXlsx(@Req() req: Request, @Res() res: Response): Promise<void> {
    return this.#submissions(req, res, xlsxFile);
  }

  /** Everything on one person. */
  @Get('customers/:id.json')
  person(@Req() req: Request, @Res() res: Response, @Param('id') id: string): Promise<void> {
    return this.#answer(req, res, async (caller) => {
      const document = await exportPerson(await caller(), id, caller);
      announce(res, { contentType: 'application/json; charset=utf-8', name: `customer-${id}.json` });
      await pipeline(Readable.from(document), res);
    });
  }

  #customers(req: Request, res: Response, file: TableFile): Promise<void> {
    return this.#answer(req, res, async (caller) => {
      const table = await exportCustomers(await caller(), readExportOrder(req), caller);
      await sendTable(res, { table, file, name: 'customers' });
    });
  }

  #auditLog(req: Request, res: Response, file: TableFile): Promise<void> {
    return this.#answer(req, res, async (caller) => {
      const table = await exportAuditLog(await caller(), readAuditOrder(req), caller);
      await sendTable(res, { table, file, name: 'audit-log' });
    });
  }

  #submissions(req: Request, res: Response, file: TableFile): Promise<void> {
    return this.#answer(req, res, async (caller) => {
      const table = await exportSubmissions(await caller(), readAnswersOrder(req), caller);
      await sendTable(res, { table, file, name: 'answers' });
    });
  }

  async #answer(req: Request, res: Response, send: (caller: () => Promise<Context>) => Promise<void>): Promise<void> {
    try {
      const ctx = await requestContext(this.parts, req, res);
      if (ctx.failure) throw ctx.failure;
      // Asked anew for each page: a right or a session that has ended ends the export.
      await send(() => callerOf(ctx));
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

/** What is sent as which file, by a name without the extension. */
interface TableToSend {
  readonly table: Table;
  readonly file: TableFile;
  readonly name: string;
}

function sendTable(res: Response, { table, file, name }: TableToSend): Promise<void> {
  announce(res, { contentType: file.contentType, name: `${name}.${file.extension}` });
  return file.write(table, res);
}

/** That a file comes, by this name, which is to be kept nowhere on its way. */
function announce(res: Response, { contentType, name }: { readonly contentType: string; readonly name: string }): void {
  res.set({
    'content-type': contentType,
    'content-disposition': `attachment; filename="${name}"`,
    'cache-control': 'no-store',
  });
}
