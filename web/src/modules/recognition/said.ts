import type { ItemResults, Line, RefusalReason } from '@tongmai/api/recognition/order'

/** What the doctor has said about one item so far. */
export interface Said {
  readonly accept?: string
  readonly reason?: RefusalReason
  readonly text?: string
  readonly told?: boolean
}

/** Names one result among others. */
export const keyOf = ({ type, id }: { type: string; id: string }) => `${type}/${id}`

/** The line to send; undefined while it is not decided. */
export function lineOf(found: ItemResults, said: Said = {}): Line | undefined {
  const { itemId, usable } = found
  if (usable.length === 0) return { itemId, outcome: 'ordered' }
  const chosen = usable.find((one) => keyOf(one) === said.accept)
  if (chosen) {
    const { type, id, hash } = chosen
    return { itemId, outcome: 'recognised', result: { type, id, hash } }
  }
  const { reason, text, told } = said
  if (!reason || told === undefined || (reason === 'other' && !text?.trim())) return undefined
  return { itemId, outcome: 'reordered', reason, text: text?.trim() || null, told }
}
