import type { InstitutionKind, Specialty, Tier } from '@tongmai/api/network/institution'

/** One institution of the demonstration region. */
export interface Site {
  readonly code: string
  readonly name: string
  readonly shortName: string
  readonly kind: InstitutionKind
  readonly tier: Tier | null
  readonly grade?: 'gradeA' | 'gradeB'
  readonly division: string
  readonly departments: readonly DepartmentCode[]
}

const named = {
  CARD: ['心血管内科', 'cardiology'],
  NEUR: ['神经内科', 'neurology'],
  RESP: ['呼吸内科', 'respiratory'],
  GAST: ['消化内科', 'gastroenterology'],
  ENDO: ['内分泌科', 'endocrinology'],
  NEPH: ['肾内科', 'nephrology'],
  GERI: ['老年病科', 'geriatrics'],
  ONCO: ['肿瘤科', 'oncology'],
  SURG: ['普通外科', 'generalSurgery'],
  NSUR: ['神经外科', 'neurosurgery'],
  ORTH: ['骨科', 'orthopaedics'],
  CSUR: ['心脏大血管外科', 'cardiacSurgery'],
  OBGY: ['妇产科', 'obstetricsGynaecology'],
  PAED: ['儿科', 'paediatrics'],
  EMER: ['急诊医学科', 'emergency'],
  ICUN: ['重症医学科', 'criticalCare'],
  REHA: ['康复医学科', 'rehabilitation'],
  CHIN: ['中医科', 'chineseMedicine'],
  GENM: ['全科医疗科', 'generalPractice'],
  PREV: ['预防保健科', 'preventiveCare'],
  INTM: ['内科', 'internalMedicine'],
  IMAG: ['医学影像科', 'imaging'],
  LABO: ['医学检验科', 'laboratory'],
  PATH: ['病理科', 'pathology'],
  PHAR: ['药学部', 'pharmacy'],
  REFO: ['转诊办', 'referralOffice'],
  ALLI: ['医联体办公室', 'allianceOffice'],
  ADMI: ['行政办公室', 'administration'],
} as const satisfies Record<string, readonly [string, Specialty]>
export type DepartmentCode = keyof typeof named
export const departmentNames: Readonly<Record<DepartmentCode, readonly [string, Specialty]>> = named

const all = Object.keys(named) as DepartmentCode[]
const secondary: DepartmentCode[] = [
  ...([
    'CARD',
    'NEUR',
    'RESP',
    'ENDO',
    'SURG',
    'ORTH',
    'OBGY',
    'PAED',
    'EMER',
    'REHA',
    'CHIN',
    'GENM',
  ] as const),
  ...(['IMAG', 'LABO', 'PHAR', 'REFO', 'ALLI', 'ADMI'] as const),
]
const geriatric: DepartmentCode[] = [
  'GERI',
  'CARD',
  'NEUR',
  'REHA',
  'CHIN',
  'GENM',
  'IMAG',
  'LABO',
  'PHAR',
  'REFO',
  'ALLI',
  'ADMI',
]
const centre: DepartmentCode[] = ['GENM', 'CHIN', 'PREV', 'REHA', 'LABO', 'PHAR', 'REFO', 'ADMI']
const township: DepartmentCode[] = ['GENM', 'INTM', 'CHIN', 'PREV', 'LABO', 'REFO', 'ADMI']
const clinic: DepartmentCode[] = ['GENM', 'PREV']
const nursing: DepartmentCode[] = ['REHA', 'GERI', 'GENM', 'REFO', 'ADMI']

const community = (number: number, name: string, division: string): Site => ({
  code: `CHC${String(number).padStart(2, '0')}`,
  name: `云泽市${name}社区卫生服务中心`,
  shortName: `${name}社区`,
  kind: 'communityCentre',
  tier: 'primary',
  division,
  departments: centre,
})

const rural = (code: string, name: string, shortName: string, division: string): Site => ({
  code,
  name: `青屏县${name}`,
  shortName,
  kind: code.startsWith('TS') ? 'townshipCentre' : 'villageClinic',
  tier: 'primary',
  division,
  departments: code.startsWith('TS') ? township : clinic,
})

const hospital = (site: Omit<Site, 'tier' | 'kind'> & { tier: Tier }): Site => ({
  kind: 'generalHospital',
  ...site,
})

