/** Texts of the map of provinces, in Chinese. */
export const regionMap = {
  label: (what: string) => `${what}：各省份分布`,
  tile: (name: string, count: string, share: string) => `${name}：${count}，${share}`,
  counted: (count: string, share: string) => `${count}，${share}`,
  legend: '图例',
  upTo: (share: string) => `不超过 ${share}`,
  back: '收起',
  only: (name: string) => `只看${name}`,
  notOnly: (name: string) => `不再只看${name}`,
  nothing: '这里还没有数据',
  alone: '只填到省级',
  province: '省份',
  number: '数量',
  share: '占比',
};
