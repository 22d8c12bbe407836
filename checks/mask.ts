/** What a character of TypeScript belongs to. */
type Kind = 'code' | 'text' | 'comment'

/**
 * The source with its comments (and, unless `keep` says so, what stands in its quotes) blanked out. Length and lines stay, so
 * that places found in the result are places in the source. Code inside `${…}` of a template stays code.
 */
export function codeOf(source: string, keep: 'code' | 'code and strings' = 'code'): string {
  const known = masked[keep].get(source)
  if (known !== undefined) return known
  const out: string[] = []
  let at = 0
  for (const [end, kind] of spans(source)) {
    const part = source.slice(at, end)
    if (kind === 'code' || (kind === 'text' && keep !== 'code')) out.push(part)
    else out.push(part.replace(kind === 'text' ? /[^\n'"`]/g : /[^\n]/g, ' '))
    at = end
  }
  const code = out.join('')
  masked[keep].set(source, code)
  return code
}

const masked = { code: new Map<string, string>(), 'code and strings': new Map<string, string>() }

/** SQL without comments and string literals; the bodies of functions (between `$$`) stay. */
export function sqlOf(source: string): string {
  return source.replace(/--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'/g, (part) => part.replace(/[^\n]/g, ' '))
}

// Sticky patterns, each tried at the place where the last one ended.
const plain = /[^'"`/{}]+/y
const comment = /\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/y
const quoted = /'(?:[^'\\\n]|\\[\s\S])*'?|"(?:[^"\\\n]|\\[\s\S])*"?/y
const regex = /\/(?![*/])(?:[^\\/[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*/y
const templateText = /(?:[^`\\$]|\\[\s\S]|\$(?!\{))*(?:`|\$\{|$)/y
const beforeRegex = /(?:^|[(,=:[!&|?{};\n]|=>|\b(?:return|typeof|case|in|of))\s*$/

type Span = readonly [end: number, kind: Kind]

/** The source as runs of one kind, each given by its end. */
function* spans(source: string): Generator<Span> {
  const braces = { open: 0, templates: [] as number[] }
  let at = 0
  while (at < source.length) {
    const [end, kind] = next(source, at)
    yield [end, kind]
    const inTemplate = kind === 'code' && end === at + 1 && entersTemplate(source[at], braces)
    at = end
    if (inTemplate) {
      at = endOf(templateText, source, at) ?? source.length
      yield [at, 'text']
      if (source.startsWith('${', at - 2)) braces.templates.push(braces.open++)
    }
  }
}

function next(source: string, at: number): Span {
  const code = endOf(plain, source, at)
  if (code) return [code, 'code']
  const char = source[at]
  if (char === '/') return slash(source, at)
  const text = char === "'" || char === '"' ? endOf(quoted, source, at) : undefined
  return text ? [text, 'text'] : [at + 1, 'code']
}

/** A slash begins a comment, a regular expression, or it divides. */
function slash(source: string, at: number): Span {
  const comments = endOf(comment, source, at)
  if (comments) return [comments, 'comment']
  const mayBeRegex = beforeRegex.test(source.slice(Math.max(0, at - 40), at))
  const text = mayBeRegex ? endOf(regex, source, at) : undefined
  return text ? [text, 'text'] : [at + 1, 'code']
}

/** Whether the text of a template follows this character: a backtick, or the brace that closes its `${…}`. */
function entersTemplate(char: string | undefined, braces: { open: number; templates: number[] }): boolean {
  if (char === '`') return true
  if (char === '{') braces.open++
  if (char !== '}') return false
  braces.open--
  if (braces.templates.at(-1) !== braces.open) return false
  braces.templates.pop()
  return true
}

function endOf(pattern: RegExp, source: string, at: number): number | undefined {
  pattern.lastIndex = at
  return pattern.test(source) ? pattern.lastIndex : undefined
}
