import type { Messages } from '../zh-CN.ts';

/** Texts of the map of provinces, in English. */
export const regionMap: Messages['regionMap'] = {
  label: (what) => `${what}: by province`,
  tile: (name, count, share) => `${name}: ${count}, ${share}`,
  counted: (count, share) => `${count}, ${share}`,
  legend: 'Legend',
  upTo: (share) => `up to ${share}`,
  back: 'Close',
  only: (name) => `Only ${name}`,
  notOnly: (name) => `No longer only ${name}`,
  nothing: 'Nothing here yet',
  alone: 'No more than the province',
  province: 'Province',
  number: 'Number',
  share: 'Share',
};
