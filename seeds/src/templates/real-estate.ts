import { sentence, type Rule } from '@kequn/rules';
import { ask, computed, field, option, page, section, segment, the } from '../parts.ts';
import type { TradeTemplate } from '../template.ts';
import { personName, phone, source } from './common.ts';

const money = { validation: { min: 0, decimals: 0 } } as const;

const fields: TradeTemplate['fields'] = [
  personName(['客户姓名', 'Name']),
  phone,
  source,
  field('home_purpose', 'SELECT', ['购房目的', 'Purpose'], {
    options: [
      option('first_home', '首次置业', 'First home', '#3b82d6'),
      option('upgrade', '改善换房', 'A better home', '#2f9e5f'),
      option('school', '子女上学', 'School district', '#6b74e0'),
      option('parents', '父母养老', 'For parents', '#c9701c'),
      option('investment', '投资', 'Investment', '#a67f00'),
    ],
  }),
  field('wanted_region', 'REGION', ['意向区域', 'Wanted area']),
  field('wanted_rooms', 'MULTI_SELECT', ['意向户型', 'Wanted rooms'], {
    options: [
      option('one', '一居', 'One bedroom'),
      option('two', '两居', 'Two bedrooms'),
      option('three', '三居', 'Three bedrooms'),
      option('four', '四居及以上', 'Four or more'),
      option('villa', '别墅', 'House'),
    ],
  }),
  field('wanted_area', 'NUMBER', ['意向面积（㎡）', 'Wanted floor area (m²)'], {
    validation: { min: 10, max: 2_000, decimals: 0 },
  }),
  field('home_budget', 'MONEY', ['总价预算', 'Budget'], money),
  field('down_payment', 'MONEY', ['可付首付', 'Down payment'], {
    sensitive: true,
    validation: {
      ...money.validation,
      rule: { or: [{ '==': [the('down_payment'), null] }, { '<=': [the('down_payment'), the('home_budget')] }] },
      message: sentence('首付不能高于总价预算', 'A down payment is at most the budget'),
    },
  }),
  computed('loan_needed', ['贷款缺口', 'To be borrowed'], { '-': [the('home_budget'), the('down_payment')] }),
  field('household_income', 'MONEY', ['家庭月收入', 'Household income a month'], { sensitive: true, ...money }),
  field('purchase_qualified', 'BOOLEAN', ['有购房资格', 'Is allowed to buy']),
  field('intent_level', 'SELECT', ['意向等级', 'Intent'], {
    options: [
      option('a', 'A 近期要买', 'A – buys soon', '#d64545'),
      option('b', 'B 三个月内', 'B – within three months', '#c9701c'),
      option('c', 'C 还在看', 'C – looks around', '#3b82d6'),
      option('d', 'D 暂无打算', 'D – not now', '#7d8896'),
    ],
  }),
  field('home_stage', 'SELECT', ['跟进阶段', 'Stage'], {
    options: [
      option('new', '新登记', 'New', '#7d8896'),
      option('visited', '已带看', 'Has viewed', '#3b82d6'),
      option('negotiating', '议价中', 'Negotiating', '#c9701c'),
      option('subscribed', '已认购', 'Subscribed', '#1f9aa0'),
      option('signed', '已签约', 'Signed', '#2f9e5f'),
      option('lost', '已流失', 'Lost', '#d64545'),
    ],
  }),
  field('viewings', 'NUMBER', ['带看次数', 'Viewings'], { validation: { min: 0, decimals: 0 } }),
  field('last_viewing', 'DATE', ['最近带看', 'Last viewing']),
  field('last_contact', 'DATE', ['最近跟进', 'Last contact']),
  field('home_lost_reason', 'SELECT', ['流失原因', 'Why it was lost'], {
    options: [
      option('price', '价格', 'Price'),
      option('location', '地段', 'Location'),
      option('loan', '贷款未批', 'No loan'),
      option('bought_elsewhere', '买了别处', 'Bought elsewhere'),
      option('gave_up', '不买了', 'Gave it up'),
    ],
  }),
];

