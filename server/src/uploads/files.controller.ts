import { pipeline } from 'node:stream/promises';
import { Controller, Get, Inject, Param, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { noteReads } from '../access-log/note-reads.ts';
import { requestContext, serverParts, type ServerParts } from '../access/request-context.ts';
import type { AnyContext, Context } from '../access/viewer.ts';
import { isImage } from '../files/file-kind.ts';
import { fileStore, type FileStore } from '../files/file-store.ts';
import type { StoredFile } from '../files/file-table.ts';
import type { StoredPicture } from '../files/picture-table.ts';
import { receiveFile, type UploadTarget } from '../files/receive-file.ts';
import type { RequestContext } from '../platform/context.ts';
import { answerRefusal } from '../platform/http/answer-refusal.ts';
import { limits } from '../platform/limits.ts';
import { notFound, refused, Refused } from '../platform/refused.ts';
import { read } from '../platform/transaction.ts';
import { networkOf, uploadRate } from '../public-forms/submission-rate.ts';
import { sourceOf } from '../public-forms/visitor.ts';
import { readableFiles } from './readable-files.ts';
import { publicPicture, readablePicture } from './readable-picture.ts';
import { targetOfField, targetOfForm, targetOfPicture } from './upload-target.ts';

/**
 * Files, each uploaded before the customer or answer that names it: `multipart/form-data` with one part `file`, for the field of `?field=KEY`.
 * The answer is {id, name, bytes, type}. Pictures of forms are sent alike, for no field.
 */
@Controller()
export class FilesController {
  readonly #rate = uploadRate();
  /** A bucket takes files as a whole, so each that comes in may stand in memory. */
  #receiving = 0;

  constructor(
    @Inject(serverParts) private readonly parts: ServerParts,
    @Inject(fileStore) private readonly store: FileStore,
  ) {}

  /** Takes a file of somebody signed in. */
  @Post('files')
  upload(@Req() req: Request, @Res() res: Response): Promise<void> {
    return this.#answer(req, res, async (any) => {
      const ctx = signedIn(any);
      await this.#rate.count(ctx.viewer.user.id);
      await this.#receive(ctx, { req, res, target: await targetOfField(ctx, fieldOf(req)) });
    });
  }

  /** Takes a file of anybody who fills a public form, which is where the browser has what the password of the form opened. */
  @Post('f/:slug/files')
  uploadForForm(@Req() req: Request, @Res() res: Response, @Param('slug') slug: string): Promise<void> {
    return this.#answer(req, res, async ({ viewer: _viewer, session: _session, failure: _failure, ...any }) => {
      await this.#rate.count(networkOf(req.ip));
      const ctx = { ...any, actorId: null };
      const target = await targetOfForm(ctx, { slug, key: sourceOf(req).key, fieldKey: fieldOf(req) });
      await this.#receive(ctx, { req, res, target });
    });
  }

  /** The bytes of a file. */
  @Get('files/:id')
  file(@Req() req: Request, @Res() res: Response, @Param('id') id: string): Promise<void> {
    return this.#answer(req, res, async (any) => {
      const ctx = signedIn(any);
      const [found] = await read(ctx, (tx) => readableFiles(tx, [id]));
      if (!found) throw notFound();
      await noteReads(ctx, found.reads);
      await this.#send(res, found.file, { 'cache-control': 'private, no-store' });
    });
  }

  /** Takes a picture for a form. */
  @Post('pictures')
  uploadPicture(@Req() req: Request, @Res() res: Response): Promise<void> {
    return this.#answer(req, res, async (any) => {
      const ctx = signedIn(any);
      await this.#rate.count(ctx.viewer.user.id);
      await this.#receive(ctx, { req, res, target: await targetOfPicture(ctx) });
    });
  }

  /** The bytes of a picture. */
  @Get('pictures/:id')
  picture(@Req() req: Request, @Res() res: Response, @Param('id') id: string): Promise<void> {
    return this.#answer(req, res, async (any) => {
      await this.#sendPicture(req, res, await readablePicture(signedIn(any), id));
    });
  }

  /** The same for anybody who fills a public form, at the version of `?version=NUMBER` or the present one. */
  @Get('f/:slug/pictures/:id')
  pictureOfForm(
    @Req() req: Request,
    @Res() res: Response,
    @Param('slug') slug: string,
    @Param('id') id: string,
  ): Promise<void> {
    return this.#answer(req, res, async ({ viewer: _viewer, session: _session, failure: _failure, ...any }) => {
      const filled = { key: sourceOf(req).key, number: versionOf(req) };
      await this.#sendPicture(req, res, await publicPicture({ ...any, actorId: null }, { slug, id, ...filled }));
    });
  }

  /** A picture is always the same, but who may see it is asked each time: a browser keeps it, and asks whether it still may. */
  async #sendPicture(req: Request, res: Response, picture: StoredPicture): Promise<void> {
    const caching = { 'cache-control': 'private, no-cache', etag: `"${picture.id}"` };
    if (req.get('if-none-match') === caching.etag) res.status(304).set(caching).end();
    else await this.#send(res, picture, caching);
  }

  async #send(res: Response, file: SentFile, caching: Readonly<Record<string, string>>): Promise<void> {
    const content = await this.store.get(file.id);
    if (!content) throw notFound();
    content.on('error', () => undefined);
    announce(res.set(caching), file);
    await pipeline(content, res);
  }

  async #receive(
    ctx: RequestContext,
    { req, res, target }: { req: Request; res: Response; target: UploadTarget },
  ): Promise<void> {
    if (this.#receiving >= limits.uploadsAtOnce) throw refused('UNAVAILABLE', { retryAfter: 5 });
    this.#receiving += 1;
    try {
      res.status(201).json(await receiveFile(ctx, req, { target, store: this.store }));
    } finally {
      this.#receiving -= 1;
    }
  }

  async #answer(req: Request, res: Response, work: (ctx: AnyContext) => Promise<void>): Promise<void> {
    try {
      await work(await requestContext(this.parts, req, res));
    } catch (error) {
      if (!(error instanceof Refused) && !res.closed) this.parts.log.error({ err: error }, 'a file failed');
      // Half a file must not pass for a whole one.
      if (res.headersSent) res.destroy();
      else answerRefusal(req, res, error);
      // What still comes of a body that was refused is thrown away, or its sender would not read the answer.
      req.resume();
    }
  }
}

