/** How a `_filter` is written (R4, search_filter); what it means is another matter. */

const testsMost = 50
const deepest = 10

const tokens = /"((?:[^"\\]|\\.)*)"|([()[\]])|[^\s()[\]"]+/gsu

/** A word, what stood between quotes, or a bracket; with its place, counted from 1. */
interface Token {
  readonly text: string
  readonly kind: 'word' | 'quoted' | 'sign'
  readonly at: number
}

/** One step of a path, and what holds of the thing it leads to: `subject[gender eq male].name`. */
export interface Step {
  readonly name: string
  readonly within?: Part
}

/** One test: a parameter, or a chain of them, an operation and a value. */
export interface Test {
  readonly kind: 'test'
  readonly steps: readonly Step[]
  readonly op: string
  readonly value: string
  readonly at: number
}

/** A filter, read. */
export type Part =
  | Test
  | { readonly kind: 'and' | 'or'; readonly of: readonly Part[] }
  | { readonly kind: 'not'; readonly of: Part }

/** `problem`, and where in the filter it lies. */
export const placed = (at: number, problem: string): string => `character ${at}: ${problem}`

function wrong(at: number, problem: string): never {
  throw new SyntaxError(placed(at, problem))
}

function tokensOf(text: string): Token[] {
  const odd = text.replace(tokens, (whole) => ' '.repeat(whole.length)).search(/\S/)
  if (odd >= 0) wrong(odd + 1, 'a quotation mark that is not closed')
  return [...text.matchAll(tokens)].map(({ 0: whole, 1: quoted, 2: sign, index }): Token => {
    const at = index + 1
    if (sign) return { text: sign, kind: 'sign', at }
    return quoted === undefined
      ? { text: whole, kind: 'word', at }
      : { text: unquoted(whole, at), kind: 'quoted', at }
  })
}

function unquoted(text: string, at: number): string {
  try {
    return JSON.parse(text) as string
  } catch {
    return wrong(at, `${text} is no JSON string`)
  }
}

/** Reads a filter by descent. */
class Reader {
  private next = 0
  private tests = 0
  private readonly tokens: readonly Token[]
  private readonly end: number

  constructor(text: string) {
    this.tokens = tokensOf(text)
    this.end = text.length + 1
  }

  whole(): Part {
    const part = this.joined(0)
    return this.next < this.tokens.length ? this.wrong('and, or, or the end is wanted here') : part
  }

  /** From left to right: neither of `and` and `or` comes first. */
  private joined(depth: number): Part {
    let part = this.one(depth)
    for (let sign = this.word(); sign === 'and' || sign === 'or'; sign = this.word()) {
      this.next++
      const of: readonly Part[] = part.kind === sign ? part.of : [part]
      part = { kind: sign, of: [...of, this.one(depth)] }
    }
    return part
  }

  private one(depth: number): Part {
    if (depth > deepest) return this.wrong('is too deep')
    if (this.word() !== 'not') return this.sign() === '(' ? this.bracket('()', depth) : this.test(depth)
    this.next++
    return { kind: 'not', of: this.bracket('()', depth) }
  }

  private bracket([opening, closing]: string, depth: number): Part {
    this.take(opening ?? '')
    const inner = this.joined(depth + 1)
    this.take(closing ?? '')
    return inner
  }

  private take(sign: string): void {
    if (this.sign() !== sign) this.wrong(`${sign} is wanted here`)
    this.next++
  }

  private test(depth: number): Part {
    const at = this.at()
    if (++this.tests > testsMost) return this.wrong(`more than ${testsMost} tests`)
    const steps = this.path(depth)
    const op = this.word() ?? this.wrong('an operation is wanted here')
    this.next++
    const value = this.tokens[this.next]
    if (!value || value.kind === 'sign') return this.wrong('a value is wanted here')
    this.next++
    return { kind: 'test', steps, op, value: value.text, at }
  }

  private path(depth: number): Step[] {
    const names = (this.word() ?? this.wrong('a parameter is wanted here')).split('.')
    if (names.includes('')) return this.wrong('a parameter is wanted here')
    this.next++
    const steps: Step[] = names.map((name) => ({ name }))
    if (this.sign() !== '[') return steps
    const last = steps.pop() as Step
    const within = this.bracket('[]', depth)
    const rest = this.tokens[this.next]
    if (rest?.kind !== 'word' || !/^\.[^.]/.test(rest.text)) return this.wrong('.parameter is wanted here')
    return [...steps, { ...last, within }, ...this.onward(depth, rest)]
  }

  /** The rest of a path, behind the dot. */
  private onward(depth: number, { text, at }: Token): Step[] {
    const tokens = this.tokens as Token[]
    tokens[this.next] = { text: text.slice(1), kind: 'word', at: at + 1 }
    return this.path(depth)
  }

  private readonly at = () => this.tokens[this.next]?.at ?? this.end
  private readonly word = () =>
    this.tokens[this.next]?.kind === 'word' ? this.tokens[this.next]?.text : undefined
  private readonly sign = () =>
    this.tokens[this.next]?.kind === 'sign' ? this.tokens[this.next]?.text : undefined

  private wrong(problem: string): never {
    return wrong(this.at(), problem)
  }
}

/** Reads a filter; throws a `SyntaxError` that says where it is none. */
export const readFilter = (text: string): Part => new Reader(text).whole()
