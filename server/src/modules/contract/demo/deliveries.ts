import { dayOf } from '../../../kernel/day.ts'
import { demoRandom } from '../../../kernel/demo.ts'
import type { Delivered, Laid } from '../store/lay.ts'

const SEED = 20_260_401
const notes = [
  '血压平稳,按时服药,嘱低盐饮食',
  '一般情况好,无不适,更新健康档案',
  '血糖控制尚可,建议增加步行',
  '上门查看,居家环境安全,无压疮',
  '电话问候,已提醒下次复诊时间',
]

/** What became of the services of the demonstration region: most that came due were done, some refused, some are late. */
export function demoDeliveries(laid: readonly Laid[], now: Date): Delivered[] {
  const random = demoRandom(SEED)
  const today = dayOf(now)
  const neglected = new Set([...new Set(laid.map((one) => one.contractId))].filter(() => random() < 0.08))
  return laid.flatMap((one, n): Delivered[] => {
    const draw = random()
    const share = random()
    const from = Date.parse(`${one.dueFrom}T01:00:00Z`)
    const until = Math.min(Date.parse(`${one.dueOn}T09:00:00Z`), now.getTime() - 3_600_000)
    if (until <= from || neglected.has(one.contractId)) return []
    const late = today > one.dueOn
    if (draw > (late ? 0.86 : 0.35)) return []
    const at = new Date(from + share * (until - from))
    const base = {
      residentId: one.residentId,
      contractId: one.contractId,
      id: one.id,
      at,
      by: one.assigneeId,
    }
    if (draw < 0.03) return [{ ...base, status: 'refused', note: '居民表示近期不方便', proof: null }]
    const note = notes[n % notes.length] ?? ''
    const measurements = one.evidence.includes('measurement')
      ? [
          { name: '收缩压', value: 112 + Math.floor(share * 46), unit: 'mmHg' },
          { name: '舒张压', value: 66 + Math.floor(draw * 30), unit: 'mmHg' },
        ]
      : []
    const place = one.evidence.includes('placeAndTime')
      ? { latitude: 30.2 + share / 20, longitude: 124.1 + draw / 20 }
      : null
    const proof = { at: at.toISOString(), note, measurements, photos: [], signature: null, place }
    return [{ ...base, status: 'done', note, proof }]
  })
}
