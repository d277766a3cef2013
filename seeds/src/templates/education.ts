import { sentence, type Rule } from '@kequn/rules';
import { ask, computed, field, option, page, section, segment, the } from '../parts.ts';
import type { TradeTemplate } from '../template.ts';
import { birthday, gender, personName, satisfaction, source } from './common.ts';

const lessons = { validation: { min: 0, max: 10_000, decimals: 0 } } as const;

const fields: TradeTemplate['fields'] = [
  personName(['学员姓名', 'Student']),
  gender,
  birthday,
  field('grade', 'SELECT', ['年级', 'Grade'], {
    options: [
      option('preschool', '学前', 'Preschool'),
      option('primary_low', '小学一至三年级', 'Grades 1–3'),
      option('primary_high', '小学四至六年级', 'Grades 4–6'),
      option('junior_1', '初一', 'Grade 7'),
      option('junior_2', '初二', 'Grade 8'),
      option('junior_3', '初三', 'Grade 9'),
      option('senior_1', '高一', 'Grade 10'),
      option('senior_2', '高二', 'Grade 11'),
      option('senior_3', '高三', 'Grade 12'),
      option('adult', '成人', 'Adult'),
    ],
  }),
  field('school', 'TEXT', ['就读学校', 'School'], { validation: { maxLength: 60 } }),
  field('guardian_name', 'TEXT', ['家长姓名', 'Parent or guardian'], {
    sensitive: true,
    validation: { maxLength: 40 },
  }),
  field('guardian_relation', 'SELECT', ['与学员关系', 'Relation'], {
    options: [
      option('mother', '母亲', 'Mother'),
      option('father', '父亲', 'Father'),
      option('grandparent', '祖父母', 'Grandparent'),
      option('other', '其他监护人', 'Other guardian'),
    ],
  }),
  field('guardian_phone', 'PHONE', ['家长手机', 'Phone of the guardian'], { sensitive: true }),
  source,
  field('subjects', 'MULTI_SELECT', ['意向课程', 'Courses'], {
    options: [
      option('english', '英语', 'English'),
      option('programming', '编程', 'Programming'),
      option('art', '美术', 'Art'),
      option('music', '音乐', 'Music'),
      option('dance', '舞蹈', 'Dance'),
      option('sports', '体育', 'Sports'),
      option('chess', '棋类', 'Chess'),
      option('calligraphy', '书法', 'Calligraphy'),
    ],
  }),
  field('class_size', 'SELECT', ['班型', 'Kind of class'], {
    options: [
      option('one_to_one', '一对一', 'One to one'),
      option('small', '小班', 'Small class'),
      option('group', '大班', 'Large class'),
      option('online', '线上', 'Online'),
    ],
  }),
  field('student_stage', 'SELECT', ['学员状态', 'Stage'], {
    options: [
      option('inquiry', '咨询', 'Asks', '#7d8896'),
      option('trial', '已试听', 'Had a trial lesson', '#3b82d6'),
      option('enrolled', '在读', 'Enrolled', '#2f9e5f'),
      option('finished', '结课', 'Finished', '#1f9aa0'),
      option('left', '退费或流失', 'Left', '#d64545'),
    ],
  }),
  field('trial_date', 'DATE', ['试听日期', 'Trial lesson']),
  field('enrolled_on', 'DATE', ['报名日期', 'Enrolled on']),
  field('fee_paid', 'MONEY', ['已缴学费', 'Fees paid'], { sensitive: true, validation: { min: 0 } }),
  field('lessons_bought', 'NUMBER', ['已购课时', 'Lessons bought'], lessons),
  field('lessons_used', 'NUMBER', ['已上课时', 'Lessons taken'], {
    validation: {
      ...lessons.validation,
      rule: { or: [{ '==': [the('lessons_used'), null] }, { '<=': [the('lessons_used'), the('lessons_bought')] }] },
      message: sentence('已上课时不能多于已购课时', 'No more lessons are taken than were bought'),
    },
  }),
  computed('lessons_left', ['剩余课时', 'Lessons left'], { '-': [the('lessons_bought'), the('lessons_used')] }),
  field('last_lesson', 'DATE', ['最近上课', 'Last lesson']),
  satisfaction,
];

