import type { TradeTemplate } from '../template.ts';
import { b2bSales } from './b2b-sales.ts';
import { clinic } from './clinic.ts';
import { education } from './education.ts';
import { realEstate } from './real-estate.ts';
import { retail } from './retail.ts';

/** What there is to begin with, by trade. */
export const templates: readonly TradeTemplate[] = [retail, realEstate, education, clinic, b2bSales];
