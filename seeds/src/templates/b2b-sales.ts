import { sentence, type Rule } from '@kequn/rules';
import { ask, computed, field, option, page, section, segment, the } from '../parts.ts';
import type { TradeTemplate } from '../template.ts';
import { email, personName, phone, source } from './common.ts';

const fields: TradeTemplate['fields'] = [
  field('company', 'TEXT', ['公司名称', 'Company'], { validation: { maxLength: 100 } }),
  field('industry', 'SELECT', ['行业', 'Industry'], {
    options: [
      option('manufacturing', '制造', 'Manufacturing'),
      option('retail', '零售与消费', 'Retail and consumer goods'),
      option('software', '软件与互联网', 'Software and internet'),
      option('finance', '金融', 'Finance'),
      option('health', '医疗健康', 'Health'),
      option('education', '教育', 'Education'),
      option('logistics', '物流', 'Logistics'),
      option('government', '政府与公共事业', 'Government'),
    ],
  }),
  field('company_size', 'SELECT', ['人员规模', 'Employees'], {
    options: [
      option('to_50', '50 人以下', 'Under 50'),
      option('to_200', '50–200 人', '50 to 200'),
      option('to_1000', '200–1,000 人', '200 to 1,000'),
      option('over_1000', '1,000 人以上', 'Over 1,000'),
    ],
  }),
  field('company_region', 'REGION', ['所在地', 'Seat']),
  field('website', 'URL', ['网站', 'Website']),
  personName(['联系人', 'Contact']),
  field('job_title', 'TEXT', ['职务', 'Job title'], { validation: { maxLength: 40 } }),
  field('decision_role', 'SELECT', ['决策角色', 'Part in the decision'], {
    options: [
      option('decides', '拍板人', 'Decides', '#d64545'),
      option('influences', '影响者', 'Influences', '#c9701c'),
      option('uses', '使用者', 'Uses it', '#3b82d6'),
      option('buys', '采购', 'Buys', '#6b74e0'),
    ],
  }),
  phone,
  email,
  source,
  field('deal_stage', 'SELECT', ['商机阶段', 'Stage'], {
    options: [
      option('lead', '线索', 'Lead', '#7d8896'),
      option('qualified', '确认需求', 'Need confirmed', '#3b82d6'),
      option('proposal', '方案报价', 'Proposal', '#6b74e0'),
      option('negotiation', '商务谈判', 'Negotiation', '#c9701c'),
      option('won', '赢单', 'Won', '#2f9e5f'),
      option('lost', '输单', 'Lost', '#d64545'),
    ],
  }),
  field('deal_amount', 'MONEY', ['预计金额', 'Amount'], { validation: { min: 0 } }),
  field('win_chance', 'PERCENT', ['赢单概率', 'Chance to win'], { validation: { min: 0, max: 100, decimals: 0 } }),
  computed('weighted_amount', ['加权金额', 'Weighted amount'], {
    '/': [{ '*': [the('deal_amount'), the('win_chance')] }, 100],
  }),
  field('expected_close', 'DATE', ['预计成交日', 'Expected close']),
  field('last_follow_up', 'DATE', ['最近跟进', 'Last follow-up']),
  field('contract_end', 'DATE', ['合同到期日', 'Contract ends']),
  field('lost_reason', 'SELECT', ['输单原因', 'Why it was lost'], {
    options: [
      option('price', '价格', 'Price'),
      option('function', '功能不符', 'Does not fit'),
      option('competitor', '选择了竞品', 'A competitor'),
      option('no_budget', '没有预算', 'No budget'),
      option('no_decision', '项目搁置', 'Put off'),
    ],
  }),
  field('account_level', 'SELECT', ['客户级别', 'Account level'], {
    options: [
      option('key', '重点客户', 'Key account', '#a259d9'),
      option('growth', '成长客户', 'Growing', '#2f9e5f'),
      option('standard', '普通客户', 'Standard', '#7d8896'),
    ],
  }),
];

const stageIs = (key: string): Rule => ({ '==': [the('deal_stage'), key] });
const isOpen: Rule = { in: [the('deal_stage'), ['qualified', 'proposal', 'negotiation']] };
const isBid: Rule = { in: [the('deal_stage'), ['proposal', 'negotiation']] };

