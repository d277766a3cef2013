/** Made-up customers for benchmarks: the same ones for the same number, with names, phones and addresses as common as real ones are. */

const surnames = [
  ...'王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常',
];
const given = [
  ...'伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉萍红玲芬燕彬鹏浩凯宇轩子涵梓萱雨欣怡思佳晨曦文博志国建荣海波梅兰竹菊春夏秋冬雪冰清淑珍惠安康宁',
];
const hosts = ['qq.com', '163.com', '126.com', 'gmail.com', 'outlook.com', 'example.com'];
const regions = ['110105', '310115', '440305', '330106', '510107', '420106', '320102', '610113'];

/** One made-up customer, by field key. */
export interface Person {
  readonly name: string;
  readonly phone: string;
  readonly email: string;
  readonly region: string;
  readonly level: string;
  readonly spend: number;
  readonly orders: number;
  readonly birthday: string;
  readonly vip: boolean;
}

/** The n-th customer. */
export function person(n: number): Person {
  const random = mulberry32(n);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  // Common surnames are met far more often than rare ones.
  const surname = surnames[Math.floor(random() ** 2.5 * surnames.length)]!;
  const digits = String(Math.floor(random() * 1e8)).padStart(8, '0');
  return {
    name: surname + pick(given) + (random() < 0.6 ? pick(given) : ''),
    phone: `+861${pick(['38', '39', '50', '58', '86', '88', '99'])}${digits}`,
    email: `${pick(['wang', 'li', 'chen', 'mei', 'tom', 'anna', 'shop'])}${n.toString(36)}@${pick(hosts)}`,
    region: pick(regions),
    level: pick(['gold', 'silver', 'bronze', 'none']),
    spend: Math.floor(random() ** 4 * 1e6) / 100,
    orders: Math.floor(random() ** 3 * 60),
    birthday: `${1950 + Math.floor(random() * 55)}-${pick(['01', '03', '06', '09', '12'])}-${pick(['02', '11', '23'])}`,
    vip: random() < 0.1,
  };
}

/** Numbers from 0 to 1 that depend on the seed alone. */
function mulberry32(seed: number): () => number {
  let state = (seed * 2_654_435_761) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
