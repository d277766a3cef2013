import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Locale } from '@kequn/rules';
import { html, type Html } from './html.ts';

/** Where the page stands in what the web build makes of `fill.html`, and the words in its head. */
const [PLACE, TITLE, LANGUAGE] = ['<!--form-->', '<!--title-->', '<!--language-->'];

let template: Promise<string> | undefined;

/** A whole page around a form, with the script that takes it over where a browser runs scripts. */
export async function pageAround(
  content: Html,
  { title, locale }: { readonly title: string; readonly locale: Locale },
): Promise<string> {
  template ??= readFile(path.join(import.meta.dirname, '../../../web/dist/fill.html'), 'utf8').catch(() => bare);
  const parts: Readonly<Record<string, string>> = {
    [PLACE!]: content.source,
    [TITLE!]: html`${title}`.source,
    [LANGUAGE!]: locale,
  };
  return (await template).replaceAll(/<!--(?:form|title|language)-->/g, (place) => parts[place]!);
}

/** Without the web build there is no script and no style, but the form all the same. */
const bare = `<!doctype html><html lang="${LANGUAGE}"><head><meta charset="utf-8"><title>${TITLE}</title></head><body><main id="form">${PLACE}</main></body></html>`;
