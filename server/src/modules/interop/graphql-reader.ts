import type { GraphQLResolveInfo } from 'graphql'
import type { Ctx } from '../../kernel/ctx.ts'
import { refuse } from '../../kernel/refusal.ts'
import { resourceIn } from '../../kernel/resource/exact.ts'
import { isHere } from '../../kernel/resource/extract.ts'
import type { Json, Resource } from '../../kernel/resource/owner.ts'
import { askedFor, cursorOf } from '../../kernel/resource/query.ts'
import { readResource } from '../../kernel/resource/read.ts'
import { countMatches, findMany, search } from '../../kernel/resource/search.ts'
import { readSeries, seriesAsked, seriesOf } from '../../kernel/resource/series.ts'
import { isResourceType } from '../../kernel/resource/shape.ts'
import { nameBy, placeOf, type Slices, sliceOf } from './graphql-flatten.ts'
import { mixed, placesIn } from './mixed.ts'

const STATEMENTS_MAX = 300
const RESOURCES_MAX = 5_000
/** Elements and characters of one answer. */
const ANSWER_MAX = 20_000_000
const ELEMENT_COST = 100

/** One page of a search as a query of GraphQL sees it. */
export interface FoundPage {
  readonly resources: readonly Resource[]
  /** Where the next page begins. */
  readonly next: string | null
}

type May = (type: string, verb: 'r' | 's') => boolean

interface Waiting {
  readonly id: string
  readonly found: (resource: Resource | undefined) => void
  readonly failed: (error: unknown) => void
}

/** From the root of the answer down. */
function stepsOf(path: GraphQLResolveInfo['path']): (string | number)[] {
  const steps: (string | number)[] = []
  for (let at: typeof path | undefined = path; at; at = at.prev) steps.unshift(at.key)
  return steps
}

const local = /^([A-Z][A-Za-z]+)\/([A-Za-z0-9\-.]{1,64})(?:\/_history\/[A-Za-z0-9\-.]+)?$/

/**
 * The way of one query of GraphQL to the store: the same reads and searches as by REST, so that scopes, lawful access
 * and the access log hold. Pointers of one type that are followed at once are read by one statement.
 */
export class GraphqlReader {
  readonly #ctx: Ctx
  readonly #may: May
  readonly #contained = new WeakMap<object, readonly Json[]>()
  readonly #waiting = new Map<string, Waiting[]>()
  readonly #variables: Record<string, unknown>
  readonly #slices = new Map<string, readonly string[]>()
  #last: Promise<unknown> = Promise.resolve()
  #statements = 0
  #resources = 0
  #cost = 0

  constructor(ctx: Ctx, may: May, variables: Record<string, unknown> = {}) {
    this.#ctx = ctx
    this.#may = may
    this.#variables = variables
  }

  /** By which names `@slice` wants the elements of lists, by where the lists stand in the answer. */
  get slices(): Slices {
    return this.#slices
  }

