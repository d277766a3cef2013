import { templates, type TradeTemplate } from '@kequn/seeds';
import { notFound } from '../platform/refused.ts';

/**
 * The template of a key.
 *
 * @throws {Refused} NOT_FOUND.
 */
export function findTemplate(key: string): TradeTemplate {
  const template = templates.find((each) => each.key === key);
  if (!template) throw notFound();
  return template;
}
