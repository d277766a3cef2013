import type { Json } from '@kequn/rules';
import { flushPromises } from '@vue/test-utils';
import { afterEach, describe, expect, it } from 'vitest';
import type { Capability, ViewerFragment } from '../api/generated/graphql.ts';
import { useSession } from '../session/session.ts';
import { commonAnswers, mountPage, type Answers, type MountedPage } from '../testing/mount-page.ts';
import { announcement } from '../ui/announcer.ts';
import { countsOf } from './applied-template.ts';
import TemplatesPage from './TemplatesPage.vue';

const when = { '>': [{ var: 'age' }, 5] };
const clinic: Json = {
  __typename: 'Template',
  key: 'clinic',
  name: 'Patients',
  description: 'Records and follow-up.',
  trade: 'Clinic',
  fields: [
    field('name', { label: 'Patient', isThere: true }),
    field('phone', { label: 'Phone', type: 'PHONE', sensitive: true }),
    field('gender', { label: 'Sex', type: 'SELECT', options: ['Female', 'Male'] }),
    field('bmi', { label: 'Body mass index', type: 'FORMULA' }),
  ],
  form: {
    __typename: 'TemplateForm',
    name: 'First consultation',
    layout: {
      pages: [
        {
          title: { 'zh-CN': '建档', en: 'Registration' },
          sections: [
            {
              title: { en: 'Who' },
              columns: [{ items: [{ field: 'name' }] }, { items: [{ field: 'phone', visibleWhen: when }] }],
            },
          ],
        },
        { title: 'Health', visibleWhen: when, sections: [{ columns: [{ items: [{ field: 'bmi' }, { text: 'x' }] }] }] },
      ],
    },
  },
  segments: [segment('children', 'Children', false), segment('allergic', 'Allergic', true)],
};
const retail: Json = { ...(clinic as object), key: 'retail', name: 'Members', trade: 'Retail' };

function field(key: string, parts: object): Json {
  return {
    __typename: 'TemplateField',
    key,
    type: 'TEXT',
    sensitive: false,
    options: [],
    isThere: false,
    ...parts,
  } as Json;
}

function segment(key: string, name: string, isThere: boolean): Json {
  return { __typename: 'TemplateSegment', key, name, description: 'Why', ruleText: `Rule of ${key}`, isThere };
}

const applied = {
  fields: [
    { of: 'name', key: 'name', made: false },
    { of: 'phone', key: 'phone_2', made: true },
    { of: 'bmi', key: 'bmi', made: true },
  ],
  form: { id: 'f1', name: 'First consultation', made: true },
  segments: [{ key: 'children', id: 's1', made: true }],
};

let shown: MountedPage;
afterEach(() => shown.page.unmount());

const everything: readonly Capability[] = ['MANAGE_FIELDS', 'MANAGE_FORMS', 'MANAGE_SEGMENTS'];

async function show(answers: Answers = {}, capabilities = everything): Promise<void> {
  const templates = () => ({ data: { templates: [retail, clinic] } });
  shown = await mountPage(TemplatesPage, {}, { ...commonAnswers, Templates: templates, ...answers });
  useSession().viewer = { id: 'u1', capabilities } as unknown as ViewerFragment;
  await flushPromises();
}

const open = async () => {
  await shown.page.get('[aria-label="See what the template “Patients” makes"]').trigger('click');
  await flushPromises();
};
const button = () => shown.page.findAll('button').find((each) => each.text() === 'Use this template');
const textsOf = (heading: string) =>
  shown.page
    .findAll('section')
    .find((section) => section.attributes('aria-labelledby') === heading)!
    .text()
    .replaceAll(/\s+/g, ' ');

describe('the list', () => {
  it('tells of each template what it has', async () => {
    await show();
    expect(shown.page.findAll('li').map((item) => item.text())).toEqual(
      ['RetailMembers', 'ClinicPatients'].map(
        (name) => `${name}Records and follow-up.4 fields · 1 form · 2 segmentsSee what it makes`,
      ),
    );
  });

  it('tells why it is not there', async () => {
    await show({ Templates: () => undefined });
    expect(shown.page.get('[role="alert"]').text()).toContain('No answer to Templates');
  });
});

describe('a template', () => {
  it('shows its fields, its form and its segments, and what of them is there', async () => {
    await show();
    await open();
    const fields = shown.page.findAll('[aria-labelledby="template-fields"] li');
    expect(fields.map((item) => item.findAll('span, .kind').map((part) => part.text()))).toEqual([
      ['Patient', 'You have it', 'Text'],
      ['Phone', 'Sensitive', 'Phone'],
      ['Sex', 'Single choice · Female and Male'],
      ['Body mass index', 'Formula'],
    ]);
    expect(textsOf('template-form')).toBe(
      'Form “First consultation”1. RegistrationWho Patient Phone By a condition2. Health By a conditionBody mass index',
    );
    expect(textsOf('template-segments')).toBe(
      'Segments (2)Children WhyRule of childrenAllergic You have itWhyRule of allergic',
    );
  });

  it('is applied by one click, and then says what was made and what to do next', async () => {
    await show({ ApplyTemplate: () => ({ data: { applyTemplate: applied } }) });
    await open();
    const asked = shown.calls.filter(({ operation }) => operation === 'Templates').length;
    await button()!.trigger('click');
    await flushPromises();
    expect(shown.calls.find(({ operation }) => operation === 'ApplyTemplate')?.variables).toEqual({ key: 'clinic' });
    const told = textsOf('applied');
    expect(told).toContain('Made: 2 fields · 1 form · 1 segment');
    expect(told).toContain('1 thing that was there stays as before.');
    expect(told).toContain('another one is used: phone_2.');
    expect(shown.page.text()).not.toContain('You have it');
    expect(document.activeElement?.id).toBe('applied');
    expect(announcement.value).toContain('Your template is ready');
    expect(shown.page.get('a[href="/form/f1"]').text()).toBe('See the form');
    expect(button()).toBeUndefined();
    expect(shown.calls.filter(({ operation }) => operation === 'Templates').length).toBeGreaterThan(asked);
  });

  it('that is refused says why, and stays to be applied', async () => {
    const issues = [{ path: '', code: 'LIMIT', message: 'There are too many fields.' }];
    await show({
      ApplyTemplate: () => ({ errors: [{ message: 'x', extensions: { code: 'VALIDATION_FAILED', issues } }] }),
    });
    await open();
    await button()!.trigger('click');
    await flushPromises();
    expect(shown.page.get('[role="alert"]').text()).toBe('There are too many fields. Nothing was made.');
    expect(button()).toBeDefined();
  });

  it.each(everything)('is not offered without %s, and it says whom to ask', async (missing) => {
    await show(
      {},
      everything.filter((each) => each !== missing),
    );
    await open();
    expect(button()).toBeUndefined();
    expect(shown.page.text()).toContain('ask an administrator');
  });
});

it('where all was there nothing is made', () => {
  const { fields, form, segments } = applied;
  const kept = { fields: fields.map((each) => ({ ...each, made: false })), form: { ...form, made: false } };
  expect(countsOf({ ...kept, segments: segments.map((each) => ({ ...each, made: false })) })).toEqual({
    made: { fields: 0, forms: 0, segments: 0 },
    kept: 5,
    renamed: [],
  });
});
