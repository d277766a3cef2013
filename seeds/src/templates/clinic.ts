import { sentence, type Rule } from '@kequn/rules';
import { ask, computed, field, option, page, section, segment, the } from '../parts.ts';
import type { TradeTemplate } from '../template.ts';
import { birthday, gender, personName, phone, satisfaction } from './common.ts';

const health = { sensitive: true } as const;

const fields: TradeTemplate['fields'] = [
  personName(['患者姓名', 'Patient']),
  field('patient_no', 'TEXT', ['病历号', 'Record number'], { unique: true, validation: { maxLength: 20 } }),
  gender,
  birthday,
  phone,
  field('id_number', 'TEXT', ['身份证号', 'Identity number'], {
    ...health,
    unique: true,
    validation: {
      pattern: '^[1-9][0-9]{16}[0-9Xx]$',
      message: sentence('身份证号为 18 位', 'An identity number has 18 digits'),
    },
  }),
  field('insurance', 'SELECT', ['医保类型', 'Insurance'], {
    options: [
      option('employee', '职工医保', 'Employee scheme'),
      option('resident', '居民医保', 'Resident scheme'),
      option('commercial', '商业保险', 'Private insurance'),
      option('self', '自费', 'Pays alone'),
    ],
  }),
  field('department', 'SELECT', ['就诊科室', 'Department'], {
    options: [
      option('general', '全科', 'General practice', '#3b82d6'),
      option('pediatrics', '儿科', 'Paediatrics', '#d1559a'),
      option('dental', '口腔科', 'Dentistry', '#1f9aa0'),
      option('tcm', '中医科', 'Chinese medicine', '#2f9e5f'),
      option('dermatology', '皮肤科', 'Dermatology', '#c9701c'),
      option('gynaecology', '妇科', 'Gynaecology', '#a259d9'),
    ],
  }),
  field('allergies', 'MULTI_SELECT', ['过敏史', 'Allergies'], {
    ...health,
    options: [
      option('none', '无', 'None known'),
      option('penicillin', '青霉素', 'Penicillin', '#d64545'),
      option('cephalosporin', '头孢', 'Cephalosporins', '#d64545'),
      option('sulfa', '磺胺', 'Sulfonamides', '#d64545'),
      option('anaesthetic', '麻醉药', 'Anaesthetics', '#d64545'),
      option('food', '食物', 'Food', '#c9701c'),
      option('other', '其他', 'Other', '#7d8896'),
    ],
  }),
  field('allergy_note', 'LONG_TEXT', ['过敏说明', 'On the allergy'], { ...health, validation: { maxLength: 500 } }),
  field('chronic', 'MULTI_SELECT', ['慢性病', 'Chronic conditions'], {
    ...health,
    options: [
      option('hypertension', '高血压', 'High blood pressure'),
      option('diabetes', '糖尿病', 'Diabetes'),
      option('heart', '冠心病', 'Heart disease'),
      option('asthma', '哮喘', 'Asthma'),
      option('thyroid', '甲状腺疾病', 'Thyroid disease'),
      option('other', '其他', 'Other'),
    ],
  }),
  field('pregnancy', 'SELECT', ['孕哺状态', 'Pregnancy'], {
    ...health,
    options: [option('no', '否', 'No'), option('pregnant', '怀孕', 'Pregnant'), option('nursing', '哺乳', 'Nursing')],
  }),
  field('height_cm', 'NUMBER', ['身高（cm）', 'Height (cm)'], {
    ...health,
    validation: { min: 30, max: 250, decimals: 1 },
  }),
  field('weight_kg', 'NUMBER', ['体重（kg）', 'Weight (kg)'], {
    ...health,
    validation: { min: 1, max: 400, decimals: 1 },
  }),
  {
    ...computed('bmi', ['体质指数 BMI', 'Body mass index'], {
      '/': [{ '*': [the('weight_kg'), 10_000] }, { '*': [the('height_cm'), the('height_cm')] }],
    }),
    ...health,
  },
  field('last_consultation', 'DATE', ['最近就诊', 'Last consultation'], health),
  field('next_consultation', 'DATE', ['预约复诊', 'Next consultation'], health),
  field('emergency_phone', 'PHONE', ['紧急联系人电话', 'Phone in an emergency'], health),
  field('follow_up_consent', 'BOOLEAN', ['同意接受随访', 'Agrees to follow-up calls']),
  satisfaction,
];

