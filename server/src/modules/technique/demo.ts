import type { Specialty } from '@tongmai/api/network/institution'
import type { TechniqueKind, TechniqueLevel } from '@tongmai/api/technique'
import type { Ctx } from '../../kernel/ctx.ts'
import { dayAfter, dayOf } from '../../kernel/day.ts'
import { demoId } from '../../kernel/demo.ts'
import type { World } from '../../kernel/world.ts'
import { demoStaff } from '../workforce/index.ts'
import * as masteries from './store/mastery.ts'
import * as techniques from './store/technique.ts'

type Line = readonly [
  code: string,
  name: string,
  aliases: string,
  what: `${Specialty}.${TechniqueKind}.${TechniqueLevel}`,
  masters: string,
]

/**
 * code · name · other names · specialty.kind.level · where it is mastered: institution/department, with `@user` for
 * one practitioner only and `-` where it ended. The lead signed for all; what is done where is invented.
 */
const lines: readonly Line[] = [
  [
    'ECG12',
    '十二导联心电图',
    '心电图 ECG',
    'cardiology.examination.appropriate',
    'LEAD/CARD GERI/CARD QPH/CARD CHC01/GENM CHC02/GENM CHC05/GENM TS01/GENM',
  ],
  [
    'HOLTER',
    '24 小时动态心电图',
    'Holter 动态心电',
    'cardiology.examination.general',
    'LEAD/CARD GERI/CARD QPH/CARD CHC01/GENM',
  ],
  [
    'ABPM',
    '24 小时动态血压监测',
    '动态血压',
    'cardiology.examination.appropriate',
    'LEAD/CARD GERI/CARD CHC01/GENM@gp01 CHC03/GENM',
  ],
  ['ECHO', '超声心动图', '心脏彩超 心超', 'cardiology.examination.general', 'LEAD/CARD QPH/CARD GERI/CARD'],
  [
    'PCI',
    '经皮冠状动脉介入治疗',
    '冠脉支架 心脏支架',
    'cardiology.procedure.general',
    'LEAD/CARD@cardio01 LEAD/CARD@cardio02',
  ],
  ['ABLATE', '心律失常射频消融术', '射频消融', 'cardiology.procedure.general', 'LEAD/CARD@cardio01'],
  ['THROMB', '急性脑梗死静脉溶栓', '脑卒中溶栓 溶栓', 'neurology.treatment.general', 'LEAD/NEUR QPH/NEUR'],
  ['EVT', '急性脑梗死机械取栓', '取栓', 'neurology.procedure.general', 'LEAD/NEUR@neuro01'],
  ['EEG', '脑电图', '', 'neurology.examination.general', 'LEAD/NEUR'],
  [
    'SPIRO',
    '肺功能检查',
    '肺功能',
    'respiratory.examination.appropriate',
    'LEAD/RESP QPH/RESP CHC01/GENM CHC04/GENM-',
  ],
  ['BRONCH', '支气管镜检查', '气管镜', 'respiratory.examination.general', 'LEAD/RESP'],
  ['GASTRO', '胃镜检查', '胃镜', 'gastroenterology.examination.general', 'LEAD/GAST'],
  ['COLON', '结肠镜检查', '肠镜', 'gastroenterology.examination.general', 'LEAD/GAST'],
  [
    'HBA1C',
    '糖化血红蛋白测定',
    '糖化',
    'laboratory.test.appropriate',
    'LEAD/LABO GERI/LABO QPH/LABO CHC01/LABO CHC02/LABO CHC06/LABO',
  ],
  ['PUMP', '胰岛素泵治疗', '胰岛素泵', 'endocrinology.treatment.general', 'LEAD/ENDO QPH/ENDO'],
  [
    'FOOT',
    '糖尿病足换药与减压',
    '糖足换药',
    'endocrinology.treatment.appropriate',
    'LEAD/ENDO CHC01/GENM CHC08/GENM',
  ],
  ['HD', '血液透析', '血透', 'nephrology.treatment.general', 'LEAD/NEPH'],
  [
    'PICC',
    'PICC 置管与维护',
    '经外周中心静脉置管',
    'oncology.treatment.appropriate',
    'LEAD/ONCO CHC01/GENM CHC07/GENM',
  ],
  [
    'REHAB',
    '脑卒中后肢体功能康复',
    '卒中康复 偏瘫康复',
    'rehabilitation.treatment.appropriate',
    'LEAD/REHA GERI/REHA REHA/REHA QPH/REHA CHC01/REHA CHC05/REHA',
  ],
  [
    'SWALLOW',
    '吞咽功能评定与训练',
    '吞咽训练',
    'rehabilitation.treatment.appropriate',
    'LEAD/REHA REHA/REHA',
  ],
  [
    'ACUP',
    '针刺治疗',
    '针灸',
    'chineseMedicine.treatment.appropriate',
    'LEAD/CHIN GERI/CHIN CHC01/CHIN CHC02/CHIN CHC03/CHIN TS01/CHIN TS02/CHIN',
  ],
  ['NEEDLE', '小针刀治疗', '针刀', 'chineseMedicine.treatment.appropriate', 'LEAD/CHIN CHC05/CHIN'],
  [
    'ARTHRO',
    '人工膝关节置换术',
    '膝关节置换',
    'orthopaedics.procedure.general',
    'LEAD/ORTH@ortho01 QPH/ORTH',
  ],
  ['CT', 'CT 检查', 'CT 平扫', 'imaging.examination.general', 'LEAD/IMAG QPH/IMAG GERI/IMAG REHA/IMAG'],
  ['MRI', '磁共振检查', 'MRI 核磁', 'imaging.examination.general', 'LEAD/IMAG'],
  ['ALLOTX', '同种异体造血干细胞移植', '骨髓移植', 'haematology.treatment.restricted', ''],
]

