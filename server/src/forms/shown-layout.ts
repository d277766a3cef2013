import type { FieldItem, FormItem, FormLayout, FormPage, FormSection, Rule } from '@kequn/rules';
import type { Rights } from '../access/gate.ts';
import { mapItems } from './form-catalogue.ts';
import { varsIn } from './rule-vars.ts';

/** Who looks at a form: which fields they may know of, and which rules may read for them. */
export interface FormReader {
  mayKnow(key: string): boolean;
  mayRead(key: string): boolean;
}

/** Somebody with these rights; fields that are not in use stand on no form. */
export function readerWith(rights: Rights, isLive: (key: string) => boolean): FormReader {
  return {
    mayKnow: (key) => isLive(key) && rights.accessTo(key) !== 'HIDDEN',
    mayRead: (key) => isLive(key) && rights.may(key, 'filter'),
  };
}

/**
 * A layout as somebody may know it: without the fields that are hidden from them, and without the rules that read what they may not read, which
 * are then not asked: what such a rule hides is shown, what it asks for is not asked for. A value that such a rule computes is left as it is.
 * So nothing that a form does tells of what its reader may not know, and the browser needs nothing that it may not show.
 */
export function shownLayout(layout: FormLayout, reader: FormReader): FormLayout {
  const pages = layout.pages.map((page) => ({
    ...withReadable(page, reader),
    sections: page.sections.map((section) => withReadable(section, reader)),
  }));
  return mapItems({ pages }, (item) => shownItem(item, reader));
}

function withReadable<T extends FormPage | FormSection | FormItem>(part: T, reader: FormReader): T {
  const { visibleWhen, ...others } = part;
  return isReadable(visibleWhen, reader) ? part : (others as T);
}

function shownItem(item: FormItem, reader: FormReader): readonly FormItem[] {
  const shown = withReadable(item, reader);
  if (!('field' in shown)) return [shown];
  return reader.mayKnow(shown.field) ? [withReadableRules(shown, reader)] : [];
}

function withReadableRules(item: FieldItem, reader: FormReader): FieldItem {
  const { requiredWhen, readOnlyWhen, compute, optionsWhen, default: initial, ...others } = item;
  const readable = (rule: Rule | undefined) => rule !== undefined && isReadable(rule, reader);
  const options = Object.entries(optionsWhen ?? {}).filter(([, rule]) => isReadable(rule, reader));
  const isComputedUnseen = compute !== undefined && !isReadable(compute, reader);
  return {
    ...others,
    ...(readable(requiredWhen) && { requiredWhen: requiredWhen! }),
    ...(readable(readOnlyWhen) && { readOnlyWhen: readOnlyWhen! }),
    ...(readable(initial) && { default: initial! }),
    ...(readable(compute) && { compute: compute! }),
    ...(isComputedUnseen && { readOnlyWhen: true }),
    ...(optionsWhen && { optionsWhen: Object.fromEntries(options) }),
  };
}

function isReadable(rule: Rule | undefined, { mayRead }: FormReader): boolean {
  return varsIn(rule).every(mayRead);
}
