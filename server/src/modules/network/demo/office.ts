/** Grid cells: all units of the region lie in one, but for 临湖街道, a gap that is there to be found. */
export const grids = [
  ['YJ', '云津网格', 'CITY', '#5B8FB9', ['990102']],
  ['ZN', '泽南网格', 'CITY', '#7FA87A', ['990103']],
  ['HT', '鹤汀网格', 'CITY', '#C9A45C', ['990104001', '990104002', '990104003', '990104004']],
  ['SL', '松岭网格', 'CITY', '#9B86B3', ['990105']],
  ['QP', '青屏网格', 'COUNTY', '#6FA3A0', ['990121']],
] as const

type Owed = readonly [
  title: string,
  code: string,
  department: string | null,
  person: string | null,
  due: number,
  done: string | null,
]
export const resolutions: readonly (readonly [
  string,
  string,
  string,
  string,
  readonly number[],
  number,
  readonly Owed[],
])[] = [
  [
    'CITY',
    '理事会〔2026〕第1号',
    '关于续签紧密合作协议的决议',
    '集团成员单位续签三年期紧密合作协议，统一双向转诊流程与号源下沉比例。',
    [12, 0, 0],
    -310,
    [
      ['完成续签文本会签', 'LEAD', 'ALLI', '周明远', -295, '十二家单位全部签署，原件存档'],
      ['下沉三成专家号源至社区', 'LEAD', 'REFO', '沈佳', -200, '号源平台已开放，占比 32%'],
    ],
  ],
  [
    'CITY',
    '理事会〔2026〕第3号',
    '关于包片到科到人的决议',
    '临床科室分片联系社区卫生服务中心，每个工作日至少一名专家在社区出诊。',
    [11, 0, 1],
    -150,
    [
      ['公布包片名单', 'LEAD', 'ALLI', '周明远', -135, '名单已在各中心公示'],
      ['提供社区出诊诊室', 'CHC01', 'ADMI', '黎静', 9, null],
      ['提供社区出诊诊室', 'CHC07', 'ADMI', '贺蕾', 9, null],
    ],
  ],
  [
    'CITY',
    '理事会〔2026〕第5号',
    '关于临湖街道网格归属的决议',
    '临湖街道尚未划入任何网格，由集团办公室会同卫健委提出归属方案。',
    [10, 1, 1],
    -25,
    [['提出临湖街道网格归属方案', 'LEAD', 'ALLI', '周明远', 21, null]],
  ],
  [
    'COUNTY',
    '管委会〔2025〕第2号',
    '关于县乡村药品目录统一的决议',
    '县乡村三级统一用药目录，慢病用药在村卫生室可及。',
    [11, 0, 0],
    -240,
    [
      ['发布统一目录', 'QPH', 'PHAR', '蒋宁', -210, '目录 612 个品规已发布'],
      ['村卫生室备齐慢病药品', 'TS01', 'ADMI', '毕伟', 15, null],
    ],
  ],
]

/** 包片: department of the lead, person, centre. */
export const areas: readonly (readonly [department: string, person: string, centre: string])[] = [
  ['CARD', '陈立衡', 'CHC01'],
  ['ENDO', '许若兰', 'CHC01'],
  ['NEUR', '顾青山', 'CHC02'],
  ['RESP', '罗雁秋', 'CHC02'],
  ['CARD', '方海宁', 'CHC03'],
  ['ORTH', '石磊', 'CHC03'],
  ['GAST', '唐婉', 'CHC04'],
  ['ENDO', '许若兰', 'CHC04'],
  ['NEPH', '韩松', 'CHC05'],
  ['CARD', '陈立衡', 'CHC05'],
  ['REHA', '苗晓', 'CHC06'],
  ['NEUR', '顾青山', 'CHC06'],
  ['ONCO', '魏清', 'CHC07'],
  ['CARD', '方海宁', 'CHC07'],
  ['RESP', '罗雁秋', 'CHC08'],
  ['PAED', '丁一诺', 'CHC08'],
  ['GERI', '白露', 'CHC09'],
  ['ORTH', '石磊', 'CHC09'],
  ['OBGY', '冯雨', 'CHC10'],
  ['CHIN', '杜若', 'CHC10'],
]
