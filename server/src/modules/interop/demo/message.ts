import { type Actor, nobody } from '../../../kernel/actor.ts'
import { demoId } from '../../../kernel/demo.ts'
import type { World } from '../../../kernel/world.ts'
import { stampOf } from '../hl7-answer.ts'
import { receive } from '../index/receive.ts'
import * as partners from '../store/partner.ts'

const HOUR_MS = 3_600_000
const FACILITY = 'YZ-LEAD'

const patient = 'PID|1||20260117^^^HIS^MR||韩^春晖||19580614|F|||云泽市镜湖路 18 号||13900017017'
const stay = (began: string) =>
  `PV1|1|I|心内科^12^3||||||||||||||||ZY20261101|||||||||||||||||||||||||${began}`

/** An admission, a result, a result of nobody and an admission without a name: two done, two in error. */
function messagesOf(now: Date): string[] {
  const at = (hours: number) => stampOf(new Date(now.getTime() - hours * HOUR_MS))
  const message = (n: number, kind: string, application: string, segments: readonly string[]) =>
    [
      `MSH|^~\\&|${application}|${FACILITY}|TONGMAI|ALLIANCE|${at(6 - n)}||${kind}|DEMO-000${n}|P|2.5.1||||||UNICODE UTF-8`,
      ...segments,
      '',
    ].join('\r')
  const result = [
    `OBR|1||LAB-7001|2823-3^血钾^LN|||${at(5)}`,
    `OBX|1|NM|2823-3^血钾^LN||4.2|mmol/L|3.5-5.3|N|||F|||${at(4)}`,
  ]
  return [
    message(1, 'ADT^A01^ADT_A01', 'HIS', [`EVN||${at(5)}`, patient, stay(at(5))]),
    message(2, 'ORU^R01^ORU_R01', 'LIS', [patient, ...result]),
    message(3, 'ORU^R01^ORU_R01', 'LIS', result),
    message(4, 'ADT^A01^ADT_A01', 'HIS', [
      `EVN||${at(2)}`,
      'PID|1||20260118^^^HIS^MR||||1947-3-2|M',
      stay(at(2)),
    ]),
  ]
}

/** The HIS and LIS of the lead hospital as one registered sender, and what they sent lately. */
export async function layMessages(world: World): Promise<void> {
  const institutionId = demoId('network', 'LEAD')
  const id = demoId('interop', 'partner')
  const clientId = 'demo-his'
  const now = await world.asSystem(null, async (ctx) => {
    const partner = { name: '第一人民医院 HIS 与 LIS', facility: FACILITY, application: '', clientId }
    await partners.add(ctx, { ...partner, institutionId, id, charset: null, addedAt: ctx.now })
    return ctx.now
  })
  const actor: Actor = { ...nobody, kind: 'client', id: clientId, institutionId }
  for (const text of messagesOf(now))
    await receive(world, { actor, bytes: Buffer.from(text), road: 'mllp', partnerId: id })
}
