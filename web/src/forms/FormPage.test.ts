import type { Json } from '@kequn/rules';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  calls,
  canvas,
  click,
  clipboard,
  columns,
  focus,
  formAnswer,
  leave,
  note,
  part,
  press,
  saves,
  settle,
  show,
  wait,
} from '../testing/form-page.ts';
import { fieldAnswer, commonAnswers, type Answers } from '../testing/mount-page.ts';
import { announcement } from '../ui/announcer.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  leave();
  vi.useRealTimers();
});

describe('a form is designed by keys', () => {
  it('parts are picked up, moved and dropped or put back, and each step is told', async () => {
    await show();
    expect(canvas()).toBe('Name Text “Hello” | Age');
    await focus('Name');
    await press(' ');
    expect(announcement.value).toContain('Picked up “Name”, place 1 of 2 in column 1 of Person, Page 1');
    await press('ArrowDown');
    expect(announcement.value).toBe('place 2 of 2 in column 1 of Person, Page 1');
    await press('ArrowRight');
    expect(canvas()).toBe('Text “Hello” | Age Name');
    await press('Escape');
    expect(canvas()).toBe('Name Text “Hello” | Age');
    await press(' ', 'ArrowRight', 'Enter');
    expect([canvas(), announcement.value]).toEqual([
      'Text “Hello” | Name Age',
      'Dropped: place 1 of 2 in column 2 of Person, Page 1',
    ]);
    expect(document.activeElement).toBe(part('Name'));
    await press('Control+z');
    expect(canvas()).toBe('Name Text “Hello” | Age');
    await press('Control+Shift+z');
    expect(canvas()).toBe('Text “Hello” | Name Age');
  });

  it('Enter goes to what can be set of a part, and Escape back to it', async () => {
    await show();
    await focus('Name');
    await press('Enter');
    expect(document.activeElement?.closest('.settings')?.textContent).toContain('Empty: the name of the field, “Name”');
    const label = document.activeElement as HTMLInputElement;
    label.value = 'Full name';
    label.dispatchEvent(new Event('input'));
    await press('Escape');
    expect(document.activeElement).toBe(part('Full name'));
    await press('Control+z');
    expect(canvas()).toBe('Name Text “Hello” | Age');
  });

  it('several are selected with Shift, moved and removed together', async () => {
    await show();
    await focus('Name');
    await press('Shift+ArrowDown');
    expect(document.querySelectorAll('[aria-current=true][id^=form-part]')).toHaveLength(2);
    await press('Alt+ArrowRight');
    expect(canvas()).toBe(' | Name Text “Hello” Age');
    await press('Delete');
    expect(canvas()).toBe(' | Age');
    expect(announcement.value).toContain('Removed “Name and 1 other”');
    expect(document.activeElement).toBe(part('Age'));
  });

  it('texts are duplicated and pasted; of fields it is said that they cannot be', async () => {
    await show();
    await focus('Name');
    await press('Control+d');
    expect([canvas(), announcement.value]).toEqual([
      'Name Text “Hello” | Age',
      'A field stands on a form only once and cannot be duplicated',
    ]);
    await focus('Text');
    await press('Control+d');
    expect(canvas()).toBe('Name Text “Hello” Text “Hello” | Age');
    await focus('Name');
    const copied = await clipboard('copy');
    await clipboard('paste', copied);
    expect(canvas()).toBe('Name Text “Hello” Text “Hello” | Age');
    await clipboard('cut');
    await focus('Age');
    await clipboard('paste', copied);
    expect(canvas()).toBe('Text “Hello” Text “Hello” | Age Name');
  });
});

it('a rule is edited under the name of the part that it is of, which the drawer may cover', async () => {
  await show();
  await focus('Age');
  await click('Set: Shown when');
  expect(document.querySelector('.el-drawer__title')?.textContent).toBe('Shown when · Age');
});

