import type { FieldDefinition } from '../fields/field-definition.ts';
import type { Locale } from '../locale.ts';
import { codePoints } from '../types/text.ts';
import type { Dice } from './dice.ts';

/** What a field is called, by which it is guessed what its text is of, and such texts. */
interface Subject {
  readonly called: RegExp;
  readonly texts: Readonly<Record<Locale, readonly string[]>>;
}

const subjects: readonly Subject[] = [
  {
    called: /公司|单位|企业|company|employer|organi[sz]ation/i,
    texts: {
      'zh-CN': ['晨光科技有限公司', '远山贸易', '和合餐饮', '北斗设计工作室'],
      en: ['Morning Light Ltd', 'Far Hills Trading', 'Harbour Foods', 'North Star Studio'],
    },
  },
  {
    called: /地址|住址|address|street/i,
    texts: {
      'zh-CN': ['人民路 128 号 3 栋 501', '建设大道 66 号', '中山北路 9 弄 12 号'],
      en: ['128 Park Road, Flat 5', '66 Station Street', '9 Mill Lane'],
    },
  },
  {
    called: /职业|职位|岗位|job|occupation|position|title/i,
    texts: {
      'zh-CN': ['教师', '工程师', '店长', '设计师'],
      en: ['Teacher', 'Engineer', 'Shop manager', 'Designer'],
    },
  },
  {
    called: /城市|city|town/i,
    texts: { 'zh-CN': ['杭州', '成都', '武汉', '西安'], en: ['Hangzhou', 'Chengdu', 'Wuhan', "Xi'an"] },
  },
  {
    called: /姓名|名字|称呼|联系人|name|contact/i,
    texts: {
      'zh-CN': ['王芳', '李伟', '张敏', '刘洋', '陈静', '欧阳晨'],
      en: ['Grace Miller', 'Daniel Wright', 'Mei Chen', 'Laura Evans', 'Tom Baker'],
    },
  },
];

const plain: Subject['texts'] = {
  'zh-CN': ['示例内容', '朋友推荐', '周末下午', '暂时没有'],
  en: ['Sample text', 'By a friend', 'Weekend afternoon', 'Nothing so far'],
};

const long: Subject['texts'] = {
  'zh-CN': ['第一次到店，对环境很满意。\n希望下次能提前预约。', '主要想了解会员权益，也愿意参加线下活动。'],
  en: [
    'First visit, and pleased with the place.\nWould like to book ahead next time.',
    'Mainly interested in membership.',
  ],
};

/** Texts in which patterns of codes are often found. */
const codes = ['A12345', 'AB-1234', '100000', '12345678', '110101199001011237', 'abc123', 'ABC', '2026'];

/** Text of many lines for a field. */
export function longTextFor(field: FieldDefinition, locale: Locale, dice: Dice): string {
  return fitted(dice.one(long[locale])!, field);
}

/** One line of text for a field, by what it is called; where a pattern is asked for, also what such patterns often ask. */
export function textFor(field: FieldDefinition, locale: Locale, dice: Dice): string {
  const name = [field.label, ...Object.values(field.labels), field.key.replaceAll('_', ' ')].join(' ');
  const { texts } = subjects.find(({ called }) => called.test(name)) ?? { texts: plain };
  const guessed = dice.one(texts[locale])!;
  if (field.validation.pattern === undefined) return fitted(guessed, field);
  const digits = Array.from({ length: dice.between(1, 20) }, () => dice.between(0, 9)).join('');
  return fitted(dice.one([guessed, digits, ...codes])!, field);
}

/** Text as long as its field asks for: said again, or cut off. */
function fitted(text: string, { validation: { minLength = 0, maxLength = Infinity } }: FieldDefinition): string {
  let whole = text;
  while (codePoints(whole) < minLength) whole += text;
  return codePoints(whole) <= maxLength ? whole : [...whole].slice(0, maxLength).join('');
}