const borrows: Rule = { '>': [the('loan_needed'), 0] };
const isLost: Rule = { '==': [the('home_stage'), 'lost'] };
const isOpen: Rule = { '!': { in: [the('home_stage'), ['subscribed', 'signed', 'lost']] } };

const pages = [
  page(
    ['来访登记', 'Visit'],
    [
      section(
        ['客户', 'Customer'],
        [
          [ask('name'), ask('phone', { required: true })],
          [ask('source', { required: true }), ask('intent_level')],
        ],
      ),
      section(
        ['想买什么样的房', 'What is wanted'],
        [
          [ask('home_purpose'), ask('wanted_rooms')],
          [ask('wanted_region'), ask('wanted_area')],
        ],
      ),
    ],
  ),
  page(
    ['预算与贷款', 'Budget and loan'],
    [
      section(
        ['预算', 'Budget'],
        [
          [ask('home_budget', { required: true }), ask('down_payment')],
          [ask('loan_needed'), ask('purchase_qualified')],
        ],
      ),
      section(
        ['贷款', 'Loan'],
        [
          [
            ask('household_income', {
              requiredWhen: borrows,
              help: sentence(
                '月供一般不超过家庭月收入的一半',
                'A bank lends so that half of it is enough for each month',
              ),
            }),
          ],
        ],
        { visibleWhen: borrows },
      ),
    ],
  ),
  page(
    ['跟进', 'Follow-up'],
    [
      section(
        ['带看与进展', 'Viewings and stage'],
        [
          [ask('viewings', { default: 0 }), ask('last_viewing', { visibleWhen: { '>': [the('viewings'), 0] } })],
          [ask('home_stage', { default: 'new' }), ask('last_contact', { default: { today: [] } })],
        ],
      ),
      section(['流失', 'Lost'], [[ask('home_lost_reason', { requiredWhen: isLost })]], { visibleWhen: isLost }),
    ],
  ),
];

const segments: TradeTemplate['segments'] = [
  segment(
    'hot_not_contacted',
    ['A 类三天未跟进', 'A, not contacted for three days'],
    [
      '近期要买，却有三天以上没有联系；今天优先回访。',
      'Buys soon, but nobody spoke to them for three days: call today.',
    ],
    { and: [{ '==': [the('intent_level'), 'a'] }, isOpen, { '>': [{ days_since: [the('last_contact')] }, 3] }] },
  ),
  segment(
    'viewed_twice',
    ['复看未认购', 'Viewed twice, not subscribed'],
    [
      '看过两次以上还没认购；由主管出面谈价格与付款方式。',
      'Two viewings or more without a subscription: a senior colleague talks terms.',
    ],
    { and: [{ '>=': [the('viewings'), 2] }, isOpen] },
  ),
  segment(
    'upgraders',
    ['改善型客户', 'Wants a better home'],
    [
      '要换大房子：三居以上或别墅，推荐大户型与置换方案。',
      'Wants more room: three bedrooms or a house; for large homes and part exchange.',
    ],
    {
      and: [{ '==': [the('home_purpose'), 'upgrade'] }, { has_any: [the('wanted_rooms'), ['three', 'four', 'villa']] }],
    },
  ),
  segment(
    'loan_help',
    ['需要贷款协助', 'Needs help with a loan'],
    [
      '要贷的部分超过预算六成；请按揭专员一起算月供。',
      'Has to borrow more than six tenths: reckon each month together with the bank.',
    ],
    { and: [isOpen, { '>': [the('loan_needed'), { '*': [the('home_budget'), 0.6] }] }] },
  ),
];

/** A broker or a seller of homes. */
export const realEstate: TradeTemplate = {
  key: 'real_estate',
  name: sentence('购房客户跟进', 'Buyers of homes'),
  trade: sentence('房产', 'Real estate'),
  description: sentence(
    '来访登记、购房需求与预算、带看进展；贷款缺口自动算出，A 类客户不再漏跟。',
    'Visits, wishes, budgets and viewings; what has to be borrowed is reckoned, and no keen buyer is forgotten.',
  ),
  fields,
  form: { name: sentence('来访客户登记', 'Visit of a buyer'), layout: { pages } },
  segments,
};
