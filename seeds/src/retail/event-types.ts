import { sentence } from '@kequn/rules';
import type { TemplateEventType } from '../template.ts';

/** What customers of the retailer do, besides what their fields tell. */
export const eventTypes: readonly TemplateEventType[] = [
  {
    key: 'order',
    label: sentence('订单', 'Order'),
    properties: [
      { key: 'channel', type: 'TEXT', label: sentence('下单渠道', 'Channel') },
      { key: 'items', type: 'NUMBER', label: sentence('件数', 'Items') },
      { key: 'coupon', type: 'BOOLEAN', label: sentence('使用优惠券', 'With a coupon') },
    ],
  },
  {
    key: 'store_visit',
    label: sentence('到店', 'Shop visit'),
    properties: [
      { key: 'minutes', type: 'NUMBER', label: sentence('停留分钟', 'Minutes') },
      { key: 'advised', type: 'BOOLEAN', label: sentence('导购接待', 'Advised') },
    ],
  },
];