const SIGNER = 'office01'

async function layTechnique(ctx: Ctx, [code, name, aliases, what]: Line): Promise<string> {
  const [specialty, kind, level] = what.split('.') as [Specialty, TechniqueKind, TechniqueLevel]
  const id = demoId('technique', code)
  const facts = {
    code,
    name,
    aliases: aliases.split(' ').filter(Boolean),
    specialty,
    kind,
    level,
    note: null,
  }
  await techniques.add(ctx, { id, ...facts })
  return id
}

/** Signed off in the last three years, most for five years. */
async function layMastery(ctx: Ctx, techniqueId: string, place: string): Promise<void> {
  const ended = place.endsWith('-')
  const [where = '', username] = place.replace(/-$/, '').split('@')
  const [site = ''] = where.split('/')
  const spread = ([...where].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) * 7) % 900
  const since = dayAfter(dayOf(ctx.now), -30 - spread)
  const id = demoId('technique', `${techniqueId} ${place}`)
  await masteries.add(ctx, {
    id,
    techniqueId,
    institutionId: demoId('network', site),
    departmentId: demoId('network', where),
    practitionerId: demoStaff.find((one) => one.username === username)?.practitionerId ?? null,
    since,
    until: site === 'LEAD' ? null : dayAfter(since, 5 * 365),
    filing: null,
    evidenceHash: null,
    evidenceName: null,
    teacherId: demoId('network', 'LEAD'),
    signerName: demoStaff.find((one) => one.username === SIGNER)?.name ?? SIGNER,
  })
  if (ended) await masteries.move(ctx, id, { state: 'withdrawn', reason: '肺功能仪停用，质控未通过' })
}

/** A technique's id is `demoId('technique', 'ECG12')`; some communities are signed off for something, most for nothing. */
export const demo = (world: World): Promise<void> =>
  world.asSystem(null, async (ctx) => {
    for (const line of lines) {
      const id = await layTechnique(ctx, line)
      for (const place of line[4].split(' ').filter(Boolean)) await layMastery(ctx, id, place)
    }
  })