  /** Keeps by which names a list's elements are wanted, where the query wants them by name. */
  named<T>(
    list: readonly T[] | undefined,
    { fieldNodes, path }: GraphQLResolveInfo,
  ): readonly T[] | undefined {
    const said = sliceOf(fieldNodes[0], this.#variables)
    if (said && list) {
      const names = list.map((one, index) => nameBy(said, one, index))
      this.#slices.set(placeOf(stepsOf(path)), names)
    }
    return list
  }

  /** Counts an element of the answer. From where it is too much one is refused, the others are left out. */
  isWithin(value: unknown): boolean {
    const before = this.#cost
    this.#cost += ELEMENT_COST + (typeof value === 'string' ? value.length : 0)
    if (this.#cost <= ANSWER_MAX) return true
    return before > ANSWER_MAX ? false : refuse('too-large', 'interop.query-too-costly')
  }

  /** One resource by its id. */
  async one(type: string, id: string): Promise<Resource> {
    this.#require(type, 'r')
    const read = async (ctx: Ctx) => (await readSeries(ctx, type, id)) ?? readResource(ctx, type, id)
    const { content } = await this.#run(read)
    return this.#opened(content)
  }

  /** One page of what a search finds. */
  async page(type: string, params: URLSearchParams): Promise<FoundPage> {
    this.#require(type, 's')
    const { found, next } = await this.#run(async (ctx) => {
      const { places, forStore } = placesIn(params)
      const asked = await askedFor(ctx, type, forStore, { strict: true, may: (of) => this.#may(of, 'r') })
      const wish = await seriesAsked(ctx, type, asked.understood)
      return wish ? mixed(ctx, { asked, wish, places }) : search(ctx, asked.query)
    })
    return {
      resources: found.map(({ content }) => this.#opened(content)),
      next: next ? cursorOf(next) : null,
    }
  }

  /** How many a search finds in all. */
  async total(type: string, params: URLSearchParams): Promise<number> {
    this.#require(type, 's')
    return this.#run(async (ctx) => {
      const { forStore } = placesIn(params)
      const asked = await askedFor(ctx, type, forStore, { strict: true, may: (of) => this.#may(of, 'r') })
      const wish = await seriesAsked(ctx, type, asked.understood)
      const beside = wish ? ((await seriesOf(type)?.count(ctx, wish)) ?? 0) : 0
      return beside + (await countMatches(ctx, asked.query))
    })
  }

  /** What a Reference points at: contained, or in the store; undefined where nothing is there for the caller. */
  async pointed(reference: { reference?: unknown }): Promise<Resource | undefined> {
    const { reference: said } = reference
    if (typeof said !== 'string') return undefined
    if (said.startsWith('#')) return this.#within(reference, said.slice(1))
    const at = said.search(/[A-Z][A-Za-z]+\/[A-Za-z0-9\-.]{1,64}(\/_history\/[^/]+)?$/)
    if (at > 0 && !isHere(said.slice(0, at))) return undefined
    const [, type = '', id = ''] = local.exec(said.slice(Math.max(at, 0))) ?? []
    if (!isResourceType(type)) return undefined
    this.#require(type, 'r')
    return this.#later(type, id)
  }

  #require(type: string, verb: 'r' | 's'): void {
    if (!this.#may(type, verb)) refuse('forbidden', 'kernel.not-permitted', { details: { type, verb } })
  }

  /** One statement after the other: the connection takes no two at once. */
  #run<T>(work: (ctx: Ctx) => Promise<T>): Promise<T> {
    if (++this.#statements > STATEMENTS_MAX) refuse('too-large', 'interop.query-too-costly')
    const mine = this.#last.then(() => work(this.#ctx))
    this.#last = mine.catch(() => undefined)
    return mine
  }

  #opened(content: string): Resource {
    if (++this.#resources > RESOURCES_MAX) refuse('too-large', 'interop.query-too-costly')
    const resource = resourceIn(content)
    if (Array.isArray(resource.contained)) this.#remember(resource, resource.contained)
    return resource
  }

  /** Keeps of every pointer in which resource's contained ones it looks. */
  #remember(value: Json, contained: readonly Json[]): void {
    if (typeof value !== 'object' || value === null) return
    if ('reference' in value) this.#contained.set(value, contained)
    for (const inner of Object.values(value)) this.#remember(inner as Json, contained)
  }

  #within(reference: object, id: string): Resource | undefined {
    const found = this.#contained.get(reference)?.find((one) => (one as { id?: string } | null)?.id === id)
    return found as Resource | undefined
  }

  #later(type: string, id: string): Promise<Resource | undefined> {
    return new Promise((found, failed) => {
      const waiting = this.#waiting.get(type)
      if (waiting) waiting.push({ id, found, failed })
      else {
        this.#waiting.set(type, [{ id, found, failed }])
        void this.#follow(type)
      }
    })
  }

  /** Reads by one statement what has gathered by the time that the connection is free. */
  async #follow(type: string): Promise<void> {
    let waiting: readonly Waiting[] = []
    try {
      const matches = await this.#run((ctx) => {
        waiting = this.#gathered(type)
        return findMany(ctx, type, { ids: [...new Set(waiting.map(({ id }) => id))], residents: [] })
      })
      const byId = new Map(matches.map((one) => [one.id, one.content]))
      for (const { id, found } of waiting) {
        const content = byId.get(id)
        found(content === undefined ? undefined : this.#opened(content))
      }
    } catch (error) {
      for (const { failed } of [...waiting, ...this.#gathered(type)]) failed(error)
    }
  }

  #gathered(type: string): readonly Waiting[] {
    const waiting = this.#waiting.get(type) ?? []
    this.#waiting.delete(type)
    return waiting
  }
}
