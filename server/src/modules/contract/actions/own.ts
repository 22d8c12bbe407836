import type { Ctx } from '../../../kernel/ctx.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { lastOf, type ResourceOwner, type Stored } from '../../../kernel/resource/owner.ts'
import { isOurs } from '../fhir.ts'
import { isBed } from '../fhir-bed.ts'
import { listAfter as listBedsAfter } from '../store/bed.ts'
import { listAfter } from '../store/contract.ts'
import { show } from './advance.ts'
import { showBed } from './bed-care.ts'

/** A contract is signed by the resident, with consent and packages; a FHIR write could not carry that. */
async function throughApi(): Promise<Stored> {
  return refuse('conflict', 'contract.write-through-api')
}

/** Projects the signed contracts anew, in id order. */
async function rebuild(ctx: Ctx, after: string | null, limit: number): Promise<string | null> {
  const rows = await listAfter(ctx, after, limit)
  for (const row of rows) await show(ctx, row)
  return lastOf(rows, limit)
}

/** Projects the beds at home that were opened anew, in id order. */
async function rebuildBeds(ctx: Ctx, after: string | null, limit: number): Promise<string | null> {
  const rows = await listBedsAfter(ctx, after, limit)
  for (const row of rows) await showBed(ctx, row)
  return lastOf(rows, limit)
}

const own = { owns: isOurs, models: ['identifier', 'status'], create: throughApi, change: throughApi }

/** Our Contracts, CareTeams, EpisodesOfCare and Coverages: read over FHIR, written by signing. One rebuild makes them all, another those of beds at home. */
export const owners: readonly ResourceOwner[] = [
  { type: 'Contract', ...own, rebuild: { name: 'contract.contract', edition: 1, run: rebuild } },
  { type: 'CareTeam', ...own },
  { type: 'EpisodeOfCare', ...own },
  { type: 'Coverage', ...own },
  {
    type: 'EpisodeOfCare',
    ...own,
    owns: isBed,
    rebuild: { name: 'contract.bed', edition: 1, run: rebuildBeds },
  },
  { type: 'CarePlan', ...own, owns: isBed },
]
