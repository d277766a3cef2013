import { setTimeout as sleep } from 'node:timers/promises';
import { Controller, Get, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { formText, type Json, type Problem } from '@kequn/rules';
import type { Request, Response } from 'express';
import { requestContext, serverParts, type ServerParts } from '../access/request-context.ts';
import type { RequestContext } from '../platform/context.ts';
import { answerRefusal } from '../platform/http/answer-refusal.ts';
import { webFolder } from '../platform/http/static-web.ts';
import { localeOf } from '../platform/locale-of.ts';
import { invalid, Refused, type RefusalCode } from '../platform/refused.ts';
import { read } from '../platform/transaction.ts';
import { describeForm, type FormDescription } from './describe-form.ts';
import { findPublicForm } from './find-public-form.ts';
import { formPage } from './form-page.ts';
import { html, type Html } from './html.ts';
import { openWithPassword } from './open-with-password.ts';
import { pageAround } from './page-shell.ts';
import { pageWords } from './page-words.ts';
import { keepVisitor, sourceOf } from './visitor.ts';
import { readPageAnswer, type PageBody } from './read-page-answer.ts';
import { answerRate, networkOf, passwordRate, passwordRateOfForm } from './submission-rate.ts';
import { submitForm } from './submit-form.ts';

/** Answers come at whole multiples of this: how long one took tells little of what was done with it. Milliseconds. */
const BEAT = 60;

/** Public forms, by their link: a page that needs no script, what a browser needs to do better, and answers. */
@Controller('f')
export class PublicFormController {
  readonly #answers = answerRate();
  readonly #guesses = passwordRate();
  readonly #guessesOfForm = passwordRateOfForm();

  constructor(
    @Inject(serverParts) private readonly parts: ServerParts,
    @Inject(webFolder) private readonly folder: string,
  ) {}

  /** What a browser or a program needs to fill it. */
  @Get(':slug.json')
  describe(@Req() req: Request, @Res() res: Response, @Param('slug') slug: string): Promise<void> {
    return this.#answer(req, res, async (ctx) => {
      res.set('cache-control', 'no-store').json(await described(ctx, slug, req));
    });
  }

  /** The page. */
  @Get(':slug')
  async page(@Req() req: Request, @Res() res: Response, @Param('slug') slug: string): Promise<void> {
    try {
      const form = await described(await this.#context(req, res), slug, req);
      keepVisitor(req, res);
      const isSent = req.query['sent'] !== undefined;
      await this.#sendPage(req, res, { form, slug, content: isSent ? thanksPage(req, form, slug) : undefined });
    } catch (error) {
      await this.#refusePage(req, res, slug, error);
    }
  }

  /** Takes the password of a form from its page, and makes the browser keep what it opens. */
  @Post(':slug/password')
  async open(@Req() req: Request, @Res() res: Response, @Param('slug') slug: string): Promise<void> {
    try {
      await this.#guesses.count(networkOf(req.ip));
      await this.#guessesOfForm.count(slug);
      const body: unknown = req.body;
      const password = typeof body === 'object' && body !== null ? String((body as PageBody)['password'] ?? '') : '';
      const key = await openWithPassword(await this.#context(req, res), slug, password);
      const attributes = { httpOnly: true, sameSite: 'lax', secure: req.secure, path: `/f/${slug}` } as const;
      res.cookie('kequn_form', key, attributes).redirect(303, `/f/${slug}?lang=${pageLocale(req)}`);
    } catch (error) {
      await this.#refusePage(req, res, slug, error, true);
    }
  }

  /** Takes an answer: JSON, or what a page without a script sends. */
  @Post(':slug')
  async submit(@Req() req: Request, @Res() res: Response, @Param('slug') slug: string): Promise<void> {
    const isPage = req.is('urlencoded') === 'urlencoded';
    const ready = onTheBeat();
    try {
      await this.#answers.count(networkOf(req.ip));
      const ctx = await this.#context(req, res);
      if (isPage) return await this.#takePage(ctx, { req, res, slug, ready });
      await submitForm(ctx, slug, bodyOf(req), sourceOf(req));
      await ready();
      res.status(201).json({ accepted: true });
    } catch (error) {
      await ready();
      if (isPage) await this.#refusePage(req, res, slug, error);
      else this.#refuse(req, res, error);
    }
  }

  async #takePage(
    ctx: RequestContext,
    { req, res, slug, ready }: { req: Request; res: Response; slug: string; ready: () => Promise<void> },
  ): Promise<void> {
    const form = await described(ctx, slug, req);
    const answer = readPageAnswer(req.body as PageBody, form);
    try {
      await submitForm(ctx, slug, answer, sourceOf(req));
    } catch (error) {
      const issues = error instanceof Refused && error.code === 'VALIDATION_FAILED' ? error.details.issues : undefined;
      if (!issues) throw error;
      await ready();
      const entered = answer['values'] as Record<string, Json>;
      return this.#sendPage(req, res.status(422), { form, slug, entered, problems: issues });
    }
    await ready();
    res.redirect(303, `/f/${slug}?sent=1&lang=${pageLocale(req)}`);
  }

  async #sendPage(
    req: Request,
    res: Response,
    {
      form,
      slug,
      content,
      entered = {},
      problems = [],
    }: {
      form: FormDescription;
      slug: string;
      content?: Html | undefined;
      entered?: Readonly<Record<string, Json>>;
      problems?: readonly Problem[];
    },
  ): Promise<void> {
    const locale = pageLocale(req);
    const page = content ?? formPage({ slug, form, locale, entered, problems });
    await this.#send(res, req, page, form.name);
  }

  async #refusePage(req: Request, res: Response, slug: string, error: unknown, isWrong = false): Promise<void> {
    const words = pageWords[pageLocale(req)];
    const code: RefusalCode | undefined = error instanceof Refused ? error.code : undefined;
    if (code === undefined) this.parts.log.error({ err: error }, 'a public form failed');
    if (code === 'UNAUTHENTICATED')
      return this.#send(res.status(401), req, passwordPage(req, slug, isWrong), words.open);
    const statuses: Partial<Record<RefusalCode, number>> = {
      NOT_FOUND: 404,
      CONFLICT: 409,
      RATE_LIMITED: 429,
      FORBIDDEN: 403,
    };
    const status = code === undefined ? 500 : (statuses[code] ?? 422);
    await this.#send(res.status(status), req, html`<p class="refusal" role="alert">${words.gone}</p>`, words.open);
  }

  /** A page that any other page may show within it; the product's own pages are framed by nobody. */
  async #send(res: Response, req: Request, content: Html, title: string): Promise<void> {
    const policy = String(res.get('content-security-policy') ?? '').replace(
      /frame-ancestors [^;]*/,
      'frame-ancestors *',
    );
    res.set({ 'content-security-policy': policy, 'cache-control': 'no-store' }).removeHeader('x-frame-options');
    res.type('html').send(await pageAround(content, { title, locale: pageLocale(req), webFolder: this.folder }));
  }

  async #answer(req: Request, res: Response, work: (ctx: RequestContext) => Promise<void>): Promise<void> {
    try {
      await work(await this.#context(req, res));
    } catch (error) {
      this.#refuse(req, res, error);
    }
  }

  #refuse(req: Request, res: Response, error: unknown): void {
    if (!(error instanceof Refused)) this.parts.log.error({ err: error }, 'a public form failed');
    answerRefusal(req, res, error);
  }

  /** Whoever is signed in fills a public form as anybody does. */
  async #context(req: Request, res: Response): Promise<RequestContext> {
    const {
      viewer: _viewer,
      session: _session,
      failure: _failure,
      ...ctx
    } = await requestContext(this.parts, req, res);
    return { ...ctx, actorId: null };
  }
}

