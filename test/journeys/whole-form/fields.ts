/** What the fields of the form are called, in Chinese and in English. */
export const fieldNames = {
  member: ['会员姓名', 'Member name'],
  job: ['职业', 'Occupation'],
  company: ['工作单位', 'Workplace'],
  spend: ['每次消费', 'Spend a visit'],
  channel: ['从哪里听说', 'Heard of us'],
  referrer: ['介绍人', 'Recommended by'],
  callAt: ['方便联系的时间', 'Best time to call'],
  discount: ['入会折扣', 'Joining discount'],
  note: ['还想说的话', 'Anything else'],
  site: ['个人主页', 'Home page'],
  address: ['称呼', 'Form of address'],
  phone: ['手机号码', 'Mobile number'],
  birthday: ['出生日期', 'Date of birth'],
  city: ['常住地区', 'Home region'],
  interests: ['兴趣', 'Interests'],
  opinion: ['给我们的评分', 'Stars for us'],
  newsletter: ['订阅通讯', 'Newsletter wanted'],
  email: ['电子信箱', 'Mail address'],
  visits: ['全年到店次数', 'Visits a year'],
  yearly: ['全年消费', 'Yearly spend'],
} as const;

/** A field of the form. */
export type FieldName = keyof typeof fieldNames;

/** What can be chosen of some of them; as a spreadsheet with a column for each language it is pasted. */
export const optionNames = {
  address: [
    ['先生', 'Mr'],
    ['女士', 'Ms'],
    ['不称呼', 'Neither'],
  ],
  interests: [
    ['徒步', 'Hiking'],
    ['读书', 'Reading'],
    ['烹饪', 'Cooking'],
  ],
  channel: [
    ['朋友介绍', 'A friend'],
    ['广告', 'An advertisement'],
  ],
} as const;
