import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Locale } from '@kequn/rules';
import { html, type Html } from './html.ts';

/** Where the page stands in what the web build makes of `fill.html`, and the words in its head. */
const [PLACE, TITLE, LANGUAGE] = ['<!--form-->', '<!--title-->', '<!--language-->'];

/** The page as the web build made it, by the folder that it put it into. */
const templates = new Map<string, Promise<string>>();

function templateIn(webFolder: string): Promise<string> {
  const known = templates.get(webFolder);
  if (known) return known;
  const reading = readFile(path.join(webFolder, 'fill.html'), 'utf8').catch(() => bare);
  templates.set(webFolder, reading);
  return reading;
}

/** What a page is about, and where the web build put the frame of it. */
export interface PageFrame {
  readonly title: string;
  readonly locale: Locale;
  readonly webFolder: string;
}

/** A whole page around a form, with the script that takes it over where a browser runs scripts. */
export async function pageAround(content: Html, { title, locale, webFolder }: PageFrame): Promise<string> {
  const parts: Readonly<Record<string, string>> = {
    [PLACE!]: content.source,
    [TITLE!]: html`${title}`.source,
    [LANGUAGE!]: locale,
  };
  return (await templateIn(webFolder)).replaceAll(/<!--(?:form|title|language)-->/g, (place) => parts[place]!);
}

/** Without the web build there is no script and no style, but the form all the same. */
const bare = `<!doctype html><html lang="${LANGUAGE}"><head><meta charset="utf-8"><title>${TITLE}</title></head><body><main id="form">${PLACE}</main></body></html>`;