/** How likely a deal is at each of its stages: what the form begins with, to be corrected by who knows better. */
const usualChance: Rule = {
  if: [stageIs('won'), 100, stageIs('lost'), 0, stageIs('negotiation'), 70, stageIs('proposal'), 40, 15],
};

const pages = [
  page(
    ['公司与联系人', 'Company and contact'],
    [
      section(
        ['公司', 'Company'],
        [
          [ask('company', { required: true }), ask('industry', { required: true }), ask('company_size')],
          [ask('company_region'), ask('website'), ask('account_level', { default: 'standard' })],
        ],
      ),
      section(
        ['联系人', 'Contact'],
        [
          [ask('name'), ask('job_title'), ask('decision_role')],
          [ask('phone', { required: true }), ask('email'), ask('source')],
        ],
      ),
    ],
  ),
  page(
    ['商机', 'Deal'],
    [
      section(
        ['进展', 'Progress'],
        [
          [ask('deal_stage', { default: 'lead' }), ask('deal_amount', { requiredWhen: isBid }), ask('weighted_amount')],
          [
            ask('win_chance', {
              compute: usualChance,
              help: sentence(
                '按阶段自动取值：谈判 70%，报价 40%',
                'Goes by the stage: 70 % while negotiating, 40 % once proposed',
              ),
            }),
            ask('expected_close', { visibleWhen: isOpen, requiredWhen: isBid }),
            ask('last_follow_up', { default: { today: [] } }),
          ],
        ],
      ),
      section(['签约', 'Contract'], [[ask('contract_end', { required: true })]], { visibleWhen: stageIs('won') }),
      section(['输单', 'Lost'], [[ask('lost_reason', { required: true })]], { visibleWhen: stageIs('lost') }),
    ],
  ),
];

const segments: TradeTemplate['segments'] = [
  segment(
    'closing_soon',
    ['30 天内成交', 'Closes within 30 days'],
    [
      '报价或谈判中，预计 30 天内成交；每周复盘，安排高层拜访。',
      'Proposed or negotiated and due within 30 days: looked at every week.',
    ],
    { and: [isBid, { within_next: [the('expected_close'), 30, 'day'] }] },
  ),
  segment(
    'stalled_deals',
    ['停滞商机', 'Stalled deals'],
    [
      '推进中的商机，14 天以上没有跟进；主管过问，换人或换话题。',
      'An open deal that nobody worked on for more than 14 days: its manager asks.',
    ],
    { and: [isOpen, { '>': [{ days_since: [the('last_follow_up')] }, 14] }] },
  ),
  segment(
    'overdue_close',
    ['逾期未成交', 'Close date gone by'],
    [
      '预计成交日已过还没有结果；更新日期或关闭商机，预测才准。',
      'The day it was to close has gone by: move it or close it, so that forecasts hold.',
    ],
    { and: [isOpen, { '>': [{ days_since: [the('expected_close')] }, 0] }] },
  ),
  segment(
    'contract_renewal',
    ['90 天内续约', 'Contract renewal'],
    [
      '合同 90 天内到期的老客户；提前准备续约方案。',
      'Customers whose contract ends within 90 days: the renewal is prepared.',
    ],
    { and: [stageIs('won'), { within_next: [the('contract_end'), 90, 'day'] }] },
  ),
  segment(
    'win_back_on_price',
    ['价格输单可挽回', 'Lost on price'],
    [
      '因价格输掉、预计金额十万以上；有促销或新版本时再谈一次。',
      'Lost on price, 100,000 or more at stake: asked again when there is an offer.',
    ],
    { and: [stageIs('lost'), { '==': [the('lost_reason'), 'price'] }, { '>=': [the('deal_amount'), 100_000] }] },
  ),
];

/** A team that sells to companies. */
export const b2bSales: TradeTemplate = {
  key: 'b2b_sales',
  name: sentence('企业客户与商机', 'Companies and deals'),
  trade: sentence('企业销售', 'B2B sales'),
  description: sentence(
    '公司、联系人与商机阶段；加权金额自动算出，停滞、逾期、待续约的客户分开跟进。',
    'Companies, contacts and deals; weighted amounts are reckoned, and what stalls, is overdue or ends soon is seen.',
  ),
  fields,
  form: { name: sentence('企业客户登记', 'Company registration'), layout: { pages } },
  segments,
};
