import type { Locale } from '@kequn/rules';
import { Conversion, ConversionPreview as Preview, ConversionSample } from './conversion.ts';
import type { ListedConversion } from './list-conversions.ts';
import type { ConversionPreview, ConversionSample as Sample } from './preview-conversion.ts';

/** A change of type as the API tells it. */
export function shownConversion({ conversion, undoable }: ListedConversion): Conversion {
  const { id, from, to, at, by, converted, setAside, undoneAt } = conversion;
  const shown = { id, from: from.type, to: to.type, at, by, converted, setAside, undoneAt, undoable };
  return Object.assign(new Conversion(), shown);
}

/** A preview as the API tells it, in the language of the caller. */
export function shownPreview(preview: ConversionPreview, locale: Locale): Preview {
  const shown = ({ customerId, from, to, problem }: Sample) =>
    Object.assign(new ConversionSample(), { customerId, from, to, problem: problem?.message[locale] ?? null });
  return Object.assign(new Preview(), preview, {
    convertingSamples: preview.convertingSamples.map(shown),
    failingSamples: preview.failingSamples.map(shown),
  });
}
