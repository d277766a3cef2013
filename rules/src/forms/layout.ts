import type { Rule } from '../json.ts';
import type { Locale } from '../locale.ts';

/** Words that are shown to whoever fills a form: the same in every language, or one text by BCP 47 tag. */
export type FormText = string | Readonly<Record<string, string>>;

/** What stands on a form: pages one after the other, each of sections, each of one to four columns of items. */
export interface FormLayout {
  readonly pages: readonly FormPage[];
}

/** What is filled at once; a form of several is gone through page by page. */
export interface FormPage {
  readonly title?: FormText;
  readonly visibleWhen?: Rule;
  readonly sections: readonly FormSection[];
}

/** A part of a page under a title of its own. */
export interface FormSection {
  readonly title?: FormText;
  readonly visibleWhen?: Rule;
  readonly columns: readonly FormColumn[];
}

/** Items one below the other. */
export interface FormColumn {
  readonly items: readonly FormItem[];
}

/** Something on a form. */
export type FormItem = FieldItem | TextItem | DividerItem | PictureItem;

/** A field to be filled. Its rules read what is on the form as it is filled, and of other fields what is stored of the customer. */
export interface FieldItem {
  /** The key of the field: it stands on a form once. */
  readonly field: string;
  /** What is asked, in place of the label of the field. */
  readonly label?: FormText;
  readonly help?: FormText;
  /** It is asked for on this form, though the field may be empty. */
  readonly required?: boolean;
  readonly visibleWhen?: Rule;
  readonly requiredWhen?: Rule;
  readonly readOnlyWhen?: Rule;
  /** What it begins with for a new customer: a rule that computes a value of the field. */
  readonly default?: Rule;
  /** What it always is: a rule that computes a value of the field, which is then not entered. */
  readonly compute?: Rule;
  /** By option key the rule while which the option is offered; an option without one always is. */
  readonly optionsWhen?: Readonly<Record<string, Rule>>;
}

/** Words between the fields. */
export interface TextItem {
  readonly text: FormText;
  readonly visibleWhen?: Rule;
}

/** A line between the fields. */
export interface DividerItem {
  readonly divider: true;
  readonly visibleWhen?: Rule;
}

/** How much of its column a picture takes, as long as the screen has room for that. */
export const pictureWidths = ['SMALL', 'MEDIUM', 'FULL'] as const;

/** SMALL: the size of a logo. MEDIUM: about half of a form of one column. FULL: the whole column. */
export type PictureWidth = (typeof pictureWidths)[number];

/** Megabytes that one picture of a form may have. */
export const mostPictureMegabytes = 5;

/** A picture between the fields. */
export interface PictureItem {
  /** The id of a picture that was uploaded for forms; empty where none was chosen yet. */
  readonly picture: string;
  /** What is told to who does not see it; '' for a decoration, of which nothing is to be told. */
  readonly alt?: FormText;
  /** FULL where none is given. */
  readonly width?: PictureWidth;
  readonly visibleWhen?: Rule;
}

/** What becomes of the value of a field while a rule hides it. */
export const hiddenValuePolicies = ['KEEP', 'CLEAR', 'SKIP'] as const;

/**
 * KEEP: what is stored stays, and rules go on reading it. CLEAR: it is emptied when the form is saved. SKIP: what is stored stays, and rules
 * of the form read it as empty. What was entered before a part was hidden is written by none of them.
 */
export type HiddenValues = (typeof hiddenValuePolicies)[number];

/** A text of a form in the reader's language, or in the one language that there is. */
export function formText(text: FormText | undefined, locale: Locale): string {
  if (text === undefined || typeof text === 'string') return text ?? '';
  return text[locale] ?? Object.values(text)[0] ?? '';
}

/** A part of a layout with its place, a JSON Pointer into the layout. */
export interface LayoutPart<T> {
  readonly path: string;
  readonly part: T;
  /** The places of the page and the section around it. */
  readonly around: readonly string[];
}

/** Every page, section and item of a layout, in reading order, the outer before the inner. */
export function partsOf({ pages }: FormLayout): readonly LayoutPart<FormPage | FormSection | FormItem>[] {
  return pages.flatMap((page, index) => {
    const path = `/pages/${index}`;
    return [
      { path, part: page, around: [] },
      ...page.sections.flatMap((section, at) => partsOfSection(section, path, at)),
    ];
  });
}

function partsOfSection(
  section: FormSection,
  page: string,
  index: number,
): readonly LayoutPart<FormSection | FormItem>[] {
  const path = `${page}/sections/${index}`;
  const within = section.columns.flatMap(({ items }, column) =>
    items.map((part, at) => ({ path: `${path}/columns/${column}/items/${at}`, part, around: [page, path] })),
  );
  return [{ path, part: section, around: [page] }, ...within];
}

/** Whether a part of a layout is a field to be filled. */
export function isFieldItem(part: FormPage | FormSection | FormItem): part is FieldItem {
  return 'field' in part;
}

/** Whether a part of a layout is a picture. */
export function isPictureItem(part: FormPage | FormSection | FormItem): part is PictureItem {
  return 'picture' in part;
}

/** The items of a layout that are pictures, with their places. */
export function pictureItemsOf(layout: FormLayout): readonly LayoutPart<PictureItem>[] {
  return partsOf(layout).flatMap(({ part, ...place }) => (isPictureItem(part) ? [{ ...place, part }] : []));
}

/** The items of a layout that are fields, with their places. */
export function fieldItemsOf(layout: FormLayout): readonly LayoutPart<FieldItem>[] {
  return partsOf(layout).flatMap(({ part, ...place }) => (isFieldItem(part) ? [{ ...place, part }] : []));
}
