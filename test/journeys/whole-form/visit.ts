import type { Locator } from '@playwright/test';
import { expect, expectAccessible } from '../journey.ts';
import { nameOf, optionOf, type Desk } from './desk.ts';
import type { FieldName } from './fields.ts';

/** A page of the form that somebody fills. */
function formOf(desk: Desk) {
  const { page, hands, w } = desk;
  const entry = (field: FieldName): Locator => page.getByLabel(nameOf(desk, field));
  return {
    entry,
    write: (field: FieldName, text: string) => hands.write(entry(field), text),
    choose: (field: FieldName, option: string) => hands.choose(entry(field), option),
    onward: (button: 'next' | 'submit') => hands.press(page.getByRole('button', { name: w[button], exact: true })),
    /** What is wrong is told at once and where it stands, and the first of it is ready to be corrected. */
    async expectWrong(told: Partial<Record<FieldName, string | RegExp>>): Promise<void> {
      const wrong = Object.entries(told) as [FieldName, string | RegExp][];
      await expect(page.getByRole('alert')).toHaveText(w.wrong(wrong.length));
      await expect(entry(wrong[0]![0])).toBeFocused();
      for (const [field, words] of wrong) {
        await expect(entry(field)).toHaveAttribute('aria-invalid', 'true');
        await expect(entry(field)).toHaveAccessibleDescription(words);
      }
      await expectAccessible(page);
    },
  };
}

/** Fills the form from its first page to the thanks, not without mistakes. */
export async function fillWithMistakes(desk: Desk, address: string, visitor: string): Promise<void> {
  const { page } = desk;
  await page.goto(address);
  await sayWhoYouAre(desk, visitor);
  await sayWhatYouLike(desk);
  await sayTheRest(desk);
}

async function sayWhoYouAre(desk: Desk, visitor: string): Promise<void> {
  const { page, hands, w } = desk;
  const { write, entry, onward, expectWrong } = formOf(desk);
  await expect(page.getByText(w.onPage(1))).toBeVisible();
  await expectAccessible(page);
  await write('phone', '12');
  await onward('next');
  await expectWrong({ member: w.missing, phone: w.noPhone });
  await write('member', visitor);
  await write('phone', '138 1234 5678');
  await hands.select(entry('address'), optionOf(desk, 'address', 1));
  await hands.enterDay(entry('birthday'));
  await write('city', 'haidian');
  await expect(page.locator('.el-cascader__suggestion-item').filter({ visible: true })).toHaveCount(1);
  for (const key of ['ArrowDown', 'Enter']) await page.keyboard.press(key);
  await expect(entry('phone')).not.toHaveAttribute('aria-invalid', 'true');
  await onward('next');
}

async function sayWhatYouLike(desk: Desk): Promise<void> {
  const { page, hands, w } = desk;
  const { write, choose, entry, onward, expectWrong } = formOf(desk);
  await expect(page.getByText(w.onPage(2))).toBeVisible();
  await expectAccessible(page);
  for (const at of [0, 1] as const) await choose('interests', optionOf(desk, 'interests', at));
  await page.keyboard.press('Escape');
  await hands.rate(page.getByRole('radiogroup', { name: nameOf(desk, 'opinion') }), 4);
  await hands.select(entry('newsletter'), w.yes);
  await write('visits', 'many');
  await write('spend', '100');
  await onward('next');
  await expectWrong({ email: w.missing, visits: w.noNumber });
  await write('email', 'ida@example.com');
  await write('visits', '12');
  await expect(entry('yearly')).toHaveText(w.computed('1,200'));
  await onward('next');
}

async function sayTheRest(desk: Desk): Promise<void> {
  const { page, hands, w } = desk;
  const { write, entry, onward } = formOf(desk);
  await expect(page.getByText(w.onPage(3))).toBeVisible();
  await expect(entry('discount')).toHaveText(w.computed('24%'));
  await expect(entry('referrer')).toHaveCount(0);
  await hands.select(entry('channel'), optionOf(desk, 'channel', 0));
  await write('referrer', 'Bo');
  await write('job', 'Gardener');
  await expectAccessible(page);
  await onward('submit');
  await expect(page.getByText(w.thanks)).toBeFocused();
  await expectAccessible(page);
}
