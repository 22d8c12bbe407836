import { institutionApi } from '@tongmai/api/network/institution'
import { workforceApi } from '@tongmai/api/workforce'
import { call } from '../../kernel/call.ts'
import type { Choice } from '../../ui/picker.tsx'
import { listDepartmentChoices } from '../network/index.ts'

const NEW = 'outside:'
/** Whether it is a name that somebody typed and nobody has entered yet. */
export const isUnnamed = ({ value }: Choice): boolean => value.startsWith(NEW)

/**
 * Institutions by Chinese, pinyin, initials or code, first the members, then those we only know by name; last what was
 * typed, where no institution is called so: it can be entered as one outside.
 */
export async function findReceivers(text: string): Promise<readonly Choice[]> {
  const ask = (external: boolean) =>
    call(institutionApi.listInstitutions, { query: { q: text, limit: 20, external } })
  const [members, outside] = await Promise.all([ask(false), ask(true)])
  const typed = text.trim()
  const known = [...members.items, ...outside.items].some((one) => [one.name, one.shortName].includes(typed))
  const fresh = typed.length >= 4 && !known
  return [
    ...members.items.map(({ id, name, code }) => ({ value: id, label: name, detail: code })),
    ...outside.items.map(({ id, name }) => ({ value: id, label: name, detail: '网外机构' })),
    ...(fresh ? [{ value: `${NEW}${typed}`, label: typed, detail: '按此名称登记为网外机构' }] : []),
  ]
}

/** The departments of one institution whose name contains the text. */
export const findDepartments =
  (institutionId: string | undefined) =>
  async (text: string): Promise<readonly Choice[]> => {
    if (!institutionId) return []
    const all = await listDepartmentChoices(institutionId)
    return all.filter(({ label }) => label.includes(text))
  }

/** The physicians who practise at one institution, by name. */
export const findDoctors =
  (institutionId: string | undefined) =>
  async (text: string): Promise<readonly Choice[]> => {
    if (!institutionId) return []
    const name = text.trim() ? { name: text.trim() } : {}
    const query = { institutionId, kind: 'physician' as const, limit: 100, ...name }
    const { items } = await call(workforceApi.listStaff, { query })
    return items.map((one) => ({ value: one.id, label: one.name, detail: one.department ?? '' }))
  }
