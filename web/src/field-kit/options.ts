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

/** The options with one moved by a step; at the end of the list it stays where it is. */
export function moveOption(options: readonly OptionDraft[], id: string, step: 1 | -1): readonly OptionDraft[] {
  const from = options.findIndex((option) => option.id === id);
  const moved = options[from];
  const to = from + step;
  if (!moved || to < 0 || to >= options.length) return options;
  return removeOption(options, id).toSpliced(to, 0, moved);
}

function keysBut(options: readonly OptionDraft[], id: string): ReadonlySet<string> {
  return new Set(options.filter((option) => option.id !== id).map(({ key }) => key));
}
