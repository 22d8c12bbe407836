import { allianceApi } from '@tongmai/api/network/alliance'
import { gridApi } from '@tongmai/api/network/grid'
import { institutionApi } from '@tongmai/api/network/institution'
import { call } from '../../kernel/call.ts'
import type { Choice } from '../../ui/picker.tsx'

/** Institutions by Chinese, pinyin, initials or code, for a `Picker`. */
export async function findInstitutionChoices(text: string): Promise<Choice[]> {
  const { items } = await call(institutionApi.listInstitutions, { query: { q: text, limit: 20 } })
  return items.map(({ id, name, code }) => ({ value: id, label: name, detail: code }))
}

/** Members of one alliance by Chinese, pinyin, initials or code, for a `Picker`. */
export const findMemberChoices =
  (allianceId: string) =>
  async (text: string): Promise<Choice[]> => {
    const { items } = await call(institutionApi.listInstitutions, {
      query: { q: text, allianceId, limit: 50 },
    })
    return items.map(({ id, shortName, code }) => ({ value: id, label: shortName, detail: code }))
  }

/** The open departments of one institution. */
export async function listDepartmentChoices(institutionId: string): Promise<Choice[]> {
  const { items } = await call(institutionApi.listDepartments, { query: { institutionId, limit: 200 } })
  return items.map(({ id, name, code }) => ({ value: id, label: name, detail: code }))
}

/** Alliances whose name contains the text. */
export async function findAllianceChoices(text: string): Promise<Choice[]> {
  const { items } = await call(allianceApi.listAlliances, { query: { limit: 200 } })
  return items
    .filter(({ name }) => name.includes(text))
    .map(({ id, shortName }) => ({ value: id, label: shortName }))
}

/** Divisions of the region's districts and units whose name or code contains the text. */
export async function findDivisionChoices(text: string): Promise<Choice[]> {
  const levels = ['county', 'township'] as const
  const pages = await Promise.all(
    levels.map((level) => call(gridApi.listDivisions, { query: { level, limit: 200 } })),
  )
  return pages
    .flatMap((page) => page.items)
    .filter(({ name, code }) => name.includes(text) || code.startsWith(text))
    .map(({ code, name }) => ({ value: code, label: name, detail: code }))
}
