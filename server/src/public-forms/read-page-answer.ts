import type { Json } from '@kequn/rules';
import type { FormDescription } from './describe-form.ts';

/** What a page without a script sends: texts by name, several of one name as a list. */
export type PageBody = Readonly<Record<string, string | readonly string[] | undefined>>;

/** An answer as it is sent by a program, of what a page without a script sent: what was left empty was not entered. */
export function readPageAnswer(body: PageBody, form: FormDescription): Record<string, Json> {
  const { version, consent, website, ...entries } = body;
  const values = Object.entries(entries).flatMap(([key, raw]): [string, Json][] => {
    const sent = [raw ?? []].flat().filter((text) => text !== '');
    return sent.length === 0
      ? []
      : [
          [
            key,
            valueOf(
              sent,
              form.fields.find((field) => field.key === key),
            ),
          ],
        ];
  });
  return {
    values: Object.fromEntries(values),
    ...(version !== undefined && { version: Number(version) }),
    consent: consent === 'true',
    website: String(website ?? ''),
  };
}

function valueOf(sent: readonly string[], field: FormDescription['fields'][number] | undefined): Json {
  const [text = ''] = sent;
  switch (field?.type) {
    case 'MULTI_SELECT':
      return sent;
    case 'BOOLEAN':
      return text === 'true';
    case 'NUMBER':
    case 'MONEY':
    case 'PERCENT':
    case 'RATING':
      // What is no number is told as such by its field.
      return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
    default:
      return text;
  }
}
