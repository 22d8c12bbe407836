import type { Role } from '@tongmai/api/identity/role'
import type { PracticeScope, PractitionerKind, Sex, Title } from '@tongmai/api/workforce/practitioner'
import { demoId } from '../../../kernel/demo.ts'

/** Everybody's password in the demonstration region. */
export const DEMO_PASSWORD = 'Tongmai-2026'

/** One member of staff of the demonstration region. */
export interface DemoStaff {
  /** The user name, by which the browser tests sign in. */
  readonly username: string
  readonly name: string
  readonly sex: Sex
  /** Code of the institution, and of the department there. */
  readonly institution: string
  readonly department: string
  readonly kind: PractitionerKind | null
  readonly title: Title
  readonly scope: PracticeScope | null
  readonly roles: readonly Role[]
  /** The practitioner's id; null for offices without one. */
  readonly practitionerId: string | null
  readonly accountId: string
}

type Line = readonly [username: string, name: string, place: string, what: string, role: string]

const man: Sex = 'male'
const woman: Sex = 'female'

/** user name · name (♀ where a woman) · institution/department · kind.title.scope · roles. */
const lines: readonly Line[] = [
  // The journey: who signs in during the demonstration and the browser tests.
  ['gp01', '王海棠♀', 'CHC01/GENM', 'physician.attending.generalPractice', 'gp'],
  ['nurse01', '周小满♀', 'CHC01/GENM', 'nurse.none.nursing', 'nurse'],
  ['clerk01', '吴敏♀', 'LEAD/REFO', 'nurse.attending.nursing', 'referral-clerk'],
  ['cardio01', '陈立衡', 'LEAD/CARD', 'physician.chief.internalMedicine', 'specialist'],
  ['head01', '宋明远', 'LEAD/REFO', 'physician.chief.internalMedicine', 'office-head'],
  ['duty01', '卢建国', 'LEAD/ADMI', 'physician.associateChief.surgery', 'duty-officer'],
  ['office01', '沈青禾♀', 'LEAD/ALLI', '', 'alliance-office'],
  ['admin01', '蔡文', 'LEAD/ADMI', '', 'admin'],
  ['it01', '江一帆', 'LEAD/ADMI', '', 'it'],
  ['hc01', '何卫民', 'HCOM/ADMI', '', 'health-commission'],
  ['gp02', '李春生', 'CHC02/GENM', 'physician.attending.generalPractice', 'gp'],
  // 市一院
  ['cardio02', '方海宁', 'LEAD/CARD', 'physician.associateChief.internalMedicine', 'specialist'],
  ['cardio03', '叶知秋♀', 'LEAD/CARD', 'physician.attending.internalMedicine', 'specialist'],
  ['endo01', '许若兰♀', 'LEAD/ENDO', 'physician.chief.internalMedicine', 'specialist'],
  ['neuro01', '顾青山', 'LEAD/NEUR', 'physician.chief.internalMedicine', 'specialist'],
  ['resp01', '罗雁秋♀', 'LEAD/RESP', 'physician.associateChief.internalMedicine', 'specialist'],
  ['ortho01', '石磊', 'LEAD/ORTH', 'physician.associateChief.surgery', 'specialist'],
  ['gastro01', '唐婉♀', 'LEAD/GAST', 'physician.associateChief.internalMedicine', 'specialist'],
  ['nephro01', '韩松', 'LEAD/NEPH', 'physician.chief.internalMedicine', 'specialist'],
  ['rehab01', '苗晓♀', 'LEAD/REHA', 'physician.attending.rehabilitation', 'specialist'],
  ['onco01', '魏清', 'LEAD/ONCO', 'physician.chief.internalMedicine', 'specialist'],
  ['paed01', '丁一诺♀', 'LEAD/PAED', 'physician.associateChief.paediatrics', 'specialist'],
  ['geri01', '白露♀', 'LEAD/GERI', 'physician.associateChief.internalMedicine', 'specialist'],
  ['obgy01', '冯雨♀', 'LEAD/OBGY', 'physician.chief.obstetrics', 'specialist'],
  ['tcm01', '杜若♀', 'LEAD/CHIN', 'physician.chief.traditionalMedicine', 'specialist'],
  ['surg01', '彭岳', 'LEAD/SURG', 'physician.chief.surgery', 'specialist'],
  ['emer01', '贺征', 'LEAD/EMER', 'physician.associateChief.emergency', 'specialist'],
  ['imag01', '俞静♀', 'LEAD/IMAG', 'physician.associateChief.imaging', 'specialist'],
  ['lab01', '章简♀', 'LEAD/LABO', 'technician.attending.laboratory', 'quality-control'],
  ['path01', '严冬', 'LEAD/PATH', 'physician.attending.pathology', 'specialist'],
  ['pharm01', '姜黄♀', 'LEAD/PHAR', 'pharmacist.associateChief.pharmacy', 'pharmacist'],
  ['nurse02', '夏荷♀', 'LEAD/CARD', 'nurse.attending.nursing', 'nurse'],
  ['clerk02', '邹平', 'LEAD/REFO', 'nurse.none.nursing', 'referral-clerk'],
  ['duty02', '尹航', 'LEAD/ADMI', 'physician.chief.internalMedicine', 'duty-officer'],
  // 老年病分院、康复医院、护理院
  ['geri02', '白松', 'GERI/GERI', 'physician.associateChief.internalMedicine', 'specialist'],
  ['clerk03', '柳叶♀', 'GERI/REFO', 'nurse.none.nursing', 'referral-clerk'],
  ['head02', '梁秋实', 'GERI/REFO', 'physician.chief.internalMedicine', 'office-head duty-officer'],
  ['rehab02', '康健', 'REHA/REHA', 'physician.associateChief.rehabilitation', 'specialist'],
  ['clerk04', '万青♀', 'REHA/REFO', 'nurse.none.nursing', 'referral-clerk office-head'],
  ['nurs01', '秦松龄', 'NURS/GENM', 'physician.attending.generalPractice', 'gp office-head'],
  // 社区卫生服务中心
  ['gp11', '孙立春', 'CHC01/GENM', 'physician.resident.generalPractice', 'gp'],
  [
    'head11',
    '田园',
    'CHC01/REFO',
    'physician.associateChief.generalPractice',
    'office-head referral-clerk duty-officer',
  ],
  ['admin11', '汪洋', 'CHC01/ADMI', '', 'admin'],
  ['nurse12', '邓雪♀', 'CHC02/GENM', 'nurse.none.nursing', 'nurse'],
  [
    'head12',
    '余晖',
    'CHC02/REFO',
    'physician.associateChief.generalPractice',
    'office-head referral-clerk duty-officer',
  ],
  ['gp03', '赵谷雨♀', 'CHC03/GENM', 'physician.attending.generalPractice', 'gp office-head referral-clerk'],
  ['gp04', '钱清明', 'CHC04/GENM', 'physician.attending.generalPractice', 'gp office-head referral-clerk'],
  ['gp05', '郑夏至', 'CHC05/GENM', 'physician.attending.generalPractice', 'gp office-head referral-clerk'],
  ['gp06', '冯秋分♀', 'CHC06/GENM', 'physician.attending.generalPractice', 'gp office-head referral-clerk'],
  ['gp07', '褚霜降', 'CHC07/GENM', 'physician.attending.generalPractice', 'gp office-head referral-clerk'],
  ['gp08', '卫立冬♀', 'CHC08/GENM', 'physician.attending.generalPractice', 'gp office-head referral-clerk'],
  ['gp09', '蒋小雪♀', 'CHC09/GENM', 'physician.attending.generalPractice', 'gp office-head referral-clerk'],
  ['gp10', '韩冬至', 'CHC10/GENM', 'physician.attending.generalPractice', 'gp office-head referral-clerk'],
  // 青屏县
  ['qp-card01', '毛远', 'QPH/CARD', 'physician.associateChief.internalMedicine', 'specialist'],
  ['qp-clerk01', '章静♀', 'QPH/REFO', 'nurse.none.nursing', 'referral-clerk'],
  ['qp-head01', '钟山', 'QPH/REFO', 'physician.chief.internalMedicine', 'office-head duty-officer'],
  ['qp-office01', '蒋宁♀', 'QPH/ALLI', '', 'alliance-office admin'],
  ['ts01', '毕伟', 'TS01/GENM', 'physician.attending.generalPractice', 'gp office-head referral-clerk'],
  ['ts02', '安然♀', 'TS02/GENM', 'physician.resident.generalPractice', 'gp office-head referral-clerk'],
  ['ts03', '常青', 'TS03/GENM', 'physician.attending.generalPractice', 'gp office-head referral-clerk'],
  ['ts04', '于归♀', 'TS04/GENM', 'physician.resident.generalPractice', 'gp office-head referral-clerk'],
  ['vc01', '山杏♀', 'VC01/GENM', 'assistant.none.generalPractice', 'gp'],
  ['vc03', '田埂', 'VC03/GENM', 'assistant.none.generalPractice', 'gp'],
  // 专科联盟与远程协作
  [
    'spa1',
    '岳临澜',
    'SPA1/CARD',
    'physician.chief.internalMedicine',
    'specialist office-head referral-clerk',
  ],
  [
    'spa2',
    '舒望川♀',
    'SPA2/CARD',
    'physician.associateChief.internalMedicine',
    'specialist office-head referral-clerk',
  ],
  [
    'tel1',
    '朔方',
    'TEL1/NEUR',
    'physician.associateChief.internalMedicine',
    'specialist office-head referral-clerk',
  ],
  // 转运调度与车组
  ['disp01', '关山月♀', 'LEAD/EMER', '', 'dispatcher'],
  ['crew01', '骆飞', 'LEAD/EMER', 'physician.attending.emergency', 'crew'],
  ['crew02', '路遥♀', 'LEAD/EMER', 'nurse.none.nursing', 'crew'],
  ['crew03', '程远', 'LEAD/EMER', 'physician.resident.emergency', 'crew'],
  ['qp-disp01', '江渡', 'QPH/EMER', '', 'dispatcher'],
  ['qp-crew01', '林越', 'QPH/EMER', 'physician.attending.emergency', 'crew'],
  ['qp-crew02', '方舟♀', 'QPH/EMER', 'nurse.none.nursing', 'crew'],
]

