/** Family names with their share in percent, rounded; the order of the frequent ones is common knowledge, the tail is shortened. */
export const familyNames: readonly (readonly [string, number])[] = [
  ...`
  王7.1 李7.0 张6.7 刘5.4 陈4.5 杨3.1 黄2.3 赵2.2 吴2.1 周2.1 徐1.6 孙1.6 马1.5 朱1.4
  胡1.4 郭1.3 何1.3 林1.3 高1.2 罗1.1 郑1.0 梁1.0 谢0.8 宋0.8 唐0.8 许0.7 邓0.7 韩0.7
  冯0.7 曹0.7 彭0.7 曾0.6 肖0.6 田0.6 董0.6 潘0.5 袁0.5 蔡0.5 蒋0.5 余0.5 于0.5 杜0.5
  叶0.5 程0.5 魏0.5 苏0.5 吕0.5 丁0.4 任0.4 卢0.4 姚0.4 沈0.4 钟0.4 姜0.4 崔0.4 谭0.4
  陆0.4 范0.4 汪0.4 廖0.3 石0.3 金0.3 韦0.3 贾0.3 夏0.3 付0.3 方0.3 邹0.3 熊0.3 白0.3
  孟0.3 秦0.3 邱0.3 侯0.3 江0.3 尹0.2 薛0.2 闫0.2 雷0.2 龙0.2 史0.2 陶0.2 贺0.2 毛0.2
  段0.2 郝0.2 顾0.2 龚0.2 邵0.2 覃0.2 武0.2 钱0.2 戴0.2 严0.2 莫0.2 孔0.2 向0.2 常0.2
  汤0.1 康0.1 欧阳0.1 诸葛0.03 司马0.03 上官0.03
`.matchAll(/(\p{Script=Han}+)([\d.]+)/gu),
].map(([, name = '', share = '0']) => [name, Number(share)])

const characters = (text: string): readonly string[] => [...text.replace(/\s/g, '')]

/** Characters of given names, those in frequent use first; a lower place is drawn less often. */
export const maleCharacters = characters(`伟强军勇杰涛明磊超刚平辉鹏华飞波斌鑫浩宇健俊峰志文建国海林东
  龙凯亮成新永祥洋博翔晨昊泽轩睿豪旭阳少云庆福根生荣贵金木水土山川江河松柏春夏秋冬光忠义仁礼信德才学诚卫民族兴
  振家立业守正清廉康宁安乐景瑞琪玮炜伦仑铭鸣茗骏竣钧君均坤昆琨锟达世继承启奇齐岐征政铮增泉权全铨尧耀曜跃岳越
  嘉佳加子梓紫若楠男南枫锋丰沣烨晔业帆凡范恒衡桓航杭彦雁燕晓笑啸霄`)
export const femaleCharacters = characters(`芳娟敏静丽艳娜霞燕玲梅莉婷红雪英慧玉秀兰萍琴珍云洁琳颖倩欣怡
  佳雯蕾薇莹瑶璐梦涵思雨诗梓萱子晴语嫣若汐美凤花香菊桂春夏秋冬月华荣爱珠银素贞淑惠芬芝翠巧珊姗珂可柯露璐鹭
  媛圆园缘源宁凝柠苗淼妙娇姣皎晓笑筱小文雯纹闻彤桐童瞳丹单蓉容溶榕青清卿倾菁晶京竞静婧靖依伊怡宜仪逸艺
  岚澜兰蓝琪淇绮祺馨欣心昕忻薪悦月玥越钥嘉佳加家楠南男冰兵滨`)

/** Places of an invented prefecture: code of the county (GB/T 2260 form), its name, its townships. */
export const places: readonly { code: string; name: string; towns: readonly string[] }[] = [
  {
    code: '990102',
    name: '通济市东湖区',
    towns: ['百花洲街道', '滕王路街道', '扬子洲镇', '贤士街道', '公园路街道'],
  },
  {
    code: '990103',
    name: '通济市西河区',
    towns: ['南浦街道', '朝阳洲街道', '桃苑街道', '系马桩街道', '广润门街道'],
  },
  {
    code: '990121',
    name: '通济市青云县',
    towns: ['莲塘镇', '向塘镇', '三江镇', '塘南镇', '幽兰镇', '蒋巷镇'],
  },
  {
    code: '990122',
    name: '通济市望城县',
    towns: ['长陵镇', '溪霞镇', '樵舍镇', '乐化镇', '松湖镇', '石岗镇'],
  },
  { code: '990181', name: '清江市', towns: ['樟树街道', '临江镇', '永泰镇', '黄土岗镇', '经楼镇', '昌傅镇'] },
]

export const streets: readonly string[] =
  `人民路 解放路 中山路 建设路 文化路 和平路 青年路 胜利路 新华路 团结路 光明路 民生路 站前路
  北京路 上海路 南昌路 环城路 滨江路 湖滨路 学府路 工业路 园林路 朝阳路 红旗路 东风路 迎宾路 丰收路 幸福路 健康路 桂花巷 石榴巷 井冈山大道 八一大道`.split(
    /\s+/,
  )
export const estates: readonly string[] =
  `阳光花园 金色家园 翠湖小区 丽景苑 御景湾 紫荆花园 世纪新城 锦绣江南 幸福小区 梅园 桃源居 恒大绿洲 香樟园 明珠花园 和谐家园
  城南小区 新村 教师公寓 机关宿舍 纺织厂宿舍`.split(/\s+/)
