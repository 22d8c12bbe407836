import { type Actor, nobody } from '../../../kernel/actor.ts'
import { demoId } from '../../../kernel/demo.ts'
import { seal } from '../../../kernel/secret.ts'
import type { World } from '../../../kernel/world.ts'
import { stampOf } from '../hl7-answer.ts'
import { encoded } from '../hl7-text.ts'
import { receive } from '../index/receive.ts'
import * as destinations from '../store/destination.ts'
import * as messages from '../store/message.ts'
import * as partners from '../store/partner.ts'

const HOUR_MS = 3_600_000
const FACILITY = 'YZ-LEAD'

const patient = 'PID|1||20260117^^^HIS^MR||韩^春晖||19580614|F|||云泽市镜湖路 18 号||13900017017'
const stay = (began: string, number: string) =>
  `PV1|1|I|心内科^12^3||||||||||||||||${number}|||||||||||||||||||||||||${began}`

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
    message(1, 'ADT^A01^ADT_A01', 'HIS', [`EVN||${at(5)}`, patient, stay(at(5), 'ZY20261101')]),
    message(2, 'ORU^R01^ORU_R01', 'LIS', [patient, ...result]),
    message(3, 'ORU^R01^ORU_R01', 'LIS', result),
    message(4, 'ADT^A01^ADT_A01', 'HIS', [
      `EVN||${at(2)}`,
      'PID|1||20260118^^^HIS^MR||||1947-3-2|M',
      stay(at(2), 'ZY20261102'),
    ]),
  ]
}

/** What its HIS was told of referrals: one taken, one refused, one that waits because nobody answers there. */
async function layTold(world: World, institutionId: string, partnerId: string): Promise<void> {
  await world.asSystem(null, async (ctx) => {
    const at = (hours: number) => new Date(ctx.now.getTime() - hours * HOUR_MS)
    await destinations.put(ctx, {
      ...{ institutionId, partnerId, road: 'mllp', address: '127.0.0.1:9', secured: false, authority: null },
      ...{
        authorizationSealed: null,
        charset: 'gb18030',
        timeoutSeconds: 20,
        since: ctx.now,
        arrivedAt: at(3),
      },
      ...{
        tries: 7,
        failingSince: at(2),
        problem: 'interop.receiver-away',
        nextTryAt: at(-1),
        heldUntil: null,
      },
    })
    const told = [
      { n: 1, kind: 'REF^I12', state: 'done' as const, sentAt: at(5), code: 'AA' },
      { n: 2, kind: 'REF^I13', state: 'failed' as const, sentAt: at(3), code: 'AE' },
      { n: 3, kind: 'REF^I14', state: 'waiting' as const, sentAt: at(2), code: null },
    ]
    for (const one of told) await messages.add(ctx, toldRow({ institutionId, partnerId, ...one }))
  })
}

interface Told {
  readonly institutionId: string
  readonly partnerId: string
  readonly n: number
  readonly kind: string
  readonly state: 'done' | 'failed' | 'waiting'
  readonly sentAt: Date
  readonly code: string | null
}

function toldRow({ institutionId, partnerId, n, kind, state, sentAt, code }: Told): messages.MessageRow {
  const controlId = `DEMO-OUT-${n}`
  const type = kind.replace(/\^(I\d+)/, '^$1^REF_I12')
  const text = [
    `MSH|^~\\&|TONGMAI|ALLIANCE|HIS|${FACILITY}|${stampOf(sentAt)}||${type}|${controlId}|P|2.5.1||||||GB 18030-2000`,
    `RF1|${kind === 'REF^I14' ? '' : 'P'}|R|up^上转^99TONGMAI|||ZZ2026-DEMO-${n}^TONGMAI`,
    'PRD|RP|||CHC01^^^CHC01^^^^^镜湖社区卫生服务中心',
    patient,
    '',
  ].join('\r')
  const answer = `MSH|^~\\&|HIS|${FACILITY}|TONGMAI|ALLIANCE|${stampOf(sentAt)}||ACK|A${n}|P|2.5.1\rMSA|${code}|${controlId}\r`
  const sealed = (said: string) => seal(encoded(said, 'gb18030').toString('base64'))
  const isFailed = state === 'failed'
  return {
    ...{
      institutionId,
      id: demoId('interop', `told ${n}`),
      direction: 'out',
      road: 'mllp',
      clientId: 'demo-his',
    },
    ...{ partnerId, kind, application: 'HIS', facility: FACILITY, controlId, state, charset: 'gb18030' },
    ...{ rawSealed: sealed(text), digest: `demo:${n}`, answerSealed: code ? sealed(answer) : null },
    ...{ problemCode: isFailed ? 'interop.partner-error' : null, problemPlace: isFailed ? 'PID-3' : null },
    ...{
      problemText: isFailed ? '病案号不在本院' : null,
      residentId: null,
      made: [],
      mendsId: null,
      note: null,
    },
    ...{ tries: code ? 1 : 7, at: sentAt, doneAt: state === 'done' ? sentAt : null },
  }
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
  await layTold(world, institutionId, id)
}
