/** A city in which the retailer has customers. */
export interface City {
  readonly tier: 'first' | 'new_first' | 'second' | 'third';
  /** How many of its customers live there, compared with other cities. */
  readonly weight: number;
  /** Codes of districts. */
  readonly districts: readonly string[];
}

function city(tier: City['tier'], weight: number, districts: string): City {
  return { tier, weight, districts: districts.split(' ') };
}

/** From Beijing to Kunming, by their codes; the east of China is where the retailer is at home. */
export const cities: readonly City[] = [
  city('first', 9, '110101 110102 110105 110106 110108 110112 110114'),
  city('first', 13, '310101 310104 310106 310110 310112 310115'),
  city('first', 6, '440104 440105 440106 440111 440113'),
  city('first', 7, '440303 440304 440305 440306 440307'),
  city('new_first', 7, '330102 330105 330106 330108 330109 330110'),
  city('new_first', 6, '320505 320506 320508 320509 320583'),
  city('new_first', 5, '320102 320104 320105 320106 320115'),
  city('new_first', 6, '510104 510105 510106 510107 510108'),
  city('new_first', 5, '420102 420103 420106 420111'),
  city('new_first', 4, '610102 610103 610112 610113'),
  city('new_first', 4, '500103 500105 500106 500112'),
  city('second', 4, '340102 340103 340104 340111'),
  city('second', 3, '350102 350103 350104 350203 350206'),
  city('second', 3, '370102 370103 370112'),
  city('second', 2, '210102 210103 210106'),
  city('second', 2, '530102 530103 530111'),
  city('third', 4, '320302 320303 320311'),
  city('third', 3, '410302 410305 410311'),
  city('third', 3, '420602 420606'),
  city('third', 3, '510703 510704'),
];
