import type { Page } from '@playwright/test';
import { askApi } from '../journey.ts';
import { fieldNames, optionNames, type FieldName } from './fields.ts';

const existing = {
  member: 'TEXT',
  job: 'TEXT',
  company: 'TEXT',
  spend: 'MONEY',
  channel: 'SELECT',
  referrer: 'TEXT',
  callAt: 'DATETIME',
  discount: 'PERCENT',
  note: 'LONG_TEXT',
  site: 'URL',
} as const;

/** Makes the fields that are there before the form is. */
export async function makeFields(page: Page, prefix: string): Promise<void> {
  for (const [name, type] of Object.entries(existing)) {
    const [label, en] = fieldNames[name as FieldName];
    const options = optionNames.channel.map(([zh, inEnglish], at) => ({
      key: `channel_${at}`,
      label: zh,
      labels: { en: inEnglish },
    }));
    await askApi(page, 'mutation ($input: FieldInput!) { createField(input: $input) { key } }', {
      input: {
        key: `${prefix}_${name.toLowerCase()}`,
        type,
        label,
        labels: { 'zh-CN': label, en },
        ...(type === 'SELECT' && { options }),
      },
    });
  }
}

/** The keys of the fields of the form, by what they are here. */
async function keysOfFields(page: Page): Promise<Readonly<Record<FieldName, string>>> {
  const { fields } = await askApi<{ fields: { key: string; labels: Record<string, string> }[] }>(
    page,
    '{ fields { key labels } }',
  );
  const keyOf = (label: string): string => fields.find(({ labels }) => labels['zh-CN'] === label)?.key ?? '';
  return Object.fromEntries(Object.entries(fieldNames).map(([name, [label]]) => [name, keyOf(label)])) as Record<
    FieldName,
    string
  >;
}

/** Two segments of those who spend much in a year and want letters: much as the visitor does, and more than that. */
export async function activateSegments(page: Page, prefix: string): Promise<readonly Segment[]> {
  const { yearly, newsletter } = await keysOfFields(page);
  const made: Segment[] = [];
  for (const [kind, least] of [
    ['regulars', 1000],
    ['patrons', 5000],
  ] as const) {
    const rule = { and: [{ '>=': [{ var: yearly }, least] }, { '==': [{ var: newsletter }, true] }] };
    const input = { key: `${prefix}_${kind}`, name: `${prefix} ${kind}`, rule };
    const { saveSegment } = await askApi<{ saveSegment: Segment }>(
      page,
      'mutation ($input: SegmentInput!) { saveSegment(input: $input) { id name } }',
      { input },
    );
    await askApi(page, 'mutation ($id: ID!) { activateSegment(id: $id) { id } }', { id: saveSegment.id });
    made.push(saveSegment);
  }
  return made;
}

/** A segment as it is known here. */
export interface Segment {
  readonly id: string;
  readonly name: string;
}

/** Leaves nothing in the way of others: the form and the segments go, the fields are archived. */
export async function tidyUp(page: Page, form: string, segments: readonly Segment[]): Promise<void> {
  const keys = await keysOfFields(page);
  await askApi(page, 'mutation ($id: ID!) { deleteForm(id: $id) }', { id: form });
  for (const { id } of segments) await askApi(page, 'mutation ($id: ID!) { deleteSegment(id: $id) }', { id });
  // A formula goes before what it reads.
  for (const key of Object.values(keys).toReversed())
    await askApi(page, 'mutation ($key: ID!) { archiveField(key: $key) { key } }', { key });
}
