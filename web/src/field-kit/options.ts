import type { Locale } from '@kequn/rules';
import { newId } from '../ui/new-id.ts';
import type { OptionDraft } from './contract.ts';
import { freeKey, slug } from './slug.ts';

/** The options with a new, empty one at the end. */
export function addOption(options: readonly OptionDraft[], id: string): readonly OptionDraft[] {
  const key = freeKey('option', keysBut(options, id));
  return [
    ...options,
    { id, key, keyIsOwn: false, exists: false, archived: false, color: null, labelZh: '', labelEn: '' },
  ];
}

/** The options with one changed; the key of a new one follows its name until the key itself is typed. */
export function changeOption(
  options: readonly OptionDraft[],
  id: string,
  change: Partial<OptionDraft>,
): readonly OptionDraft[] {
  return options.map((option) => {
    if (option.id !== id) return option;
    const next = { ...option, ...change };
    if (next.exists || next.keyIsOwn) return next;
    return { ...next, key: freeKey(slug(next.labelEn) || slug(next.labelZh) || 'option', keysBut(options, id)) };
  });
}

/** The options without one. */
export function removeOption(options: readonly OptionDraft[], id: string): readonly OptionDraft[] {
  return options.filter((option) => option.id !== id);
}

/** Options taken from text, and how many lines were no new ones. */
export interface PastedOptions {
  readonly options: readonly OptionDraft[];
  readonly added: number;
  /** Lines whose label is there already. */
  readonly skipped: number;
}

/**
 * The options with those of a text behind them, one a line. A line with one column is a label in the reader's language; of several
 * columns the first is the Chinese label, the second the English one.
 */
export function pasteOptions(options: readonly OptionDraft[], text: string, locale: Locale): PastedOptions {
  const lines = text
    .split(/\r?\n/)
    .map((line) => labelsIn(line, locale))
    .filter(({ labelZh, labelEn }) => labelZh !== '' || labelEn !== '');
  let next = options;
  for (const labels of lines) {
    if (next.some((option) => isCalled(option, labels))) continue;
    const id = newId();
    next = changeOption(addOption(next, id), id, labels);
  }
  const added = next.length - options.length;
  return { options: next, added, skipped: lines.length - added };
}

type OptionLabels = Pick<OptionDraft, 'labelZh' | 'labelEn'>;

function labelsIn(line: string, locale: Locale): OptionLabels {
  const columns = line.split('\t').map((column) => column.trim());
  const [first = '', second = ''] = columns;
  if (columns.length === 1) return locale === 'en' ? { labelZh: '', labelEn: first } : { labelZh: first, labelEn: '' };
  return { labelZh: first, labelEn: second };
}

/** Whether an option has a label already, in either language. */
function isCalled(option: OptionDraft, { labelZh, labelEn }: OptionLabels): boolean {
  const labels = [option.labelZh, option.labelEn].map((label) => label.trim()).filter((label) => label !== '');
  return labels.includes(labelZh || labelEn);
}

function keysBut(options: readonly OptionDraft[], id: string): ReadonlySet<string> {
  return new Set(options.filter((option) => option.id !== id).map(({ key }) => key));
}
