import type { ReadingKind } from '@tongmai/api/careplan/reading'
import { closeCase } from '../../../kernel/case.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { demoId, demoRandom } from '../../../kernel/demo.ts'
import { projectMany } from '../../../kernel/resource/project.ts'
import { hashToken } from '../../../kernel/secret.ts'
import { takeParcels } from '../actions/intake.ts'
import { toDevice } from '../fhir.ts'
import { answer, listOpen } from '../store/alert.ts'
import * as devices from '../store/device.ts'
import type { Past } from '../store/past.ts'
import { drawEcg } from './draw-ecg.ts'

const SEED = 20_261_126
const DAYS = 365
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

interface Model {
  readonly code: string
  readonly model: string
  readonly kinds: ReadingKind[]
}
const meter: Model = { code: 'XY', model: '上臂式血压计', kinds: ['bloodPressure'] }
const glucometer: Model = { code: 'XT', model: '血糖仪', kinds: ['glucose'] }
const watch: Model = { code: 'SH', model: '心电手环', kinds: ['heartRate', 'oxygen', 'steps', 'ecg'] }

const said = [
  { response: 'called', note: '已电话联系，嘱当日复测，明早来社区加药。' },
  { response: 'adjusted', note: '上门复测 168/96，氨氯地平加至 10 mg，三天后再看。' },
  { response: 'falseAlarm', note: '袖带松了，重测 132/80。' },
] as const

/**
 * Devices of the demonstration region: each fourth patient has measured every morning for a year, one community's first
 * patients wear watches; some readings were alarming, some of these alerts are answered. Each community has some in stock.
 */
export async function demoReadings(ctx: Ctx, past: readonly Past[]): Promise<void> {
  const random = demoRandom(SEED)
  const borrowers = past.filter((_, n) => n % 4 === 0)
  for (const [n, one] of borrowers.entries()) {
    const token = await lent(ctx, one, { n, ...(one.programme === 'hypertension' ? meter : glucometer) })
    await takeParcels(ctx, [{ token, readings: mornings(ctx, { one, n, random }) }])
    if (n % 6 === 0) await wear(ctx, one, { n, random })
    if (n % 9 === 0 || n % 9 === 4) continue
    for (const [m, alert] of (await listOpen(ctx, one.residentId)).entries()) {
      const { response, note } = said[(n + m) % said.length] ?? said[0]
      await answer(ctx, alert, { response, note, answeredBy: one.practitionerId })
      await closeCase(ctx, `alert:${alert.id}`)
    }
  }
  for (const institutionId of new Set(past.map((one) => one.institutionId)))
    for (const model of [meter, glucometer, watch]) {
      const n = 900 + (institutionId.charCodeAt(35) % 90)
      await stock(ctx, { institutionId, n, ...model })
    }
}

const tokenOf = (deviceId: string): string => `demo ${deviceId}`

type Numbered = Model & { readonly n: number }

const serialOf = ({ code, n }: Numbered): string => `${code}${String(n + 1).padStart(4, '0')}`

async function stock(ctx: Ctx, of: Numbered & { institutionId: string }): Promise<string> {
  const { model, kinds, institutionId } = of
  const serial = serialOf(of)
  const id = demoId('careplan', `device ${serial} ${institutionId}`)
  await devices.add(ctx, { institutionId, id, serial, model, kinds, tokenDigest: hashToken(tokenOf(id)) })
  return id
}

/** Lends one; answers its token. */
async function lent(ctx: Ctx, { residentId, institutionId, practitionerId }: Past, of: Numbered) {
  const deviceId = await stock(ctx, { ...of, institutionId })
  const since = new Date(ctx.now.getTime() - DAYS * DAY_MS)
  const agreement = '借用一年，每天早上测一次，损坏照价赔偿'
  await devices.lend(ctx, {
    ...{ deviceId, residentId, institutionId, practitionerId, since, agreement, signer: '本人' },
  })
  const serial = serialOf(of)
  const device = toDevice({ id: deviceId, serial, model: of.model, institutionId }, residentId)
  await projectMany(ctx, [{ resource: device, residentId, institutionId }])
  return tokenOf(deviceId)
}

/** A year of mornings: better in summer than in winter, as blood pressure is; every third patient's last is alarming. */
function mornings(ctx: Ctx, { one, n, random }: { one: Past; n: number; random: () => number }): object[] {
  return Array.from({ length: DAYS }, (_, day) => {
    const at = new Date(
      ctx.now.getTime() - (DAYS - 1 - day) * DAY_MS - (1 + random()) * HOUR_MS,
    ).toISOString()
    const winter = Math.cos(((day + 20) / 365) * 2 * Math.PI)
    const alarming = n % 3 === 0 && day === DAYS - 1
    const base = { seq: day + 1, at }
    if (one.programme !== 'hypertension') {
      const value = alarming ? 17.2 : Math.round((6.6 + winter * 0.5 + (random() - 0.5) * 2.4) * 10) / 10
      return { ...base, kind: 'glucose', value }
    }
    const value = alarming ? 184 + (n % 5) : Math.round(130 + winter * 7 + (random() - 0.5) * 20)
    return { ...base, kind: 'bloodPressure', value, value2: Math.round(value * 0.55 + 8 + random() * 8) }
  })
}

/** A watch: two weeks of the heart each hour, oxygen and steps, three strips. */
async function wear(ctx: Ctx, one: Past, { n, random }: { n: number; random: () => number }): Promise<void> {
  const token = await lent(ctx, one, { n, ...watch })
  const readings: object[] = []
  for (let hour = 14 * 24; hour > 0; hour--) {
    const at = new Date(ctx.now.getTime() - hour * HOUR_MS)
    const local = (at.getUTCHours() + 8) % 24
    const rate = Math.round((local >= 7 && local <= 22 ? 74 : 60) + (random() - 0.5) * 12)
    const values = {
      ...{ heartRate: rate, oxygen: Math.round(95 + random() * 4) },
      ...(local === 22 ? { steps: Math.round(3_000 + random() * 6_000) } : {}),
    }
    for (const [kind, value] of Object.entries(values))
      readings.push({ seq: readings.length, at: at.toISOString(), kind, value })
  }
  for (const [m, day] of [9, 4, 1].entries())
    readings.push({
      ...{ seq: readings.length, at: new Date(ctx.now.getTime() - day * DAY_MS).toISOString() },
      ...{ kind: 'ecg', hertz: 250 },
      samples: drawEcg({ seconds: 30, hertz: 250, perMinute: 66 + m * 6, random }),
    })
  await takeParcels(ctx, [{ token, readings }])
}
