import type { contractBookApi } from '@tongmai/api/contract/book'
import type { Bytes } from '@tongmai/api/kernel'
import type { Ctx } from '../../../kernel/ctx.ts'
import { readBytes } from '../../../kernel/file.ts'
import type { Actions } from '../../../kernel/module.ts'
import { Refusal, refuse } from '../../../kernel/refusal.ts'
import { requireResident } from '../../resident/index.ts'
import { type Named, paperOf } from '../contract-paper.ts'
import { renderPaper } from '../paper.ts'
import { findConsent } from '../store/rule.ts'
import { findStory, type Told } from '../store/story.ts'
import { thingOf } from './advance.ts'

let dataDir = ''

/** Tells the document where the pictures of signatures lie; once, when the routes are mounted. */
export function setFiles(folder: string): void {
  dataDir = folder
}

/** Where files lie that a module's reader gives out. */
export const filesFolder = (): string => dataDir

/** In full where the viewer has a basis to open the record now, masked as in lists where it has ended. */
async function personOf(ctx: Ctx, { row, line }: Omit<Told, 'next'>): Promise<Named> {
  try {
    const person = await requireResident(ctx, row.residentId)
    return { name: person.name, idMasked: person.idMasked, phone: person.phoneMasked }
  } catch (error) {
    if (!(error instanceof Refusal) || error.kind !== 'missing') throw error
    return { name: line.resident.nameMasked, idMasked: line.resident.idMasked, phone: null }
  }
}

/** The contract on paper. A read has no transaction, so that drawing holds nobody's locks. */
export async function documentOf(ctx: Ctx, id: string): Promise<Bytes> {
  const told = await findStory(ctx, id)
  if (!told.row.signedAt) refuse('conflict', 'contract.not-signed-yet')
  const person = await personOf(ctx, told)
  const consent = await findConsent(ctx, { version: told.row.consentVersion })
  const hash = told.row.signature?.kind === 'drawn' ? told.row.signature.hash : null
  const picture = hash ? await readBytes(dataDir, hash) : null
  if (ctx.actor.kind !== 'resident') {
    ctx.opened({ residentId: told.row.residentId, basis: 'contract', thing: `${thingOf(id)}/document` })
  }
  const bytes = await renderPaper(paperOf(told, { person, consent, picture }))
  return { bytes, fileName: `${told.row.number}.pdf` }
}

export const printing: Pick<Actions<typeof contractBookApi>, 'document'> = {
  document: (ctx, { params }) => documentOf(ctx, params.id),
}