describe('the palette', () => {
  it('adds what is pressed behind what is selected, and offers no field twice', async () => {
    await show();
    await focus('Name');
    await click('Add “VIP”');
    expect(canvas()).toBe('Name VIP Text “Hello” | Age');
    expect(announcement.value).toContain('Added “VIP”: place 2 of 3');
    expect(document.body.textContent).toContain('Every field stands on the form.');
    await click('Add “Divider”');
    expect(canvas()).toBe('Name VIP Divider Text “Hello” | Age');
  });

  it('leads to what is wrong, without which nothing is saved', async () => {
    const layout = structuredClone(columns) as unknown as {
      pages: { sections: { columns: { items: object[] }[] }[] }[];
    };
    layout.pages[0]!.sections[0]!.columns[1]!.items.push({ field: 'gone' });
    await show({ Form: () => ({ data: { form: formAnswer({ layout: layout as unknown as Json }) } }) });
    await click('Problems (1)');
    await click('gone: There is no such field');
    expect(document.activeElement?.getAttribute('aria-label')).toBe('gone has a problem');
    const publish = [...document.querySelectorAll('button')].find((each) => each.textContent?.trim() === 'Publish');
    expect([publish?.disabled, publish?.title]).toEqual([true, '1 problem to solve before it can be published']);
    await focus('Name');
    await press('Alt+ArrowDown');
    await wait();
    expect([saves(), note()]).toEqual([[], 'Saved once 1 problem is solved']);
  });
});

describe('a field that is made in place', () => {
  const withField = (type = 'TEXT'): Answers => {
    const made = fieldAnswer('hobby', type, 'Hobby');
    let fields = (commonAnswers['Fields']!({})!.data as { fields: Json[] }).fields;
    return {
      Fields: () => ({ data: { fields } }),
      RolesWithAccess: () => ({ data: { roles: [] } }),
      CreateField: () => {
        fields = [...fields, made];
        return { data: { createField: made } };
      },
    };
  };

  async function make(): Promise<void> {
    const label = [...document.querySelectorAll('.el-drawer label')].find((each) =>
      each.textContent?.includes('English'),
    ) as HTMLLabelElement;
    const input = document.getElementById(label.htmlFor) as HTMLInputElement;
    input.value = 'Hobby';
    input.dispatchEvent(new Event('input'));
    await settle();
    await click('Save');
    await wait();
  }

  it('is asked for by its type and stands behind what is selected; undo takes it off the form alone', async () => {
    await show(withField(), ['MANAGE_FORMS', 'MANAGE_FIELDS']);
    await focus('Name');
    await click('New field');
    await click('New field: Text');
    await make();
    expect(calls().find(({ operation }) => operation === 'CreateField')?.variables['input']).toMatchObject({
      key: 'hobby',
      type: 'TEXT',
    });
    expect(canvas()).toBe('Name Hobby Text “Hello” | Age');
    expect(document.body.textContent).toContain('Undo takes it off the form only; the field stays under Fields.');
    await click('Undo');
    expect(canvas()).toBe('Name Text “Hello” | Age');
    expect(document.body.textContent).toContain('Hobby');
  });

  it('is placed, and undone, where it is the first that has the names of regions loaded', async () => {
    await show(withField('REGION'), ['MANAGE_FORMS', 'MANAGE_FIELDS']);
    await focus('Name');
    await click('New field');
    await click('New field: Region');
    await make();
    expect(canvas()).toBe('Name Hobby Text “Hello” | Age');
    await click('Undo');
    expect(canvas()).toBe('Name Text “Hello” | Age');
  });

  it('is not offered to who may not make fields', async () => {
    await show();
    expect([...document.querySelectorAll('button')].some((each) => each.textContent?.includes('New field'))).toBe(
      false,
    );
  });
});

it('who may not design sees the form as it is filled', async () => {
  await show({}, []);
  expect(document.querySelector('#form-canvas')).toBeNull();
  expect(document.body.textContent).toContain('changing it takes the right to manage forms');
});