/** Gives what waits for the next multiple of `BEAT` since now. */
function onTheBeat(): () => Promise<void> {
  const begun = performance.now();
  return () => sleep(BEAT - ((performance.now() - begun) % BEAT));
}

function bodyOf(req: Request): unknown {
  const body: unknown = req.body;
  if (typeof body === 'object' && body !== null) return body;
  throw invalid([]);
}

function pageLocale(req: Request) {
  const { lang } = req.query;
  return localeOf(typeof lang === 'string' ? lang : req.get('accept-language'));
}

function described(ctx: RequestContext, slug: string, req: Request): Promise<FormDescription> {
  return read(ctx, async (tx) => describeForm(tx, await findPublicForm(tx, slug, { key: sourceOf(req).key })));
}

function thanksPage(req: Request, { name, thanks }: FormDescription, slug: string): Html {
  const [locale, words] = [pageLocale(req), pageWords[pageLocale(req)]];
  return html`<h1>${name}</h1>
    <div class="card">
      <p role="status" class="words">${formText(thanks, locale) || words.sent}</p>
      <p><a href="/f/${slug}?lang=${locale}">${words.again}</a></p>
    </div>`;
}

function passwordPage(req: Request, slug: string, isWrong: boolean): Html {
  const words = pageWords[pageLocale(req)];
  return html`<form class="card" method="post" action="/f/${slug}/password?lang=${pageLocale(req)}">
    ${isWrong && html`<p class="refusal" role="alert">${words.passwordWrong}</p>`}
    <p class="entry">
      <label for="password">${words.password}</label><input id="password" name="password" type="password" required />
    </p>
    <button type="submit">${words.open}</button>
  </form>`;
}
