import type { Json } from '@kequn/rules';
import { flushPromises } from '@vue/test-utils';
import { afterEach, describe, expect, it } from 'vitest';
import { eventually } from '../testing/eventually.ts';
import { commonAnswers, fieldAnswer, mountPage, type Answers, type MountedPage } from '../testing/mount-page.ts';
import SegmentVersions from './SegmentVersions.vue';
// The app loads it with the first question; no test would wait for it.
import 'element-plus/es/components/message-box/index.mjs';

const segment = {
  id: 's1',
  key: 'grown_ups',
  name: 'Grown-ups',
  description: null,
  status: 'ACTIVE',
  version: 3,
  rule: null,
  restricted: null,
  sharedWithMe: false,
  shares: [],
  problem: null,
  folder: null,
  tags: [],
  owner: null,
  memberCount: 12,
};
const adult = { '>=': [{ var: 'age' }, 18] };

function version(number: number, rule: Json): Json {
  return {
    __typename: 'SegmentVersion',
    number,
    rule,
    savedAt: '2026-01-01T00:00:00.000Z',
    savedBy: { __typename: 'User', id: 'u1', name: 'Li Wei' },
  };
}

const versions = [
  version(3, { and: [{ '>=': [{ var: 'age' }, 21] }, { var: 'vip' }] }),
  version(2, adult),
  version(1, { and: [adult, { '!=': [{ var: 'fax' }, null] }] }),
];

let shown: MountedPage;
afterEach(() => {
  shown.page.unmount();
  document.body.innerHTML = '';
});

async function show(props: object = {}, answers: Answers = {}): Promise<void> {
  const fields = [
    fieldAnswer('age', 'NUMBER', 'Age'),
    fieldAnswer('vip', 'BOOLEAN', 'VIP'),
    fieldAnswer('fax', 'TEXT', 'Fax', { archived: true }),
  ];
  shown = await mountPage(
    SegmentVersions,
    { segment, restorable: true, unsaved: false, ...props },
    {
      ...commonAnswers,
      Fields: () => ({ data: { fields } }),
      SegmentVersions: () => ({ data: { segment: { __typename: 'Segment', id: 's1', versions } } }),
      CountFitting: () => ({ data: { previewRule: { __typename: 'RulePreview', count: 1 } } }),
      ...answers,
    },
  );
  await flushPromises();
}

function texts(selector: string): readonly string[] {
  return shown.page.findAll(selector).map((each) => each.text().replaceAll(/\s+/g, ' '));
}

async function ask(): Promise<Element> {
  await shown.page.get('[aria-label="Restore version 1"]').trigger('click');
  return eventually(() => document.querySelector('.el-message-box'));
}

function sent(): readonly unknown[] {
  return shown.calls.filter(({ operation }) => operation === 'RestoreSegmentVersion').map(({ variables }) => variables);
}

describe('the versions of a segment', () => {
  it('tell what each changed in the one before it, of fields too that are archived since', async () => {
    await show();
    expect(texts('.difference strong')).toEqual(['Added', 'Changed', 'Removed']);
    expect(texts('.difference li p')).toEqual([
      'VIP is yes',
      'Age is at least 18 → Age is at least 21',
      'Fax is not empty',
    ]);
    expect(texts('.difference > p')).toEqual(['Compared with version 2:', 'Compared with version 1:']);
  });

  it('can be put back, but for the present one', async () => {
    await show();
    expect(texts('button')).toEqual(['Restore', 'Restore']);
  });

  it('cannot by who may not change the segment, nor while the rule is being edited', async () => {
    await show({ restorable: false });
    expect(texts('button')).toEqual([]);
    shown.page.unmount();
    await show({ unsaved: true });
    expect(shown.page.findAll('button').every((button) => button.attributes('disabled') !== undefined)).toBe(true);
  });
});

describe('putting back a version', () => {
  it('of an active segment tells first what becomes of its members', async () => {
    await show({}, { RestoreSegmentVersion: () => ({ data: { restoreSegmentVersion: { ...segment, version: 4 } } }) });
    const box = await ask();
    expect(box.textContent).toContain('from 12 members to 1');
    expect(sent()).toEqual([]);
    box.querySelector<HTMLElement>('.el-button--danger')?.click();
    await eventually(() => sent().length > 0);
    expect(sent()).toEqual([{ id: 's1', number: 1 }]);
    await eventually(() => document.body.textContent?.includes('saved as version 4'));
  });

  it('of a segment that is not active says that nobody moves', async () => {
    await show({ segment: { ...segment, status: 'DRAFT' } });
    expect((await ask()).textContent).toContain('no customer enters or leaves');
  });

  it('is not asked for where its rule is none any more: what is wrong is told', async () => {
    const issues = [{ path: '', code: 'UNKNOWN_FIELD', message: 'There is no such field' }];
    const refusal = { errors: [{ message: 'Not valid', extensions: { code: 'RULE_INVALID', issues } }] };
    await show({}, { CountFitting: () => refusal });
    await shown.page.get('[aria-label="Restore version 1"]').trigger('click');
    await eventually(() => document.body.textContent?.includes('There is no such field'));
    expect(document.querySelector('.el-message-box')).toBeNull();
    expect(sent()).toEqual([]);
  });
});
