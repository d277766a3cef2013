import type { Chance } from '../chance.ts';

/** Characters of names with their spelling. */
type Spelt = readonly (readonly [character: string, spelling: string])[];

function spelt(list: string): Spelt {
  return list.split(' ').map((entry) => [entry.slice(0, 1), entry.slice(1)]);
}

/** The most common first. */
const surnames = spelt(
  '王wang 李li 张zhang 刘liu 陈chen 杨yang 黄huang 赵zhao 吴wu 周zhou 徐xu 孙sun 马ma 朱zhu 胡hu 郭guo 何he 林lin 高gao 罗luo 郑zheng 梁liang 谢xie 宋song 唐tang 许xu 韩han 邓deng 冯feng 曹cao 彭peng 曾zeng 肖xiao 田tian 董dong 潘pan 袁yuan 蔡cai 蒋jiang 余yu 于yu 杜du 叶ye 程cheng 魏wei 苏su 吕lv 丁ding 任ren 卢lu 姚yao 沈shen 钟zhong 姜jiang 崔cui 谭tan 陆lu 范fan 汪wang 廖liao',
);
const given = {
  female: spelt(
    '芳fang 娜na 敏min 静jing 丽li 艳yan 娟juan 霞xia 秀xiu 英ying 玉yu 萍ping 玲ling 燕yan 雨yu 欣xin 怡yi 佳jia 涵han 雪xue 梅mei 慧hui 婷ting 琳lin 悦yue 诗shi 瑶yao 晴qing 思si 蕾lei',
  ),
  male: spelt(
    '伟wei 强qiang 磊lei 军jun 洋yang 勇yong 杰jie 涛tao 明ming 超chao 刚gang 浩hao 宇yu 轩xuan 博bo 志zhi 国guo 建jian 鹏peng 凯kai 俊jun 辰chen 睿rui 航hang 峰feng 文wen 斌bin 晨chen 子zi 海hai',
  ),
};

/** A name, and how it is written in an address. */
export interface Name {
  readonly written: string;
  readonly spelling: string;
}

/** A name of somebody. */
export function nameOf(gender: 'female' | 'male', chance: Chance): Name {
  // Common surnames are met far more often than rare ones.
  const surname = surnames[Math.floor(chance.number() ** 2 * surnames.length)]!;
  const rest = Array.from({ length: chance.isBelow(0.7) ? 2 : 1 }, () => chance.pick(given[gender]));
  const parts = [surname, ...rest];
  return {
    written: parts.map(([character]) => character).join(''),
    spelling: parts.map(([, sound]) => sound).join(''),
  };
}
