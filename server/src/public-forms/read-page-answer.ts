import { localTime, type Json } from '@kequn/rules';
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
              form.timeZone,
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

function valueOf(
  sent: readonly string[],
  field: FormDescription['fields'][number] | undefined,
  timeZone: string,
): Json {
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
    case 'DATETIME':
      return instantOf(text, timeZone);
    default:
      return text;
  }
}

/** The instant at which the clocks of a zone show this; what is no such time is told as such by its field. */
function instantOf(local: string, timeZone: string): string {
  const shown = Date.parse(`${local}Z`);
  if (Number.isNaN(shown)) return local;
  // Where clocks are put forth or back, the offset of the first guess may be that of the other side.
  const guess = shown - offsetAt(shown, timeZone);
  return new Date(shown - offsetAt(guess, timeZone)).toISOString();
}

/** How far the clocks of a zone are ahead at an instant, in milliseconds. */
function offsetAt(at: number, timeZone: string): number {
  return localTime(new Date(at).toISOString(), timeZone) - at;
}
