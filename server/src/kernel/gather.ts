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
}

interface Waiting {
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
 * all of them: each gets its own rows, by the same law as by itself.
 */
export async function gathered<R extends object>(ctx: Ctx, asking: Asking): Promise<R[]> {
  const { client, actor } = ctx
  // Who holds a connection waits for nobody: those they waited for might wait for theirs.
  const isFree = client instanceof OnDemand && !client.isTaken && !alone.has(asking.name)
  if (!isFree || !asking.values.slice(asking.common).every(typeOf))
    return (await client.query<R>(queryOf(asking))).rows
  return (await rowsFor(actor, keyOf(asking), { client, asking })) as R[]
}

const queryOf = ({ name, text, values }: Asking) => ({ name, text, values: [...values] })

/** Times differ by what passes between two requests; everything else that is common is the same. */
const keyOf = ({ name, values, common }: Asking): string =>
  `${name} ${values
    .slice(0, common)
    .map((value) => (value instanceof Date ? '' : String(value)))
    .join(' ')}`

const rowsFor = together<Waiting, object[]>({
  one: async (actor, { client, asking }) => (await client.queryAs<object>(actor, queryOf(asking))).rows,
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
function formFor({ name, text, values, common }: Asking): string {
  const known = forms.get(name)
  if (known) return known
  const types = values.slice(common).map(typeOf)
  const inner = text.replace(/\$(\d+)/g, (whole, digits: string) => {
    const n = Number(digits) - common
    if (n < 1) return whole
    return types[n - 1] === 'text[]' ? `asked_.p${n}::text[]` : `asked_.p${n}`
  })
  // Behind a select the lists look alike to the planner whatever their length, so that it plans the statement once.
  const list = (n: number, type: string) => `(select $${common + n}::${type}[])`
  const lists = types.map((type, n) => list(n + 2, type === 'timestamptz' ? type : 'text'))
  const columns = types.map((_, n) => `p${n + 1}`)
  const form = `select asked_.asker_, x.* from unnest(${[list(1, 'int'), ...lists].join(', ')})
    asked_ (${['asker_', ...columns].join(', ')}) cross join lateral (${inner}) x`
  forms.set(name, form)
  return form
}

async function askForAll(actor: Actor, taken: readonly Waiting[]): Promise<object[][]> {
  const { client } = taken[0] as Waiting
  const last = (taken.at(-1) as Waiting).asking
  const { name, common } = last
  const lists = last.values
    .slice(common)
    .map((_, n) => taken.map(({ asking }) => textOf(asking.values[common + n])))
  const { rows } = await client.queryAs<{ asker_: number }>(actor, {
    name: `${name}+`,
    text: formFor(last),
    values: [...last.values.slice(0, common), taken.map((_, n) => n), ...lists],
  })
  const each: object[][] = taken.map(() => [])
  for (const row of rows) each[row.asker_]?.push(row)
  return each
}

const textOf = (value: unknown): unknown => (Array.isArray(value) ? arrayText(value) : value)
