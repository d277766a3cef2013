import type { Spot } from './canvas.ts';
import { partOf, spotOf } from './canvas.ts';
import { nameOf, optionOf, paletteOf, settingsOf, type Desk } from './desk.ts';
import { fieldNames, optionNames, type FieldName } from './fields.ts';
import { expect, expectAccessible } from '../journey.ts';
import type { Words } from './words.ts';

/** Three pages; sections of one, two and three columns. */
export async function layOut(desk: Desk): Promise<void> {
  const { hands, w, page } = desk;
  const settings = settingsOf(desk);
  const section = async (at: number, title: string, columns: number): Promise<void> => {
    await hands.set(w.nthSection(at));
    await hands.write(settings.getByRole('textbox', { name: w.sectionTitle }), title);
    await expect(partOf(page, title)).toBeVisible();
    if (columns > 1) await hands.choosePill(settings.getByRole('radiogroup'), w.columnCount(columns));
  };
  const titled = async (at: number): Promise<void> => {
    await hands.set(w.nthPage(at));
    await hands.write(settings.getByRole('textbox', { name: w.pageTitle }), w.pages[at - 1] ?? '');
  };
  await section(1, w.sections[0], 2);
  await hands.extend(paletteOf(desk, w.section), w.nthSection(2));
  await section(2, w.sections[1], 1);
  await titled(1);
  for (const [at, title, columns] of [
    [2, w.sections[2], 3],
    [3, w.sections[3], 2],
  ] as const) {
    await hands.extend(paletteOf(desk, w.page), w.nthPage(at));
    await titled(at);
    await section(1, title, columns);
  }
}

/** A field that exists is taken to its spot. */
async function place(desk: Desk, field: FieldName, spot: Spot): Promise<void> {
  const name = nameOf(desk, field);
  await desk.hands.put(paletteOf(desk, name), name, spot);
}

/** A field is made in place, by its type: what it is called, who may see it, and what else is asked for. */
async function make(desk: Desk, type: keyof Words['types'], field: FieldName, spot: Spot): Promise<void> {
  const { page, hands, w } = desk;
  const drawer = page.getByRole('dialog');
  await hands.put(
    page.getByRole('button', { name: w.newFieldOf(w.types[type]), exact: true }),
    nameOf(desk, field),
    spot,
    async () => {
      const [zh, en] = fieldNames[field];
      await hands.write(drawer.getByRole('textbox', { name: w.labelZh }), zh);
      await hands.write(drawer.getByRole('textbox', { name: w.labelEn }), en);
      if (field === 'address' || field === 'interests') await pasteOptions(desk, field);
      if (type === 'FORMULA') await compute(desk);
      if (field === 'address') {
        const seen = drawer.getByRole('region', { name: w.whoSees });
        await hands.choose(seen.getByRole('combobox', { name: 'Staff' }), w.readOnly);
        await expectAccessible(page);
      }
      await hands.press(drawer.getByRole('button', { name: w.save, exact: true }));
      await expect(drawer).toHaveCount(0);
    },
  );
}

async function pasteOptions({ page, hands, w }: Desk, field: 'address' | 'interests'): Promise<void> {
  await hands.press(page.getByRole('button', { name: w.pasteOptions }));
  const list = page.getByRole('textbox', { name: w.pasteLabel });
  await expect(list).toBeFocused();
  await page.keyboard.insertText(optionNames[field].map((names) => names.join('\t')).join('\n'));
  await expect(page.getByText(w.pasteTold)).toBeVisible();
  await hands.press(page.getByRole('button', { name: w.pasteAdd, exact: true }).last());
  await expect(list).toHaveCount(0);
}

/** What is spent in a year: what is spent at a visit, as often as somebody visits. */
async function compute(desk: Desk): Promise<void> {
  const { page, hands, w } = desk;
  const box = (name: string) => page.getByRole('dialog').getByRole('combobox', { name, exact: true });
  await hands.choose(box(w.formula.field), nameOf(desk, 'spend'));
  await hands.choose(box(w.formula.form), w.formula.times);
  await hands.choose(box(w.formula.other), nameOf(desk, 'visits'));
}

