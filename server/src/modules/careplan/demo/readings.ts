import type { Ctx } from '../../../kernel/ctx.ts'
import { demoId, demoRandom } from '../../../kernel/demo.ts'
import { hashToken } from '../../../kernel/secret.ts'
import { keepReadings } from '../actions/intake.ts'
import type { Reading } from '../check-reading.ts'
import * as devices from '../store/device.ts'
import type { Past } from '../store/past.ts'

const SEED = 20_261_126
const DAYS = 60
const DAY_MS = 86_400_000

/** Blood pressure meters of the demonstration region: each fourth patient has one and two months of mornings; one is alarming. */
export async function demoReadings(ctx: Ctx, past: readonly Past[]): Promise<void> {
  const random = demoRandom(SEED)
  const borrowers = past.filter((one, n) => one.programme === 'hypertension' && n % 4 === 0)
  for (const [n, one] of borrowers.entries()) {
    const { residentId, institutionId, practitionerId } = one
    const deviceId = demoId('careplan', `device ${n}`)
    const serial = `XY${String(n + 1).padStart(4, '0')}`
    await devices.add(ctx, {
      ...{ institutionId, id: deviceId, serial, model: '上臂式血压计', kinds: ['bloodPressure'] },
      tokenDigest: hashToken(`demo ${serial}`),
    })
    const since = new Date(ctx.now.getTime() - DAYS * DAY_MS)
    const agreement = '借用半年，每天早上测一次'
    await devices.lend(ctx, { deviceId, residentId, institutionId, practitionerId, since, agreement })
    const readings: Reading[] = Array.from({ length: DAYS }, (_, day) => ({
      ...{ seq: day + 1, at: new Date(since.getTime() + (day + 1) * DAY_MS - 3_600_000) },
      ...{ kind: 'bloodPressure' as const, value2: Math.round(74 + random() * 14) },
      value: n % 9 === 0 && day === DAYS - 1 ? 186 : Math.round(118 + random() * 26),
    }))
    await keepReadings(ctx, [{ of: { residentId, deviceId, institutionId, practitionerId }, readings }])
  }
}
