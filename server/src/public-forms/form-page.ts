import {
  formText,
  labelOf,
  locales,
  localTime,
  normalInstant,
  ownWordsOf,
  type FieldItem,
  type FieldOption,
  type FormItem,
  type Json,
  type Locale,
  type OwnWords,
  type PictureItem,
  type Problem,
} from '@kequn/rules';
import { checkTools } from '@kequn/rules/tools';
import type { FormDescription } from './describe-form.ts';
import { html, type Html } from './html.ts';
import { pageWords } from './page-words.ts';

/** A form as a page that needs no script, with what was entered and what is wrong with it. */
export interface FilledPage {
  readonly slug: string;
  readonly form: FormDescription;
  readonly locale: Locale;
  readonly entered: Readonly<Record<string, Json>>;
  readonly problems: readonly Problem[];
}

type DescribedField = FormDescription['fields'][number];

/** The page as it is drawn, with the choices that are answered in own words by the keys of the fields of these. */
interface DrawnPage extends FilledPage {
  readonly ownWords: ReadonlyMap<string, OwnWords>;
}

/** The form with everything that it could ask for: what its rules hide is left out when it is taken. */
export function formPage({ form, ...filled }: FilledPage): Html {
  const page = { ...filled, ownWords: ownWordsIn(form) };
  const words = pageWords[page.locale];
  const sections = form.layout.pages.flatMap((part) => [
    part.title !== undefined && html`<h2>${formText(part.title, page.locale)}</h2>`,
    ...part.sections.map((section) => {
      const items = section.columns.flatMap((column) => column.items);
      const legend = section.title !== undefined && html`<legend>${formText(section.title, page.locale)}</legend>`;
      return html`<fieldset>${legend}${items.map((item) => itemHtml(item, { form, ...page }))}</fieldset>`;
    }),
  ]);
  return html`<form class="public" method="post" action="/f/${page.slug}?lang=${page.locale}" accept-charset="utf-8">
    <header>
      <h1>${form.name}</h1>
      ${otherLanguages(page)}
    </header>
    ${form.proofBits > 0 && html`<p class="refusal">${words.needsScript}</p>`}
    ${page.problems.length > 0 && html`<p class="refusal" role="alert">${words.problems}</p>`} ${sections}
    <p class="trap" aria-hidden="true">
      <label>Website <input name="website" tabindex="-1" autocomplete="off" /></label>
    </p>
    <input type="hidden" name="version" value="${form.version}" />
    ${consentHtml({ form, ...page })}
    <button type="submit">${words.submit}</button>
  </form>`;
}

function ownWordsIn({ layout, fields }: FormDescription): ReadonlyMap<string, OwnWords> {
  const pairs = ownWordsOf(layout, new Map(fields.map((field) => [field.key, field])));
  return new Map(pairs.map((pair) => [pair.words, pair]));
}

function otherLanguages({ slug, locale }: Omit<FilledPage, 'form'>): readonly Html[] {
  const others = locales.filter((each) => each !== locale);
  return others.map((each) => html`<a href="/f/${slug}?lang=${each}" lang="${each}">${pageWords[each].language}</a>`);
}

function itemHtml(item: FormItem, page: DrawnPage): Html {
  if ('text' in item) return html`<p class="words">${formText(item.text, page.locale)}</p>`;
  if ('divider' in item) return html`<hr />`;
  if ('picture' in item) return pictureHtml(item, page);
  const field = page.form.fields.find(({ key }) => key === item.field);
  return field && !field.computed && item.compute === undefined ? fieldHtml(item, field, page) : html``;
}

function pictureHtml({ picture, alt, width = 'FULL' }: PictureItem, { slug, form, locale }: FilledPage): Html {
  const address = `/f/${slug}/pictures/${encodeURIComponent(picture)}?version=${form.version}`;
  return html`<img class="${width}" src="${address}" alt="${formText(alt, locale)}" />`;
}

function fieldHtml(item: FieldItem, field: DescribedField, page: DrawnPage): Html {
  const { locale, problems } = page;
  const id = `field-${field.key}`;
  const help = formText(item.help, locale) || (field.help ?? '');
  const wrong = problems.filter(({ path }) => path === field.key).map(({ message }) => message[locale]);
  const told = field.type === 'DATETIME' ? [help, pageWords[locale].zone(page.form.timeZone)].join(' ').trim() : help;
  const describedBy = [told && `${id}-help`, wrong.length > 0 && `${id}-wrong`].filter(Boolean).join(' ');
  return html`<div class="${page.ownWords.has(field.key) ? 'entry own-words' : 'entry'}">
    <label for="${id}"
      >${formText(item.label, locale) || labelOf(field, locale)}${requiredHtml(item, field, page)}</label
    >
    ${inputHtml(field, page, { id, describedBy, isWrong: wrong.length > 0 })}
    ${told !== '' && html`<small id="${id}-help">${told}</small>`}
    ${wrong.length > 0 && html`<p id="${id}-wrong" class="wrong">${wrong.join(' ')}</p>`}
  </div>`;
}