const isEnrolled: Rule = { '==': [the('student_stage'), 'enrolled'] };
const hasPaid: Rule = { in: [the('student_stage'), ['enrolled', 'finished', 'left']] };
const isMinor: Rule = { '!=': [the('grade'), 'adult'] };

const pages = [
  page(
    ['咨询登记', 'Enquiry'],
    [
      section(
        ['学员', 'Student'],
        [
          [ask('name'), ask('gender'), ask('birthday')],
          [ask('grade', { required: true }), ask('school'), ask('source')],
        ],
      ),
      section(
        ['家长', 'Guardian'],
        [
          [ask('guardian_name', { requiredWhen: isMinor }), ask('guardian_relation', { default: 'mother' })],
          [ask('guardian_phone', { requiredWhen: isMinor })],
        ],
        { visibleWhen: isMinor },
      ),
    ],
  ),
  page(
    ['课程', 'Courses'],
    [
      section(
        ['意向与试听', 'Wishes and trial'],
        [
          [ask('subjects', { required: true }), ask('class_size')],
          [
            ask('student_stage', { default: 'inquiry' }),
            ask('trial_date', { visibleWhen: { '!=': [the('student_stage'), 'inquiry'] } }),
          ],
        ],
      ),
    ],
  ),
  page(
    ['报名与课时', 'Fees and lessons'],
    [
      section(
        ['报名', 'Enrolment'],
        [
          [ask('enrolled_on', { requiredWhen: isEnrolled, default: { today: [] } }), ask('fee_paid')],
          [
            ask('lessons_bought', { requiredWhen: isEnrolled }),
            ask('lessons_used', { default: 0 }),
            ask('lessons_left'),
          ],
        ],
      ),
      section(['上课情况', 'How it goes'], [[ask('last_lesson')], [ask('satisfaction')]]),
    ],
    { visibleWhen: hasPaid },
  ),
];

const segments: TradeTemplate['segments'] = [
  segment(
    'renewal_due',
    ['待续费', 'To be renewed'],
    [
      '在读且剩余不超过 5 课时；请班主任联系家长续费。',
      'Enrolled with five lessons left at most: talk of the next term.',
    ],
    { and: [isEnrolled, { '<=': [the('lessons_left'), 5] }] },
  ),
  segment(
    'trial_not_enrolled',
    ['试听未报名', 'Trial, not enrolled'],
    [
      '试听后 3 到 30 天还没报名；回访试听感受，说明优惠。',
      'A trial lesson 3 to 30 days ago, but no enrolment: ask how it was.',
    ],
    {
      and: [{ '==': [the('student_stage'), 'trial'] }, { '<=': [3, { days_since: [the('trial_date')] }, 30] }],
    },
  ),
  segment(
    'absent_two_weeks',
    ['两周未到课', 'Absent for two weeks'],
    [
      '在读却有 14 天以上没来上课；先问原因，再安排补课。',
      'Enrolled, but no lesson for more than 14 days: ask why, and make up for it.',
    ],
    { and: [isEnrolled, { '>': [{ days_since: [the('last_lesson')] }, 14] }] },
  ),
  segment(
    'may_recommend',
    ['适合转介绍', 'May recommend us'],
    [
      '在读半年以上且满意度 4 星以上；邀请参加老带新活动。',
      'Enrolled for half a year and content: ask them to bring a friend.',
    ],
    {
      and: [isEnrolled, { '>=': [the('satisfaction'), 4] }, { '>=': [{ days_since: [the('enrolled_on')] }, 180] }],
    },
  ),
];

/** A school of courses beside school. */
export const education: TradeTemplate = {
  key: 'education',
  name: sentence('学员招生与续费', 'Students and renewals'),
  trade: sentence('教育', 'Education'),
  description: sentence(
    '从咨询、试听到报名、续费；剩余课时自动算出，快上完、没到课的学员一目了然。',
    'From the first question to the next term; lessons left are reckoned, and who runs out or stays away is seen.',
  ),
  fields,
  form: { name: sentence('学员登记', 'Student registration'), layout: { pages } },
  segments,
};