/** A village doctor is a physician with an assistant's licence. */
const kindOf = (word: string): PractitionerKind | null =>
  word === '' ? null : word === 'assistant' ? 'physician' : (word as PractitionerKind)

function staffOf([username, marked, place, what, roles]: Line): DemoStaff {
  const [institution = '', department = ''] = place.split('/')
  const [word = '', title = 'none', scope] = what.split('.')
  const kind = kindOf(word)
  return {
    username,
    name: marked.replace('♀', ''),
    sex: marked.endsWith('♀') ? woman : man,
    institution,
    department,
    kind,
    title: title as Title,
    scope: (scope as PracticeScope | undefined) ?? null,
    roles: roles.split(' ') as Role[],
    practitionerId: kind === null ? null : demoId('workforce', username),
    accountId: demoId('workforce', `account ${username}`),
  }
}

/** All staff of the demonstration region, those of the journey first. */
export const demoStaff: readonly DemoStaff[] = lines.map(staffOf)

/** Village doctors hold an assistant's licence. */
export const holdsAssistantLicence = ({ username }: DemoStaff): boolean => username.startsWith('vc')

/** One member of staff by user name. */
export function demoPerson(username: string): DemoStaff {
  const found = demoStaff.find((one) => one.username === username)
  if (!found) throw new Error(`nobody is called ${username}`)
  return found
}

/** How many of the first lines of `demoStaff` are the journey's: the ones that the start prints. */
export const JOURNEY_LENGTH = 11
