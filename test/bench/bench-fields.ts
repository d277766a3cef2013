import { catalogueOf, type Catalogue, type FieldDefinition, type FieldOption, type FieldType } from '@kequn/rules';
import { checkTools } from '@kequn/rules/tools';

/** A field as the API makes one. */
export interface BenchField {
  readonly key: string;
  readonly type: FieldType;
  readonly label: string;
  readonly options?: readonly { readonly key: string; readonly label: string }[];
}

/** What is known of the made-up customers. */
export const benchFields: readonly BenchField[] = [
  { key: 'name', type: 'TEXT', label: '姓名' },
  { key: 'phone', type: 'PHONE', label: '手机' },
  { key: 'email', type: 'EMAIL', label: '邮箱' },
  { key: 'region', type: 'REGION', label: '地区' },
  {
    key: 'level',
    type: 'SELECT',
    label: '等级',
    options: ['gold', 'silver', 'bronze', 'none'].map((key) => ({ key, label: key })),
  },
  { key: 'spend', type: 'MONEY', label: '消费' },
  { key: 'orders', type: 'NUMBER', label: '订单' },
  { key: 'birthday', type: 'DATE', label: '生日' },
  { key: 'vip', type: 'BOOLEAN', label: '会员' },
];

/** The same as rules see it where no server runs. */
export const benchCatalogue: Catalogue = catalogueOf(
  benchFields.map(definition),
  undefined,
  undefined,
  checkTools.regions,
);

function definition({ options = [], ...field }: BenchField): FieldDefinition {
  const option = (each: { key: string; label: string }): FieldOption => ({
    ...each,
    labels: {},
    color: null,
    archived: false,
  });
  return {
    ...field,
    labels: {},
    options: options.map(option),
    validation: {},
    required: false,
    unique: false,
    archived: false,
  };
}
