import type { Input } from '@tongmai/api/kernel'
import type { Found, personApi } from '@tongmai/api/resident/person'
import { asSystem } from '../../../kernel/as-system.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayOf } from '../../../kernel/day.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { whose } from '../../../kernel/resource/whose.ts'
import { tell } from '../events.ts'
import { bareNumber } from '../identifier.ts'
import { plainCode } from '../shown-code.ts'
import { withoutDots } from '../spoken-key.ts'
import * as store from '../store/person.ts'
import * as registry from '../store/registry.ts'
import { holdersOf } from '../store/shown-code.ts'
import { basesFor } from './lawful.ts'
import { codeBlind, numberBlind, phoneBlind } from './written.ts'

/** So many of a name are looked at; with a birth date more, of whom few remain. */
const NAMESAKES = { alone: 300, dated: 5000 }

type Search = Input<typeof personApi.search>
type By = Search['body']
type Way = 'code' | 'number' | 'phone' | 'name'

const tooShort = (path: string): never =>
  refuse('invalid', 'resident.query-too-short', {
    fields: [{ path, problem: 'resident.query-too-short' }],
  })

/**
 * Finds residents, with the name in full where there is a basis to open the record, which is logged as an opening of the
 * card; else masked. That somebody searched, how and with what success, goes into the audit trail.
 */
export async function search(ctx: Ctx, { body }: Search) {
  const way = wayOf(body)
  const { items, total } = await ways[way](ctx, body)
  for (const { id, basis, name } of items)
    if (basis !== null && name !== null) ctx.opened({ residentId: id, basis, thing: 'search' })
  const closed = items.filter((one) => one.basis === null)
  await tell(ctx, 'resident.searched', {
    thing: `search:${ctx.id()}`,
    // Whoever was found without a basis to be opened is named, so that the search can be traced to them.
    residentId: closed.length === 1 ? (closed[0]?.id ?? null) : null,
    data: { by: way, found: total, closed: closed.length },
  })
  return { items, total }
}

function wayOf({ code, number, phone }: By): Way {
  if (code !== undefined) return 'code'
  if (number !== undefined) return 'number'
  return phone === undefined ? 'name' : 'phone'
}

const ways: Readonly<Record<Way, (ctx: Ctx, by: By) => Promise<{ items: Found[]; total: number }>>> = {
  async code(ctx, { code = '' }) {
    const blind = codeBlind(plainCode(code))
    return inIndex(ctx, await asSystem(ctx, (all) => holdersOf(all, blind)))
  },
  async number(ctx, { number = '' }) {
    const value = bareNumber(number, dayOf(ctx.now))
    if (value.length < 4) return tooShort('body.number')
    return inIndex(ctx, await registry.findByNumber(ctx, numberBlind(value)))
  },
  phone: (ctx, { phone = '', birthDate, ...paging }) =>
    amongMine(ctx, { phoneBlind: phoneBlind(phone), birthDate }, paging),
  async name(ctx, { name = '', birthDate, ...paging }) {
    const begins = /\p{Script=Han}/u.test(name) ? withoutDots(name) : name
    if ([...begins].length < 2) return tooShort('body.name')
    const most = birthDate === undefined ? NAMESAKES.alone : NAMESAKES.dated
    const named = (text: string) => whose(ctx, { type: 'Patient', parameter: 'name', begins: text, most })
    const words = begins.split(/\s+/).filter(Boolean)
    const bare = await named(begins)
    const asSaid = bare.length > 0 || begins === name ? bare : await named(name)
    // Pinyin is typed syllable by syllable, too.
    const ids = asSaid.length > 0 || words.length < 2 ? asSaid : await named(words.join(''))
    if (ids.length > 0 || words.length < 2) return amongMine(ctx, { ids, birthDate }, paging)
    // A name of which the source said only the parts: found by one of them, and it has all the others.
    const [longest = ''] = words.toSorted((a, b) => b.length - a.length)
    return amongMine(ctx, { ids: await named(longest), words, birthDate }, paging)
  },
}

/** Among those whom the institution may open. */
async function amongMine(ctx: Ctx, by: store.Search, paging: { offset: number; limit: number }) {
  const found = await store.search(ctx, by, paging)
  const bases = await basesFor(
    ctx,
    found.items.map((row) => row.id),
  )
  const items = found.items.map((row) => {
    const basis = bases.get(row.id)?.basis ?? null
    return { ...row, basis, name: basis && row.name }
  })
  return { items, total: found.total }
}

/** In the whole index: at the desk nobody is to be registered twice. */
async function inIndex(ctx: Ctx, ids: readonly string[]) {
  const [found, bases, open] = await Promise.all([
    store.listCards(ctx, ids),
    basesFor(ctx, ids),
    store.listOpen(ctx, ids),
  ])
  const byId = new Map(open.map((one) => [one.residentId, one]))
  const items = found.map((card) => {
    const basis = bases.get(card.id)?.basis ?? null
    const { name = null, phoneMasked = null } = byId.get(card.id) ?? {}
    return { ...card, basis, name: basis && name, phoneMasked }
  })
  return { items, total: items.length }
}
