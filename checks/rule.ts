/** The text of every source file of the repository (or of an imagined one), by its path from the root. */
export type Tree = ReadonlyMap<string, string>

/** One broken rule at one place. */
export type Violation = { readonly rule: string; readonly at: string; readonly what: string }

/** A rule over the texts and the paths of the tree. */
export type Rule = {
  readonly name: string
  /** What the rule protects, in one sentence. */
  readonly promise: string
  /** What breaks it, as `[place, what]`. */
  readonly check: (tree: Tree) => Iterable<readonly [at: string, what: string]>
}

/** Everything in the tree that breaks one of the rules. */
export function broken(rules: readonly Rule[], tree: Tree): Violation[] {
  return rules.flatMap((rule) => [...rule.check(tree)].map(([at, what]) => ({ rule: rule.name, at, what })))
}

/** One line per violation, for a failing test to show. */
export const lines = (violations: readonly Violation[]): string[] =>
  violations.map(({ rule, at, what }) => `${rule}: ${at}: ${what}`)

/** Each match of the pattern as `path:line` and the matched text. */
export function* matches(
  path: string,
  text: string,
  pattern: RegExp,
): Generator<readonly [at: string, what: string, groups: readonly (string | undefined)[]]> {
  for (const match of text.matchAll(pattern)) {
    yield [`${path}:${lineAt(text, match.index)}`, match[0].trim(), match.slice(1)]
  }
}

function lineAt(text: string, index: number): number {
  let line = 1
  for (let i = text.indexOf('\n'); i !== -1 && i < index; i = text.indexOf('\n', i + 1)) line++
  return line
}