/** All institutions of the demonstration region: names and codes are invented. */
export const sites: readonly Site[] = [
  hospital({
    code: 'LEAD',
    name: '云泽市第一人民医院',
    shortName: '市一院',
    tier: 'tertiary',
    grade: 'gradeA',
    division: '990102001',
    departments: all,
  }),
  {
    code: 'GERI',
    name: '云泽市第一人民医院老年病分院',
    shortName: '老年病分院',
    kind: 'branchHospital',
    tier: 'secondary',
    grade: 'gradeA',
    division: '990105003',
    departments: geriatric,
  },
  {
    code: 'REHA',
    name: '云泽市康复医院',
    shortName: '市康复医院',
    kind: 'rehabHospital',
    tier: 'secondary',
    grade: 'gradeB',
    division: '990104002',
    departments: [...nursing, 'ORTH', 'NEUR', 'IMAG', 'LABO', 'ALLI'],
  },
  {
    code: 'NURS',
    name: '云泽市松鹤护理院',
    shortName: '松鹤护理院',
    kind: 'nursingHome',
    tier: null,
    division: '990105005',
    departments: nursing,
  },
  community(1, '鼓楼', '990102001'),
  community(2, '云津桥', '990102002'),
  community(3, '东门', '990102003'),
  community(4, '泽南', '990103001'),
  community(5, '荷塘', '990103002'),
  community(6, '柳岸', '990103004'),
  community(7, '鹤汀', '990104001'),
  community(8, '科苑', '990104004'),
  community(9, '松岭', '990105001'),
  community(10, '梅坞', '990105002'),
  {
    code: 'QPH',
    name: '青屏县人民医院',
    shortName: '青屏县医院',
    kind: 'countyHospital',
    tier: 'secondary',
    grade: 'gradeA',
    division: '990121100',
    departments: secondary,
  },
  rural('TS01', '石泉镇中心卫生院', '石泉卫生院', '990121101'),
  rural('TS02', '高桥镇卫生院', '高桥卫生院', '990121102'),
  rural('TS03', '云门乡卫生院', '云门卫生院', '990121200'),
  rural('TS04', '竹溪乡卫生院', '竹溪卫生院', '990121201'),
  rural('VC01', '石泉镇上湾村卫生室', '上湾村卫生室', '990121101202'),
  rural('VC02', '石泉镇下湾村卫生室', '下湾村卫生室', '990121101203'),
  rural('VC03', '高桥镇塘头村卫生室', '塘头村卫生室', '990121102202'),
  rural('VC04', '云门乡茶山村卫生室', '茶山村卫生室', '990121200202'),
  rural('VC05', '竹溪乡梨树沟村卫生室', '梨树沟村卫生室', '990121201202'),
  rural('VC06', '古渡乡望江村卫生室', '望江村卫生室', '990121202203'),
  hospital({
    code: 'SPA1',
    name: '临澜市中心医院',
    shortName: '临澜中心医院',
    tier: 'tertiary',
    grade: 'gradeA',
    division: '990200',
    departments: secondary,
  }),
  hospital({
    code: 'SPA2',
    name: '望川市人民医院',
    shortName: '望川市医院',
    tier: 'tertiary',
    grade: 'gradeB',
    division: '990300',
    departments: secondary,
  }),
  hospital({
    code: 'SPA3',
    name: '江源市第一医院',
    shortName: '江源一院',
    tier: 'secondary',
    grade: 'gradeA',
    division: '990400',
    departments: secondary,
  }),
  hospital({
    code: 'TEL1',
    name: '朔北市人民医院',
    shortName: '朔北市医院',
    tier: 'tertiary',
    grade: 'gradeB',
    division: '980100',
    departments: secondary,
  }),
  {
    code: 'TEL2',
    name: '沙岭县人民医院',
    shortName: '沙岭县医院',
    kind: 'countyHospital',
    tier: 'secondary',
    grade: 'gradeB',
    division: '980221',
    departments: secondary,
  },
  {
    code: 'HCOM',
    name: '云泽市卫生健康委员会',
    shortName: '市卫健委',
    kind: 'healthAuthority',
    tier: null,
    division: '990102004',
    departments: ['ADMI'],
  },
]

/** Places outside the region have a point on the map, but no shape under it. */
export const farAway: Readonly<Record<string, { longitude: number; latitude: number }>> = {
  990200: { longitude: 123.42, latitude: 30.91 },
  990300: { longitude: 125.31, latitude: 31.02 },
  990400: { longitude: 124.95, latitude: 29.71 },
  980100: { longitude: 122.8, latitude: 33.6 },
  980221: { longitude: 123.3, latitude: 34.1 },
}
