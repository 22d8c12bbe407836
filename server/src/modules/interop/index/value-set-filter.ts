import type { Ctx } from '../../../kernel/ctx.ts'
import { refuse } from '../../../kernel/refusal.ts'
import type { Node } from '../../../kernel/resource/node.ts'
import type { Json } from '../../../kernel/resource/owner.ts'
import type { CodeTable } from '../../record/index.ts'
import type { Concepts, Fits } from '../concept.ts'

/** One `filter` of what a value set includes, and of what it is asked. */
interface Asked {
  readonly system: string
  readonly property: string
  readonly op: string
  readonly value: string
}

const words = (value: Json): string => (typeof value === 'string' ? value : '')

const refused = (asked: Asked, problem: string): never =>
  refuse('unprocessable', 'interop.value-set-not-understood', {
    fields: [
      {
        path: 'ValueSet.compose.include.filter',
        problem: `${asked.property} ${asked.op} ${asked.value} of ${asked.system}: ${problem}`,
      },
    ],
  })

const LONGEST = 500
/** How often a part may be repeated by numbers, all of them multiplied: the database writes each repetition out. */
const REPEATED = 400
/** No expression, too complex, out of memory, out of time. */
const unanswered = new Set(['2201B', '54000', '54001', 'XX000', '53200', '57014'])

function isTaken(expression: string): boolean {
  const bounds = [...expression.matchAll(/\{(\d+)(?:,(\d*))?\}/g)].map(([, least, most]) =>
    Number(most || least),
  )
  const repeated = bounds.reduce((all, one) => all * Math.max(one, 1), 1)
  return expression.length <= LONGEST && repeated <= REPEATED && !/\\[1-9]/.test(expression)
}

/**
 * Those of some texts that are wholly as a regular expression says. The database compares them, which takes a time that
 * grows with their length only, whatever the expression; it knows no back references.
 */
async function matching(ctx: Ctx, asked: Asked, texts: ReadonlySet<string>): Promise<ReadonlySet<string>> {
  if (!isTaken(asked.value)) return refused(asked, 'is no expression that is taken')
  const text = 'select v from unnest($1::text[]) v where v collate "C" ~ $2'
  try {
    const values = [[...texts], `^(?:${asked.value})$`]
    const { rows } = await ctx.client.query<{ v: string }>({ text, values })
    return new Set(rows.map(({ v }) => v))
  } catch (error) {
    if (unanswered.has((error as { code?: string }).code ?? ''))
      return refused(asked, 'is no regular expression that can be answered')
    throw error
  }
}

type Op = (ctx: Ctx, asked: Asked, held: { concepts: Concepts; table: CodeTable }) => Promise<Fits> | Fits

/** By where a code lies in the hierarchy. */
const placed =
  (fits: (asked: Asked, concepts: Concepts) => Fits | undefined): Op =>
  (_ctx, asked, { concepts }) => {
    if (asked.property !== 'concept' && asked.property !== 'code')
      return refused(asked, 'is asked of concept')
    return fits(asked, concepts) ?? refused(asked, 'no hierarchy is held that has this code')
  }

function valuesIn(asked: Asked, { concepts, table }: { concepts: Concepts; table: CodeTable }) {
  const { property } = asked
  if (property === 'code' || property === 'concept') return (code: string) => [code]
  if (property === 'display') return (code: string) => [table.byCode.get(code)?.display ?? '']
  return concepts.valuesOf(property) ?? refused(asked, 'the code system has no such property')
}

/** By one of the values of a property. */
const having =
  (fits: (asked: Asked) => (value: string) => boolean, isAny = true): Op =>
  (_ctx, asked, held) => {
    const [values, test] = [valuesIn(asked, held), fits(asked)]
    return (code) => values(code).some(test) === isAny
  }

const among = ({ value }: Asked) => {
  const list = new Set(value.split(',').map((one) => one.trim()))
  return (one: string) => list.has(one)
}

const ops: Readonly<Record<string, Op>> = {
  'is-a': placed(({ value }, { below }) => below(value)),
  'descendent-of': placed(({ value }, { below }) => {
    const fits = below(value)
    return fits && ((code) => code !== value && fits(code))
  }),
  'is-not-a': placed(({ value }, { below }) => {
    const fits = below(value)
    return fits && ((code) => !fits(code))
  }),
  generalizes: placed(({ value }, { above }) => above(value)),
  '=': having(
    ({ value }) =>
      (one) =>
        one === value,
  ),
  in: having(among),
  'not-in': having(among, false),
  exists(_ctx, asked, held) {
    if (asked.value !== 'true' && asked.value !== 'false') return refused(asked, 'is neither true nor false')
    const values = valuesIn(asked, held)
    return (code) => values(code).length > 0 === (asked.value === 'true')
  },
  async regex(ctx, asked, held) {
    const values = valuesIn(asked, held)
    const all = new Set(held.table.rows.flatMap(({ code }) => values(code)))
    const fitting = await matching(ctx, asked, all)
    return (code) => values(code).some((one) => fitting.has(one))
  },
}

/** What a filter of a value set leaves of a code system's codes; 422, naming it, where it is not understood. */
export async function filterOf(
  ctx: Ctx,
  filter: Node,
  held: { system: string; concepts: Concepts; table: CodeTable },
): Promise<Fits> {
  const { system } = held
  const asked = { system, property: words(filter.property), op: words(filter.op), value: words(filter.value) }
  const op = Object.hasOwn(ops, asked.op) ? ops[asked.op] : undefined
  return op ? op(ctx, asked, held) : refused(asked, 'is no filter of R4')
}
