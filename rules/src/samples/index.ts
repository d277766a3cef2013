/** Made-up values for whoever tries a form: loaded where one is tried, and nowhere else. */
export { sampleForm } from './sample-form.ts';
export { sampleValue, type SampleOrder } from './sample-value.ts';
