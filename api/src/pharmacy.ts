import * as z from 'zod/mini'
import { type Api, byId, id, moment, page, paging } from './kernel.ts'
import { medicineFacts, medicineImport, medicineLine, stockState } from './pharmacy/medicine.ts'
import { pharmacyMineApi } from './pharmacy/mine.ts'
import { shortageApi } from './pharmacy/shortage.ts'

const instead = z.array(z.object({ drugId: id, name: z.string() }))
/** 衔接率: what both hold ÷ what the higher hospital holds, of medicines for chronic disease. */
export const alignment = z.object({
  both: z.number(),
  higher: z.number(),
  /** Null where the higher hospital's formulary is not known. */
  rate: z.nullable(z.number()),
  /** What the community lacks, and what it has of the same category. */
  gap: z.array(z.extend(medicineLine, { alternatives: instead })),
})
export type Alignment = z.output<typeof alignment>

/** Whether an institution has a medicine that somebody wrote down, and what it has of the same category instead. */
export const availability = z.object({
  /** As it was asked for. */
  name: z.string(),
  available: z.boolean(),
  /** Held, to be ordered, or not held; null where nobody has confirmed it, or the formulary does not know it. */
  state: z.nullable(stockState),
  /** The medicine of the formulary that is meant; null where it is in no formulary. */
  drugId: z.nullable(id),
  confirmedAt: z.nullable(moment),
  alternatives: instead,
})
export type Availability = z.output<typeof availability>

const csv = z.object({ csv: z.string().check(z.minLength(1), z.maxLength(2_000_000)), dryRun: z.boolean() })
const version = z.number().check(z.int(), z.minimum(1))

/** The alliance's formulary, what each member holds of it, and what is wanting. */
export const pharmacyApi = {
  listMedicines: {
    method: 'GET',
    path: '/medicines',
    summary: 'The formulary with its state at one institution, by Chinese, pinyin or initials',
    may: 'pharmacy.read',
    query: z.object({
      ...paging,
      q: z.optional(z.string().check(z.trim(), z.maxLength(40))),
      institutionId: id,
      state: z.optional(stockState),
      retired: z._default(z.stringbool(), false),
    }),
    returns: page(medicineLine),
  },
  addMedicine: {
    method: 'POST',
    path: '/medicines',
    summary: 'Enters a medicine into the formulary of the alliance; its codes must be whole',
    may: 'pharmacy.formulary',
    body: medicineFacts,
    returns: medicineLine,
  },
  changeMedicine: {
    method: 'POST',
    path: '/medicines/:id/change',
    summary: 'Changes category, chronic use and codes of a medicine, or takes it out of the formulary',
    may: 'pharmacy.formulary',
    params: byId,
    body: z.extend(medicineFacts, { retired: z._default(z.boolean(), false), version }),
    returns: medicineLine,
  },
  importMedicines: {
    method: 'POST',
    path: '/medicines/import',
    summary: 'Takes the formulary from CSV: 通用名,剂型,规格,类别,慢病,本位码,医保代码',
    may: 'pharmacy.formulary',
    body: csv,
    returns: medicineImport,
  },
  importStock: {
    method: 'POST',
    path: '/medicine-stock/import',
    summary: "Takes one's own institution's stock from CSV: 通用名,剂型,规格,状态",
    may: 'pharmacy.stock',
    body: csv,
    returns: medicineImport,
  },
  readAlignment: {
    method: 'GET',
    path: '/formulary-alignment',
    summary: 'What a higher hospital holds for chronic disease and a community lacks, with the rate',
    may: 'pharmacy.read',
    query: z.object({ communityId: id, higherId: id }),
    returns: alignment,
  },
  readAvailability: {
    method: 'GET',
    path: '/medicine-availability',
    summary: 'Whether an institution has these medicines, one name a line, and what it has instead.',
    may: 'pharmacy.read',
    query: z.object({ institutionId: id, names: z.string().check(z.maxLength(4000)) }),
    returns: z.array(availability),
  },
  confirmStock: {
    method: 'POST',
    path: '/medicine-stock',
    summary: "Confirms the state of a medicine at one's own institution",
    may: 'pharmacy.stock',
    body: z.object({ medicineId: id, state: stockState }),
    returns: z.object({ medicineId: id, state: stockState }),
  },
  ...shortageApi,
  ...pharmacyMineApi,
} as const satisfies Api