function signedIn(ctx: AnyContext): Context {
  if (ctx.failure) throw ctx.failure;
  if (!ctx.viewer) throw refused('UNAUTHENTICATED');
  return { ...ctx, viewer: ctx.viewer };
}

function fieldOf({ query: { field } }: Request): string {
  return typeof field === 'string' ? field : '';
}

/** None where it is no number: the present one is meant then. */
function versionOf({ query: { version } }: Request): number | undefined {
  return typeof version === 'string' && /^[1-9]\d{0,8}$/.test(version) ? Number(version) : undefined;
}

/** What is told of what is sent. */
type SentFile = Pick<StoredFile, 'id' | 'name' | 'mediaType' | 'bytes'>;

/** Pictures are shown; everything else is kept by the browser, never opened here, whatever it holds. */
function announce(res: Response, { name, mediaType, bytes }: SentFile): void {
  const isShown = isImage(mediaType);
  const encoded = encodeURIComponent(name).replaceAll(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
  res.set({
    'content-type': isShown ? mediaType : 'application/octet-stream',
    'content-length': String(bytes),
    'content-disposition': `${isShown ? 'inline' : 'attachment'}; filename="file"; filename*=UTF-8''${encoded}`,
    'x-content-type-options': 'nosniff',
    'content-security-policy': "sandbox; default-src 'none'",
  });
}