const isAllergic: Rule = {
  has_any: [the('allergies'), ['penicillin', 'cephalosporin', 'sulfa', 'anaesthetic', 'food', 'other']],
};
const isChild: Rule = { '<': [{ years_since: [the('birthday')] }, 14] };
const isFemale: Rule = { '==': [the('gender'), 'female'] };

const pages = [
  page(
    ['建档', 'Registration'],
    [
      section(
        ['患者', 'Patient'],
        [
          [ask('name'), ask('gender', { required: true }), ask('birthday', { required: true })],
          [ask('patient_no'), ask('phone', { required: true }), ask('id_number')],
        ],
      ),
      section(
        ['就诊', 'Consultation'],
        [
          [ask('department', { required: true }), ask('insurance', { default: 'employee' })],
          [
            ask('emergency_phone', {
              requiredWhen: isChild,
              help: sentence('14 岁以下必须填写监护人电话', 'Of children under 14 that of a guardian'),
            }),
          ],
        ],
      ),
    ],
  ),
  page(
    ['健康状况', 'Health'],
    [
      section(
        ['过敏与慢性病', 'Allergies and conditions'],
        [
          [
            ask('allergies', {
              required: true,
              help: sentence('没有过敏请选“无”', 'Choose “None known” where there is none'),
            }),
            ask('allergy_note', { visibleWhen: isAllergic, requiredWhen: isAllergic }),
          ],
          [ask('chronic'), ask('pregnancy', { visibleWhen: isFemale })],
        ],
      ),
      section(['体征', 'Measures'], [[ask('height_cm')], [ask('weight_kg')], [ask('bmi')]]),
    ],
  ),
  page(
    ['随访', 'Follow-up'],
    [
      section(
        ['安排', 'Plan'],
        [
          [ask('last_consultation', { default: { today: [] } }), ask('follow_up_consent')],
          [ask('next_consultation', { visibleWhen: { '==': [the('follow_up_consent'), true] } }), ask('satisfaction')],
        ],
      ),
    ],
  ),
];

const agrees: Rule = { '==': [the('follow_up_consent'), true] };

const segments: TradeTemplate['segments'] = [
  segment(
    'chronic_overdue',
    ['慢病随访超期', 'Chronic, follow-up overdue'],
    [
      '高血压、糖尿病等慢病患者，90 天以上没有就诊；电话随访并预约复诊。',
      'A chronic condition and no consultation for more than 90 days: call and arrange one.',
    ],
    {
      and: [
        { has_any: [the('chronic'), ['hypertension', 'diabetes', 'heart', 'asthma', 'thyroid', 'other']] },
        { '>': [{ days_since: [the('last_consultation')] }, 90] },
        agrees,
      ],
    },
  ),
  segment(
    'return_this_week',
    ['七天内复诊', 'Returns within a week'],
    ['未来 7 天预约了复诊；提前一天短信提醒。', 'A consultation is due within seven days: remind the day before.'],
    { within_next: [the('next_consultation'), 7, 'day'] },
  ),
  segment(
    'antibiotic_allergy',
    ['抗生素过敏警示', 'Allergic to antibiotics'],
    [
      '青霉素、头孢或磺胺过敏；开药前必须核对。',
      'Penicillin, cephalosporins or sulfonamides: to be checked before prescribing.',
    ],
    { has_any: [the('allergies'), ['penicillin', 'cephalosporin', 'sulfa']] },
  ),
  segment(
    'weight_programme',
    ['体重管理', 'Weight programme'],
    [
      '成人 BMI 达到 28（肥胖）且愿意接受随访；邀请参加体重管理门诊。',
      'Adults with a BMI of 28 or more who agree to calls: invited to the weight clinic.',
    ],
    {
      and: [{ '>=': [the('bmi'), 28] }, { '>=': [{ years_since: [the('birthday')] }, 18] }, agrees],
    },
  ),
  segment(
    'children',
    ['儿童患者', 'Children'],
    [
      '14 岁以下；儿保、涂氟与疫苗通知发给家长。',
      'Under 14: checks, fluoride and vaccinations are told to their parents.',
    ],
    isChild,
  ),
];

/** A clinic of general practice. */
export const clinic: TradeTemplate = {
  key: 'clinic',
  name: sentence('患者建档与随访', 'Patients and follow-up'),
  trade: sentence('诊所', 'Clinic'),
  description: sentence(
    '患者建档、过敏与慢病、复诊随访；健康资料默认标为敏感，查看留痕。',
    'Records, allergies, conditions and follow-up; what is told of health is marked sensitive, and who reads it is noted.',
  ),
  fields,
  form: { name: sentence('初诊登记', 'First consultation'), layout: { pages } },
  segments,
};
