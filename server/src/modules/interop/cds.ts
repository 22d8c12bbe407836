import {
  type FoundResult,
  type ItemResults,
  type RefusalReason,
  reorderReasons,
} from '@tongmai/api/recognition/order'
import { dayOf } from '../../kernel/day.ts'
import { prefetch } from './cds-prefetch.ts'

/** A code as the other system sends it. */
export interface Coding {
  readonly system?: string | undefined
  readonly code?: string | undefined
}

/** A draft order of another system that means an item of the catalogue. */
export interface DraftOrder {
  /** `ServiceRequest/…`, as the other system calls it. */
  readonly reference: string
  readonly codings: readonly Coding[]
}

export const SOURCE = { label: '同脉检查检验互认' }
export const REASON_SYSTEM = 'urn:tongmai:recognition-refusal'

const isReason = (code: unknown): code is RefusalReason =>
  typeof code === 'string' && Object.hasOwn(reorderReasons, code)

/** Why a card was not followed, as feedback says it. */
export interface Override {
  readonly reason?: { readonly code?: string | undefined; readonly display?: string | undefined } | undefined
  readonly userComment?: string | undefined
}

/** The reason that feedback gives; what is none of the six is another one, in its own words. Null where it gives none. */
export function reasonOf({
  reason,
  userComment,
}: Override): { reason: RefusalReason; text: string | null } | null {
  if (!reason && !userComment) return null
  const known = isReason(reason?.code) ? reason.code : 'other'
  const said = isReason(reason?.code) ? undefined : reason?.display
  const text = [said, userComment].filter(Boolean).join('；').slice(0, 300)
  return { reason: known, text: text || null }
}

/** The services of CDS Hooks 2.0 that are offered. They read the record here; prefetch tells what only the other system knows. */
export const services = [
  {
    hook: 'order-select',
    id: 'recognition-order-select',
    title: '检查检验互认（选择医嘱时）',
    description: '所选检查检验在有效期内已有可互认的结果时，先给出结果',
    prefetch,
  },
  {
    hook: 'order-sign',
    id: 'recognition-order-sign',
    title: '检查检验互认（签署医嘱时）',
    description: '签署前提示有效期内可互认的结果；仍开单的，请选择六类理由之一',
    prefetch,
  },
] as const
export type Service = (typeof services)[number]

const day = (at: Date | null): string => (at === null ? '' : dayOf(at))
const marks = { national: '全国HR', province: '省HR', city: '市HR', alliance: '联盟互认' } as const

const lineOf = (one: FoundResult): string =>
  [
    `- **${one.value}** ${one.institutionName} ${day(one.at)}`,
    one.mark ? marks[one.mark] : '本院',
    one.quality ? `${one.quality.body} ${one.quality.year} 年质评合格` : '',
  ]
    .filter(Boolean)
    .join(' · ')

const SUMMARY_MAX = 139

/** One card: what was found, taking the order back as the suggestion, the six reasons, the way to look closer. */
export function cardOf(
  service: Service,
  offered: { id: string; item: ItemResults; best: FoundResult },
  where: { references: readonly string[]; url: string; suggestionId: string },
) {
  const { id, item, best } = offered
  const summary = `${item.name}：${best.institutionName} ${day(best.at)} 已有可互认结果 ${best.value}`
  return {
    uuid: id,
    summary: summary.slice(0, SUMMARY_MAX),
    detail: item.usable.map(lineOf).join('\n'),
    indicator: service.hook === 'order-sign' ? 'warning' : 'info',
    source: SOURCE,
    selectionBehavior: 'at-most-one',
    suggestions: [
      {
        label: `采纳${best.institutionName}的结果，不再开单`,
        uuid: where.suggestionId,
        isRecommended: true,
        actions: where.references.map((reference) => ({
          type: 'delete',
          description: `撤下${item.name}`,
          resourceId: reference,
        })),
      },
    ],
    overrideReasons: Object.entries(reorderReasons).map(([code, display]) => ({
      system: REASON_SYSTEM,
      code,
      display,
    })),
    links: [{ label: '在同脉查看并登记', url: where.url, type: 'absolute' }],
  }
}
