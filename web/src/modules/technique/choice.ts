import { techniqueApi } from '@tongmai/api/technique'
import { workforceApi } from '@tongmai/api/workforce'
import { call } from '../../kernel/call.ts'
import type { Choice } from '../../ui/picker.tsx'

/** Techniques by Chinese, pinyin, initials or code, for a `Picker`. */
export async function findTechniqueChoices(text: string): Promise<Choice[]> {
  const { items } = await call(techniqueApi.listTechniques, { query: { q: text, limit: 20 } })
  return items.map(({ id, name, code }) => ({ value: id, label: name, detail: code }))
}

/** Who practises at one institution, by name. */
export const findPractitionerChoices =
  (institutionId: string | undefined) =>
  async (text: string): Promise<Choice[]> => {
    if (!institutionId) return []
    const name = text.trim() ? { name: text.trim() } : {}
    const { items } = await call(workforceApi.listStaff, { query: { institutionId, limit: 100, ...name } })
    return items.map((one) => ({ value: one.id, label: one.name, detail: one.department ?? '' }))
  }
