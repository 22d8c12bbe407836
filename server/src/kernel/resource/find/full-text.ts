import type { Ctx } from '../../ctx.ts'
import { refuse } from '../../refusal.ts'
import { plainText } from '../comparable.ts'
import { ownersOf } from '../owner.ts'
import { writtenAlso } from '../script.ts'
import { type Condition, every, some } from './condition.ts'
import { digestsOf } from './parameter-condition.ts'

/** What `_text` and `_content` ask: `(骨折 or fracture) and 左`, `"acute pain"`, `not 疑似`; a comma is an or. */

const wordsMost = 20
const deepest = 10

/** A word or quoted phrase, or one of the signs that join them. */
type Token = { readonly word: string } | '(' | ')' | 'and' | 'or' | 'not'

const signs: ReadonlyMap<string, Token> = new Map<string, Token>(
  Object.entries({
    ...{ '(': '(', '（': '(', ')': ')', '）': ')', ',': 'or', '，': 'or' },
    ...{ and: 'and', or: 'or', not: 'not' },
  } as const),
)
const tokens = /"([^"]*)"|“([^”]*)”|([()（）,，])|((?:\\.|[^\s()（）,，"“\\])+)|\\/gsu

function tokensOf(text: string): Token[] {
  return [...text.matchAll(tokens)].map(([whole, quoted, curly, sign, bare]) => {
    const known = signs.get(sign ?? bare?.toLowerCase() ?? '')
    return known ?? { word: quoted ?? curly ?? (bare ?? whole).replace(/\\(.)/gsu, '$1') }
  })
}

const han = /\p{Script=Han}/u

function characterPattern(character: string): string {
  if (character === ' ') return '\\s+'
  if (!han.test(character)) return character.replace(/[^\p{L}\p{N}]/u, '\\$&')
  // The word that is asked for is in simplified characters by now.
  const others = writtenAlso(character)
  return others ? `[${character}${others}]` : character
}

/**
 * Regular expressions of PostgreSQL: Chinese anywhere, in either script; other words as they begin. `hint` is what the JSON
 * itself must hold, where nothing in the word could be written otherwise there.
 */
export function patternOf(word: string): { readonly pattern: string; readonly hint: string | undefined } {
  const body = [...word].map(characterPattern).join('')
  const pattern = /^[a-z0-9]/.test(word) ? `(^|[^a-z0-9])${body}` : body
  return { pattern, hint: /["\\\s]/.test(word) ? undefined : body }
}

/** Reads what is asked by descent; throws a `SyntaxError` where it is no question. */
class Question {
  private at = 0
  private words = 0
  private readonly tokens: readonly Token[]
  private readonly ask: (word: string) => Condition

  constructor(text: string, ask: (word: string) => Condition) {
    this.tokens = tokensOf(text)
    this.ask = ask
  }

  whole(): Condition {
    const condition = this.either(0)
    return this.at < this.tokens.length ? this.wrong() : condition
  }

  private either(depth: number): Condition {
    const of = [this.both(depth)]
    while (this.tokens[this.at] === 'or') {
      this.at++
      of.push(this.both(depth))
    }
    return some(of)
  }

  private both(depth: number): Condition {
    const of = [this.one(depth)]
    for (;;) {
      const next = this.tokens[this.at]
      if (next === undefined || next === 'or' || next === ')') return every(of)
      if (next === 'and') this.at++
      of.push(this.one(depth))
    }
  }

  private one(depth: number): Condition {
    const token = this.tokens[this.at++]
    if (depth > deepest) return this.wrong()
    if (token === 'not') return { kind: 'not', of: this.one(depth + 1) }
    if (token === '(') {
      const inner = this.either(depth + 1)
      return this.tokens[this.at++] === ')' ? inner : this.wrong()
    }
    if (typeof token !== 'object') return this.wrong()
    const word = plainText(token.word)
    return word === '' || word.length > 100 || ++this.words > wordsMost ? this.wrong() : this.ask(word)
  }

  private wrong(): never {
    throw new SyntaxError('no question')
  }
}

/** A word in what is written; of what an owner has sealed also the whole value, by its digest. */
function asked(ctx: Ctx, type: string, isNarrative: boolean): (word: string) => Condition {
  const blinds = isNarrative ? [] : ownersOf(type).flatMap(({ blinded }) => Object.entries(blinded ?? {}))
  return (word) => {
    const written: Condition = { kind: 'written', ...patternOf(word), isNarrative }
    const sealed = blinds.map(
      ([slot, blind]): Condition => ({
        ...{ kind: 'value', slot, index: undefined, weight: 1 },
        leaf: { exact: digestsOf(ctx, blind, word) },
      }),
    )
    return some([written, ...sealed])
  }
}

/** What `_text` (the narrative) or `_content` (all of it) asks; 400 where it is not understood. */
export function fullText(
  ctx: Ctx,
  { type, name, value }: { type: string; name: string; value: string },
): Condition {
  try {
    return new Question(value, asked(ctx, type, name === '_text')).whole()
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return refuse('invalid', 'record.bad-search', { fields: [{ path: name, problem: 'is not understood' }] })
  }
}
