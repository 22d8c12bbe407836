import { batchSql } from './access-log.ts'
import type { Actor } from './actor.ts'
import { arrayText } from './array-text.ts'
import type { Ctx } from './ctx.ts'
import { OnDemand } from './on-demand.ts'
import { together } from './together.ts'

/** A select that many ask at the same moment; its own values are texts, lists of texts and times. */
export interface Asking {
  readonly name: string
  readonly text: string
  readonly values: readonly unknown[]
  /** How many values, from the first on, are the same for whoever asks this as the same actor, but for the time. */
  readonly common: number
  /**
   * Where what is found is opened by that: a select from `found_ o`, the rows, of lines of the access log, resident_id, at
   * (`$2`), basis, thing and request_id; it is given how the request is said.
   */
  readonly opens?: ((request: string) => string) | undefined
}

/** Rows, and whether their opening is in the access log already. */
export interface Gathered<R> {
  readonly rows: R[]
  readonly isLogged: boolean
}

interface Waiting {
  readonly ctx: Ctx
  readonly client: OnDemand
  readonly asking: Asking
}

/** What PostgreSQL does not take in the form for many. */
const alone = new Set<string>()

const typeOf = (value: unknown): string | undefined => {
  if (typeof value === 'string') return 'text'
  if (value instanceof Date) return 'timestamptz'
  return Array.isArray(value) && value.every((one) => typeof one === 'string') ? 'text[]' : undefined
}

/**
 * Rows of a select within a read. What one actor asks in several requests at the same moment runs as one statement for
 * all of them, which also logs what it opens: each gets its own rows, by the same law as by itself.
 */
export async function gathered<R extends object>(ctx: Ctx, asking: Asking): Promise<Gathered<R>> {
  const { client, actor } = ctx
  // Who holds a connection waits for nobody: those they waited for might wait for theirs.
  const isFree = client instanceof OnDemand && !client.isTaken && !alone.has(asking.name)
  if (!isFree || !asking.values.slice(asking.common).every(typeOf))
    return { rows: (await client.query<R>(queryOf(asking))).rows, isLogged: false }
  return (await rowsFor(actor, keyOf(asking), { ctx, client, asking })) as Gathered<R>
}

const queryOf = ({ name, text, values }: Asking) => ({ name, text, values: [...values] })

const formNameOf = ({ name, opens }: Pick<Asking, 'name' | 'opens'>) => `${name}${opens ? '*' : '+'}`

/** Times differ by what passes between two requests; everything else that is common is the same. */
const keyOf = ({ name, values, common, opens }: Asking): string =>
  `${formNameOf({ name, opens })} ${values
    .slice(0, common)
    .map((value) => (value instanceof Date ? '' : String(value)))
    .join(' ')}`

const rowsFor = together<Waiting, Gathered<object>>({
  // One round computes in the database while the next gathers here; a slow one does not hold up what is quick.
  patienceMs: 1,
  one: async (actor, one) => {
    const { client, asking } = one
    if (asking.opens && !alone.has(asking.name)) return (await askForAll(actor, [one]))[0] as Gathered<object>
    return { rows: (await client.queryAs<object>(actor, queryOf(asking))).rows, isLogged: false }
  },
  all: async (actor, taken) => {
    try {
      return await askForAll(actor, taken)
    } catch (error) {
      if (isForm(error)) alone.add((taken[0] as Waiting).asking.name)
      throw error
    }
  },
})

/** No such operator for these types, or a type that cannot be told. */
const isForm = (error: unknown): boolean =>
  ['42883', '42804', '42P18'].includes((error as { code?: string }).code ?? '')

const forms = new Map<string, string>()

/** The same select once for each who asks, the nth under `asker_` n. */
function formFor({ name, text, values, common, opens }: Asking): string {
  const formName = formNameOf({ name, opens })
  const known = forms.get(formName)
  if (known) return known
  const types = values.slice(common).map((value) => typeOf(value) ?? 'text')
  const inner = text.replace(/\$(\d+)/g, (whole, digits: string) => {
    const n = Number(digits) - common
    if (n < 1) return whole
    return types[n - 1] === 'text[]' ? `asked_.p${n}::text[]` : `asked_.p${n}`
  })
  const found = `select asked_.asker_, x.* from ${listed(common, types)} cross join lateral (${inner}) x`
  const next = common + types.length + 2
  const form = opens
    ? `with found_ as materialized (${found}), opened_ as (${opens(`($${next}::text[])[o.asker_ + 1]`)}),
        ${batchSql([1, 2, 3, 4].map((n) => `$${next + n}`))} select * from found_`
    : found
  forms.set(formName, form)
  return form
}

/**
 * The askers as a table. Behind a select the lists look alike to the planner whatever their length, so that it plans the
 * statement once.
 */
function listed(common: number, types: readonly string[]): string {
  const list = (n: number, type: string) => `(select $${common + n}::${type}[])`
  const lists = types.map((type, n) => list(n + 2, type === 'timestamptz' ? type : 'text'))
  const columns = types.map((_, n) => `p${n + 1}`)
  return `unnest(${[list(1, 'int'), ...lists].join(', ')}) asked_ (${['asker_', ...columns].join(', ')})`
}

async function askForAll(actor: Actor, taken: readonly Waiting[]): Promise<Gathered<object>[]> {
  const { client } = taken[0] as Waiting
  const last = (taken.at(-1) as Waiting).asking
  const { common, opens } = last
  const lists = last.values
    .slice(common)
    .map((_, n) => arrayText(taken.map(({ asking }) => textOf(asking.values[common + n]))))
  const { rows } = await client.queryAs<{ asker_: number }>(actor, {
    name: formNameOf(last),
    text: formFor(last),
    values: [
      ...last.values.slice(0, common),
      numbersBelow(taken.length),
      ...lists,
      ...(opens ? loggedFor(actor, taken) : []),
    ],
  })
  const each = taken.map((): Gathered<object> => ({ rows: [], isLogged: opens !== undefined }))
  for (const row of rows) each[row.asker_]?.rows.push(row)
  return each
}

const loggedFor = (actor: Actor, taken: readonly Waiting[]): unknown[] => [
  arrayText(taken.map(({ ctx }) => ctx.requestId)),
  actor.kind,
  actor.id,
  actor.practitionerId,
  actor.institutionId,
]

const numbers: string[] = []

/** The numbers from 0 as PostgreSQL writes an array. */
const numbersBelow = (count: number): string =>
  (numbers[count] ??= `{${Array.from({ length: count }, (_, n) => n).join(',')}}`)

/** An array cannot hold arrays of other lengths: it holds their text. */
function textOf(value: unknown): string {
  if (value instanceof Date) return value.toISOString()
  return Array.isArray(value) ? arrayText(value) : String(value)
}