/** Twenty fields, half of them made in place, and a text and a divider between them. */
export async function placeFields(desk: Desk): Promise<void> {
  const { page, hands, w } = desk;
  await hands.press(page.getByRole('button', { name: w.newField, exact: true }));
  await place(desk, 'member', [1, 1, 1, 1]);
  await make(desk, 'SELECT', 'address', [1, 1, 1, 2]);
  await make(desk, 'PHONE', 'phone', [1, 1, 2, 1]);
  await make(desk, 'DATE', 'birthday', [1, 1, 2, 2]);
  await hands.put(paletteOf(desk, w.text), w.emptyText, [1, 2, 1, 1]);
  await hands.set(w.emptyText);
  await hands.write(settingsOf(desk).getByRole('textbox', { name: w.words }), w.welcome);
  await hands.put(paletteOf(desk, w.divider), w.divider, [1, 2, 1, 2]);
  await make(desk, 'REGION', 'city', [1, 2, 1, 3]);
  await place(desk, 'job', [1, 2, 1, 4]);
  await place(desk, 'company', [1, 2, 1, 5]);
  await make(desk, 'MULTI_SELECT', 'interests', [2, 1, 1, 1]);
  await make(desk, 'RATING', 'opinion', [2, 1, 1, 2]);
  await make(desk, 'BOOLEAN', 'newsletter', [2, 1, 2, 1]);
  await make(desk, 'EMAIL', 'email', [2, 1, 2, 2]);
  await make(desk, 'NUMBER', 'visits', [2, 1, 3, 1]);
  await place(desk, 'spend', [2, 1, 3, 2]);
  await make(desk, 'FORMULA', 'yearly', [2, 1, 3, 3]);
  await place(desk, 'channel', [3, 1, 1, 1]);
  await place(desk, 'referrer', [3, 1, 1, 2]);
  await place(desk, 'callAt', [3, 1, 1, 3]);
  await place(desk, 'discount', [3, 1, 2, 1]);
  await place(desk, 'note', [3, 1, 2, 2]);
  await place(desk, 'site', [3, 1, 2, 3]);
  await expectAccessible(page);
}

/** Some stand elsewhere in the end: one beside, one further up, one on another page, two together; a step is taken back and again. */
export async function moveAbout(desk: Desk): Promise<void> {
  const { page, hands } = desk;
  const name = (field: FieldName): string => nameOf(desk, field);
  await hands.carry(name('callAt'), [3, 1, 2, 1]);
  await hands.step('undo');
  await expect.poll(() => spotOf(page, name('callAt'))).toEqual([3, 1, 1, 3]);
  await hands.step('redo');
  await expect.poll(() => spotOf(page, name('callAt'))).toEqual([3, 1, 2, 1]);
  await hands.carry(name('phone'), [1, 1, 1, 2]);
  await hands.carry(name('site'), [1, 2, 1, 4]);
  await hands.carryBoth(name('job'), name('company'), [3, 1, 1, 3]);
  await expect.poll(() => spotOf(page, name('company'))).toEqual([3, 1, 1, 4]);
}

/** One field is required, one is by a rule, one is shown by a rule, and one computed. */
export async function setRules(desk: Desk): Promise<void> {
  const { page, hands, w } = desk;
  const drawer = page.getByRole('dialog');
  const settings = settingsOf(desk);
  await hands.set(nameOf(desk, 'member'));
  await hands.tick(settings.getByRole('checkbox', { name: w.required }));

  const ask = async (field: FieldName, rule: keyof Words['rules'], say: () => Promise<void>): Promise<void> => {
    await hands.set(nameOf(desk, field));
    await hands.press(settings.getByRole('button', { name: w.set(w.rules[rule]), exact: true }));
    await say();
    await expect(drawer.getByText(w.said[rule]).first()).toBeVisible();
    await expectAccessible(page);
    await hands.press(drawer.getByRole('button', { name: w.done, exact: true }));
    await expect(drawer).toHaveCount(0);
    await expect(settings.getByText(w.said[rule])).toBeVisible();
  };
  const condition = async (field: FieldName): Promise<void> => {
    await hands.press(drawer.getByRole('button', { name: w.addCondition }).first());
    await hands.choose(drawer.getByRole('combobox', { name: w.condition.field }), nameOf(desk, field));
  };
  const value = drawer.getByRole('combobox', { name: w.condition.value });
  await ask('referrer', 'visible', async () => {
    await condition('channel');
    await hands.seek(value, optionOf(desk, 'channel', 0));
  });
  await ask('email', 'required', async () => {
    await condition('newsletter');
    await hands.choose(value, w.yes);
  });
  await ask('discount', 'compute', async () => {
    await hands.choose(drawer.getByRole('combobox', { name: w.formula.field, exact: true }), nameOf(desk, 'visits'));
    await hands.choose(drawer.getByRole('combobox', { name: w.formula.form, exact: true }), w.formula.times);
    await hands.write(drawer.getByRole('textbox', { name: w.given }), '2');
  });
}
