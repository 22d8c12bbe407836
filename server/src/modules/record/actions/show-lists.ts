import type { Ctx } from '../../../kernel/ctx.ts'
import { refuse } from '../../../kernel/refusal.ts'
import type { ResourceOwner } from '../../../kernel/resource/owner.ts'
import { project } from '../../../kernel/resource/project.ts'
import { codeSystemOf, SEX_MAP, type Shown, sexMapOf, valueSetOf } from '../fhir.ts'
import { allListed } from '../index/shipped.ts'

/** The ConceptMap between sex as China writes it and FHIR's gender. */
export function sexMap(): Shown {
  const sex = allListed.find(({ name }) => name === 'sex')
  if (!sex) throw new Error('the codes of sex are missing')
  return sexMapOf(sex)
}

/** Every code system that comes along, with its value set, as FHIR shows them. */
function shown(): readonly Shown[] {
  return [...allListed.flatMap((listed) => [codeSystemOf(listed), valueSetOf(listed)]), sexMap()]
}

/** Puts what comes along into the store, so that it is found as whatever else is; what has not changed makes no version. */
export async function showLists(ctx: Ctx): Promise<null> {
  for (const resource of shown()) await project(ctx, { resource })
  return null
}

const urls = new Set([...allListed.flatMap(({ url }) => [url, `${url}/vs`]), SEX_MAP])
const ours = () => refuse('forbidden', 'record.comes-with-the-product')

/** What comes along is read and searched, and changed by nobody. */
export const listOwners: readonly ResourceOwner[] = ['CodeSystem', 'ValueSet', 'ConceptMap'].map((type) => ({
  type,
  owns: ({ url }) => urls.has(String(url)),
  models: ['url', 'name', 'title', 'status', 'description', 'content', 'concept', 'compose', 'group'],
  create: ours,
  change: ours,
  ...(type === 'CodeSystem' ? { rebuild: { name: 'record.list', edition: 1, run: showLists } } : {}),
}))
