// The lifelong record 档案 as a clinician reads it: what is known of a resident, from wherever it came.
// Words: a fact (记录) is one FHIR resource read as a line; a trend (趋势) is one measurement over time; provenance
// (来源) is who recorded it, when, in which version; an import (导入) brings a foreign record in; a finding (待改) is
// what a rule of data quality says is to be mended.
// Invariants: nothing is read without a lawful basis, and each reading is logged; no fact loses its source or its
// earlier versions; an import run twice adds nothing; a Chinese name never hides the source's own words.
import { recordApi } from '@tongmai/api/record'
import { system } from '../../kernel/actor.ts'
import { type Module, serve } from '../../kernel/module.ts'
import { resourceEvents } from '../../kernel/resource/events.ts'
import { followStored, registerOwner } from '../../kernel/resource/owner.ts'
import { registerSource } from '../resident/index.ts'
import { documents, setFiles } from './actions/document.ts'
import { testsOf } from './actions/judging.ts'
import { quality } from './actions/quality.ts'
import { reading } from './actions/read.ts'
import { listOwners } from './actions/show-lists.ts'
import { demo } from './demo/index.ts'
import { checkBinary, checkDocument, maybeXml } from './index/document.ts'
import { openForEncounter } from './index/encounter.ts'
import { jobs } from './jobs.ts'

export { resourceEvents as recordEvents } from '../../kernel/resource/events.ts'
export { listTaken } from './actions/read.ts'
export { sexMap, showLists } from './actions/show-lists.ts'
export { showR4 } from './actions/show-r4.ts'
export type { Listed } from './code-list.ts'
export { type Code, type CodeTable, findCodes, narrowed } from './code-table.ts'
export { doubtOf, factOf } from './fact.ts'
export { importBundle, type Progress, problemOf } from './index/import.ts'
export { findR4Concepts, findR4Set, findR4System, heldSystems } from './index/r4-terms.ts'
export { findListed, pinyinOf, tableFrom, tableOf } from './index/shipped.ts'
export { labelOf } from './label.ts'
export type { TakenMedicine } from './taken-medicine.ts'

// An encounter's grant runs out by date; as long as it runs, the encounter is its reason.
registerSource('encounter', async (_ctx, sources) => new Set(sources))
for (const owner of listOwners) registerOwner(owner)
followStored('Encounter', { follow: openForEncounter })
followStored('DocumentReference', { follow: checkDocument })
followStored('DiagnosticReport', {
  follow: checkDocument,
  wants: (report) => report.presentedForm !== undefined,
})
followStored('Binary', { follow: checkBinary, wants: maybeXml })

/** The record of a resident, and how foreign records come in. */
export const record: Module = {
  name: 'record',
  ...serve(recordApi, { ...reading, ...documents, ...quality }),
  events: resourceEvents,
  routes: (_app, world) => setFiles(world.dataDir),
  jobs,
  warm: (world) => world.read(system(null), testsOf),
  demo,
}