/** Where no option fits the words are asked for, and else they are not: the page shows both. */
function requiredHtml(item: FieldItem, field: DescribedField, { locale, form, ownWords }: DrawnPage): Html | false {
  if (!field.required && item.required !== true) return false;
  const { required, requiredWith } = pageWords[locale];
  const pair = ownWords.get(field.key);
  const choice = form.fields.find(({ key }) => key === pair?.choice);
  const option = choice?.options.find(({ key }) => key === pair?.option);
  return html` <small>${option ? requiredWith(labelOf(option, locale)) : required}</small>`;
}

interface Attributes {
  readonly id: string;
  /** The ids of what is said of it; none: empty. */
  readonly describedBy: string;
  readonly isWrong: boolean;
}

function inputHtml(field: DescribedField, page: FilledPage, { id, describedBy, isWrong }: Attributes): Html {
  const value = page.entered[field.key];
  const told = html`${describedBy !== '' && html`aria-describedby="${describedBy}"`}
  ${isWrong && html`aria-invalid="true"`}`;
  const words = pageWords[page.locale];
  const select = (options: readonly Choice[], several = false) =>
    html`<select id="${id}" name="${field.key}" ${told} ${several && html`multiple`}>
      ${!several && html`<option value="">${words.choose}</option>`}
      ${options.map((option) => optionHtml(option, value))}
    </select>`;
  switch (field.type) {
    case 'LONG_TEXT':
      return html`<textarea id="${id}" name="${field.key}" rows="4" ${told}>${textOf(value)}</textarea>`;
    case 'BOOLEAN':
      return select([
        { value: 'true', text: words.yes },
        { value: 'false', text: words.no },
      ]);
    case 'SELECT':
      return select(field.options.map((option) => choiceOf(option, page.locale)));
    case 'MULTI_SELECT':
      return select(
        field.options.map((option) => choiceOf(option, page.locale)),
        true,
      );
    case 'RATING':
      return select(
        Array.from({ length: Number(field.validation.max ?? 5) }, (_, index) => ({
          value: `${index + 1}`,
          text: `${index + 1}`,
        })),
      );
    case 'REGION':
      return select([...checkTools.regions].map(([code, text]) => ({ value: code, text })));
    case 'FILE':
      return html`<small id="${id}">${words.fileNeedsScript}</small>`;
    default:
      return html`<input
        id="${id}"
        name="${field.key}"
        type="${inputTypes[field.type] ?? 'text'}"
        step="any"
        value="${field.type === 'DATETIME' ? localText(value, page.form.timeZone) : textOf(value)}"
        ${told}
      />`;
  }
}

const inputTypes: Readonly<Partial<Record<DescribedField['type'], string>>> = {
  NUMBER: 'number',
  MONEY: 'number',
  PERCENT: 'number',
  DATE: 'date',
  DATETIME: 'datetime-local',
  EMAIL: 'email',
  PHONE: 'tel',
  URL: 'url',
};

/** One of several values to choose from. */
interface Choice {
  readonly value: string;
  readonly text: string;
}

function choiceOf(option: FieldOption, locale: Locale): Choice {
  return { value: option.key, text: labelOf(option, locale) };
}

function optionHtml({ value, text }: Choice, entered: Json | undefined): Html {
  const isChosen = Array.isArray(entered) ? entered.includes(value) : textOf(entered) === value;
  return html`<option value="${value}" ${isChosen && html`selected`}>${text}</option>`;
}

function textOf(value: Json | undefined): string {
  return value === undefined || value === null || typeof value === 'object' ? '' : String(value);
}

/** An instant by the clocks of a zone, as browsers write it where no script runs; what is none as it was sent. */
function localText(value: Json | undefined, timeZone: string): string {
  const instant = typeof value === 'string' ? normalInstant(value) : undefined;
  return instant === undefined ? textOf(value) : new Date(localTime(instant, timeZone)).toISOString().slice(0, 16);
}

function consentHtml({ form, locale, problems }: FilledPage): Html {
  if (form.consent === undefined) return html``;
  const wrong = problems.find(({ path }) => path === 'consent');
  return html`<p class="entry">
    <label><input type="checkbox" name="consent" value="true" /> ${formText(form.consent, locale)}</label>
    ${wrong && html`<span class="wrong">${wrong.message[locale]}</span>`}
  </p>`;
}
